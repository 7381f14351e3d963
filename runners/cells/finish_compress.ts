import { join } from "node:path";
import { writeRows } from "../../data/logs.ts";
import { spectra } from "../../data/schema.ts";
import type { CheckpointFacts } from "../../data/types.ts";
import { readJsonLines } from "./cell_files.ts";

/** Name of the checkpoint's folder within its cell's. */
export const CHECKPOINT = "checkpoint";

/**
 * Turns what `compress.py` left into the cell's logs.
 *
 * @returns What the record says of the checkpoint; its path is relative to the cell's folder.
 */
export async function finishCompress(
  folder: string,
  facts: Omit<CheckpointFacts, "path">,
): Promise<CheckpointFacts> {
  const lines = join(folder, "spectra.jsonl");
  await writeRows(join(folder, "spectra.parquet"), spectra, await readJsonLines(lines));
  await Deno.remove(lines);
  return { path: CHECKPOINT, ...facts };
}
