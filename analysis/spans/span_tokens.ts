/**
 * Which tokens of an episode are reasoning and which are actions.
 *
 * @module
 */
import { join } from "node:path";
import { readRows } from "../../data/logs.ts";
import { steps } from "../../data/schema.ts";

/** What a model writes: its reasoning and its actions. */
export type Span = "reason" | "act";

/** The tokens of an episode that one span of one turn holds. */
export interface SpanTokens {
  span: Span;
  /** First position, as in the logs of logits. */
  begin: number;
  /** Position after the last. */
  end: number;
}

/** Spans of every episode by its sample's id. */
export type EpisodeSpans = Map<string, SpanTokens[]>;

/**
 * Reads where the spans of an evaluated cell's episodes stand. Captures follow the baseline's text, so that the steps
 * of the baseline's cell hold for all variants. Spans whose tokens are not known are left out.
 *
 * @param folder The cell's folder.
 * @returns Null where the cell has no steps: its benchmark is no environment.
 * @throws {LogError} When the log is damaged.
 */
export async function readSpanTokens(folder: string): Promise<EpisodeSpans | null> {
  const path = join(folder, "steps.parquet");
  try {
    await Deno.stat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
  const spans: EpisodeSpans = new Map();
  for (const { sample_id, span, position, token_count } of await readRows(path, steps)) {
    if (span !== "reason" && span !== "act" || position === null || token_count === null) continue;
    const own = spans.get(sample_id) ?? [];
    spans.set(sample_id, own);
    own.push({ span, begin: position, end: position + token_count });
  }
  return spans;
}
