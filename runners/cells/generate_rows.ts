import type { Sample } from "../benchmarks/benchmark.ts";

/** A line of the file of samples that `evaluate.py` answers (see `GenerateTask` in jobs.ts). */
export type GenerateRow =
  & { sample_id: string; max_tokens?: number }
  & ({ messages: Sample["messages"] } | { prompt: string });

/**
 * The lines of a generating cell, one a sample.
 *
 * @throws {RangeError} For a sample without a chat template that has more than one message.
 */
export function generateRows(samples: readonly Sample[]): GenerateRow[] {
  return samples.map(({ chat, id, maxTokens, messages }) => ({
    sample_id: id,
    ...(chat === false ? { prompt: onlyMessage(id, messages) } : { messages }),
    ...(maxTokens === undefined ? {} : { max_tokens: maxTokens }),
  }));
}

function onlyMessage(id: string, messages: Sample["messages"]): string {
  const [first, ...others] = messages;
  if (first === undefined || others.length > 0) {
    throw new RangeError(
      `The sample "${id}" has ${messages.length} messages; without a chat template it can have one`,
    );
  }
  return first.content;
}
