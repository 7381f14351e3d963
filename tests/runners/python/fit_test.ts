import assert from "node:assert/strict";
import { pythonPath } from "../../../runners/environment.ts";
import { scriptEnvironment, start } from "../../../runners/shell.ts";

interface Fitted {
  fitted: [id: string, text: string, tokens: number][];
  missing: Record<string, string>;
  warnings: string[];
  error?: string;
}

const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const prompts = [
  { sample_id: "short", prompt: "abc", max_tokens: 4 },
  { sample_id: "raw", prompt: LETTERS, max_tokens: 4 },
  { sample_id: "chat", messages: [{ role: "user", content: LETTERS }], max_tokens: 2 },
  { sample_id: "long answer", prompt: "abc", max_tokens: 18 },
];

async function fit(overflow: string | null): Promise<Fitted> {
  const { logTail, ok, stdout } = await start({
    command: [await pythonPath(), new URL("./fit_check.py", import.meta.url).pathname],
    env: scriptEnvironment(1),
    stdin: JSON.stringify({ prompts, max_model_length: 20, overflow }),
    stdout: "capture",
  }).done;
  assert.ok(ok, logTail);
  return JSON.parse(stdout);
}

Deno.test("fit.py leaves out what does not fit, and says what would", async () => {
  const { fitted, missing, warnings } = await fit("skip");
  assert.deepEqual(fitted, [["short", "abc", 4]]);
  assert.deepEqual(missing, {
    raw: "prompt of 27 tokens and answer of 4 do not fit into the model length 20",
    chat: "prompt of 32 tokens and answer of 2 do not fit into the model length 20",
    "long answer": "prompt of 4 tokens and answer of 18 do not fit into the model length 20",
  });
  assert.deepEqual(warnings, [
    "3 of 4 samples have no score, for they do not fit into the model length 20 (all would fit into 35): " +
    '"raw"; "chat"; "long answer"',
  ]);
});

Deno.test("fit.py keeps the first and the last half of the tokens where the middle may go", async () => {
  const { fitted, missing, warnings } = await fit("truncate-middle");
  // LongBench's pred.py: half = int(max_length / 2), the start token counted in the first half.
  assert.deepEqual(fitted, [
    ["short", "abc", 4],
    ["raw", "abcdeftuvwxyz", 14],
    ["chat", "<u>abcdeuvwxyz<a>", 17],
  ]);
  assert.deepEqual(Object.keys(missing), ["long answer"]);
  assert.equal(
    warnings[0],
    "2 of 4 prompts were cut in the middle to fit into the model length 20: " +
      '"raw": 27 -> 14 tokens; "chat": 32 -> 17 tokens',
  );
});

Deno.test("fit.py fails the task where nothing was said", async () => {
  assert.match((await fit(null)).error!, /^3 of 4 samples are too long for the model length 20/);
});
