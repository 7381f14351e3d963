import { join } from "node:path";
import { readRows } from "../../data/logs.ts";
import { completions } from "../../data/schema.ts";
import { pickEvenly } from "../pick_samples.ts";
import { SAMPLES, writeJsonLines } from "./cell_files.ts";

/**
 * Writes the text that a capture follows: the baseline's prompts and answers, as token ids.
 *
 * @param textFolder Folder of the baseline's evaluated cell.
 * @param captureFolder Folder of the capture's cell.
 * @param count So many samples, at even distances.
 */
export async function writeCaptureSamples(
  textFolder: string,
  captureFolder: string,
  count: number,
): Promise<void> {
  const rows = await readRows(join(textFolder, "completions.parquet"), completions);
  if (rows.length === 0) {
    const error = "the baseline answered no sample: none fits into the model";
    return await writeJsonLines(join(captureFolder, SAMPLES), [{ error }]);
  }
  await writeJsonLines(
    join(captureFolder, SAMPLES),
    pickEvenly(rows, count).map((row) => ({
      sample_id: row.sample_id,
      prompt_token_ids: row.prompt_token_ids,
      continuation_token_ids: row.completion_token_ids,
    })),
  );
}
