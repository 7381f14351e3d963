import assert from "node:assert/strict";
import { cellFolder, writeRecord, writeRows } from "../../data/logs.ts";
import { completions, SCHEMA_VERSION, scores } from "../../data/schema.ts";
import type { RunRecord } from "../../data/types.ts";
import { UserError } from "../../runners/errors.ts";
import { readStoredRun, scoreStoredRun } from "../../runners/score_run.ts";
import { exactSimilarity } from "../../runners/scoring/score_context.ts";

const ID = "0123456789abcdef";
const RECORD = {
  schemaVersion: SCHEMA_VERSION,
  cell: {
    id: ID,
    kind: "evaluate",
    variant: "v",
    benchmark: "longbench",
    seed: 0,
    needs: [],
    inputs: {},
  },
  status: "done",
  error: null,
} as unknown as RunRecord;

async function withRun(record: RunRecord, use: (runs: string, data: string) => Promise<void>) {
  const runs = await Deno.makeTempDir();
  try {
    const folder = cellFolder(runs, ID);
    const row = {
      sample_id: "hotpotqa/0",
      prompt: "p",
      prompt_token_ids: [1],
      completion: "The Rome!",
      completion_token_ids: [2],
      finish_reason: "stop",
      seconds: null,
    };
    await writeRows(`${folder}/completions.parquet`, completions, [row]);
    await writeRecord(folder, record);
    const question = { input: "q", context: "c", answers: ["rome"], all_classes: null };
    await Deno.writeTextFile(`${runs}/hotpotqa.jsonl`, JSON.stringify(question));
    await Deno.writeTextFile(`${runs}/dataset2prompt.json`, '{"hotpotqa": "{context} {input}"}');
    await use(runs, `${runs}/hotpotqa.jsonl`);
  } finally {
    await Deno.remove(runs, { recursive: true });
  }
}

Deno.test("a stored run is scored again from its completions", async () => {
  await withRun(RECORD, async (runs, data) => {
    const run = await readStoredRun(runs, ID, data);
    const context = { mode: "upstream" as const, similarity: exactSimilarity, segment: null };
    assert.deepEqual(scoreStoredRun(run, context, "exact"), [{
      sample_id: "hotpotqa/0",
      subtask: "hotpotqa",
      metric: "score",
      value: 1,
      reason: null,
      scorer: "longbench 1",
      scorer_mode: "upstream",
    }]);
  });
});

Deno.test("a stored run with its gold answers is scored again without the data", async () => {
  await withRun(RECORD, async (runs) => {
    const folder = cellFolder(runs, ID);
    const row = {
      sample_id: "a",
      prompt: "p",
      prompt_token_ids: [1],
      completion: "Rome",
      completion_token_ids: [2],
      finish_reason: "stop",
      gold: '{"answers": ["Rome"], "classes": null, "length": 1}',
      seconds: null,
    };
    const score = {
      subtask: "qasper",
      metric: "score",
      scorer: "longbench 0",
      scorer_mode: "fixed",
    };
    await writeRows(`${folder}/completions.parquet`, completions, [row]);
    await writeRows(`${folder}/scores.parquet`, scores, [
      { sample_id: "a", value: 0, reason: null, ...score },
      { sample_id: "b", value: null, reason: "too long", ...score },
    ]);
    const run = await readStoredRun(runs, ID, undefined);
    const context = { mode: "fixed" as const, similarity: exactSimilarity, segment: null };
    const rows = scoreStoredRun(run, context, "exact");
    assert.deepEqual(
      rows.map(({ reason, sample_id, subtask, value }) => [sample_id, subtask, value, reason]),
      [["a", "qasper", 1, null], ["b", "qasper", null, "too long"]],
    );
  });
});

Deno.test("readStoredRun() wants a finished evaluate cell and its data", async () => {
  await withRun(RECORD, async (runs, data) => {
    await assert.rejects(readStoredRun(runs, "../../etc", data), UserError);
    await assert.rejects(readStoredRun(runs, "f".repeat(16), data), UserError);
    await assert.rejects(readStoredRun(runs, ID, undefined), /lacks the sample "hotpotqa\/0"/);
  });
  await withRun({ ...RECORD, status: "failed" }, async (runs, data) => {
    await assert.rejects(readStoredRun(runs, ID, data), /no finished evaluate cell/);
  });
});
