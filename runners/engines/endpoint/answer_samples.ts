import { join } from "node:path";
import { writeJsonLines } from "../../cells/cell_files.ts";
import type { GenerateRow } from "../../cells/generate_rows.ts";
import { ask, promptOf, type Sampling } from "./ask.ts";
import { atATime } from "./at_a_time.ts";
import type { Endpoint } from "./endpoint.ts";
import type { KeptAnswers } from "./kept_answers.ts";

/** What an endpoint is to answer. */
export interface EndpointWork {
  endpoint: Endpoint;
  rows: GenerateRow[];
  sampling: Sampling;
  /** Answers that are there already, and the place of those that come. */
  kept: KeptAnswers;
  /** Takes `completions.jsonl`. */
  folder: string;
  signal: AbortSignal;
  progress(done: number): void;
}

/**
 * Answers the samples of a benchmark, and writes `completions.jsonl` as `evaluate.py` does; token ids are null.
 *
 * @returns Warnings.
 * @throws {EndpointError} In plain words; what was answered is kept.
 */
export async function answerSamples(work: EndpointWork): Promise<string[]> {
  const { endpoint, folder, kept, rows, sampling } = work;
  const open = rows.filter(({ sample_id }) => kept.get(sample_id) === undefined);
  let done = rows.length - open.length;
  work.progress(done);
  await atATime(open, endpoint.concurrency, work.signal, async (row, signal) => {
    const maxTokens = row.max_tokens ?? sampling.maxTokens;
    const own = { ...sampling, maxTokens };
    kept.keep(row.sample_id, await ask(endpoint, row.sample_id, promptOf(row), own, signal));
    work.progress(++done);
  });
  const lines = rows.map((row) => completionRow(row, kept));
  await writeJsonLines(join(folder, "completions.jsonl"), lines);
  return warningsOf(work, lines.filter((line) => "missing" in line).length);
}

function completionRow({ sample_id, ...row }: GenerateRow, kept: KeptAnswers) {
  const answer = kept.get(sample_id)!;
  if ("missing" in answer) return { sample_id, missing: answer.missing };
  return {
    sample_id,
    // How the server's template writes messages is not known.
    prompt: "prompt" in row ? row.prompt : null,
    prompt_token_ids: null,
    completion: answer.text,
    completion_token_ids: null,
    finish_reason: answer.finishReason,
    seconds: answer.seconds,
  };
}

function warningsOf({ endpoint, rows }: EndpointWork, missing: number): string[] {
  const raw = rows.filter((row) => "prompt" in row).length;
  return [
    ...(missing > 0
      ? [`${missing} of ${rows.length} samples have no score, for they do not fit into the model`]
      : []),
    ...(raw > 0 && endpoint.api === "chat"
      ? [`${raw} raw prompts were sent as chats: the model saw its template around them`]
      : []),
  ];
}
