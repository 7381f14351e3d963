/**
 * The samples behind a score: prompt, completion and scores of one evaluation.
 *
 * @module
 */
import { join } from "node:path";
import type { RowOf } from "../data/column.ts";
import { cellFolder, readRows } from "../data/logs.ts";
import { completions as completionsSchema, scores as scoresSchema } from "../data/schema.ts";
import type { Cell } from "../data/types.ts";
import type { Results } from "./results.ts";

/** One answered question. */
export interface ShownSample {
  id: string;
  subtask: string;
  /** Null where an imported result does not say. */
  prompt: string | null;
  /** Null where there is no answer, or an imported result does not say. */
  completion: string | null;
  /** The right answer as JSON; null where it is not known. */
  gold: string | null;
  finishReason: string | null;
  scores: { metric: string; value: number | null; reason: string | null }[];
}

/** The samples of one evaluation that are shown, and how many there are. */
export interface ShownRun {
  cell: Cell;
  total: number;
  samples: ShownSample[];
  /** File that holds all completions, below the folder of runs. */
  file: string;
}

type CompletionLine = RowOf<typeof completionsSchema>;
type ScoreLine = RowOf<typeof scoresSchema>;

/**
 * Reads some samples of every finished evaluation: the same ones under every variant, as many from each
 * subtask as from the others, the first of each.
 *
 * @param runs Folder of runs.
 * @param limit Most samples shown of one evaluation.
 */
export async function loadSamples(
  runs: string,
  { plan, records }: Results,
  limit: number,
): Promise<ShownRun[]> {
  const shown: ShownRun[] = [];
  for (const cell of plan.cells) {
    if (cell.kind !== "evaluate" || records.get(cell.id)?.status !== "done") continue;
    const folder = cellFolder(runs, cell.id);
    const answers = await readRows(join(folder, "completions.parquet"), completionsSchema);
    const scores = await readRows(join(folder, "scores.parquet"), scoresSchema);
    const samples = joined(answers, scores);
    shown.push({
      cell,
      total: samples.length,
      samples: firstOfEach(samples, limit),
      file: `cells/${cell.id}/completions.parquet`,
    });
  }
  return shown;
}

function joined(answers: CompletionLine[], scores: ScoreLine[]): ShownSample[] {
  const bySample = new Map<string, ScoreLine[]>();
  for (const score of scores) {
    const own = bySample.get(score.sample_id);
    if (own) own.push(score);
    else bySample.set(score.sample_id, [score]);
  }
  return answers.map((answer) => {
    const own = bySample.get(answer.sample_id) ?? [];
    return {
      id: answer.sample_id,
      subtask: own[0]?.subtask ?? "not scored",
      prompt: answer.prompt,
      completion: answer.completion,
      gold: answer.gold,
      finishReason: answer.finish_reason,
      scores: own.map(({ metric, value, reason }) => ({ metric, value, reason })),
    };
  });
}

/** Takes samples from the subtasks in turn. */
function firstOfEach(samples: ShownSample[], limit: number): ShownSample[] {
  const subtasks = new Map<string, ShownSample[]>();
  for (const sample of samples) {
    const own = subtasks.get(sample.subtask);
    if (own) own.push(sample);
    else subtasks.set(sample.subtask, [sample]);
  }
  const taken: ShownSample[] = [];
  for (let turn = 0; taken.length < Math.min(limit, samples.length); turn++) {
    for (const own of subtasks.values()) {
      if (turn < own.length && taken.length < limit) taken.push(own[turn]!);
    }
  }
  return taken;
}
