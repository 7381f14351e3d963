import { join } from "node:path";
import type { LogSchema } from "../../data/column.ts";
import { cellFolder, readRecord, readRows, type Row } from "../../data/logs.ts";
import { completions, scores, steps } from "../../data/schema.ts";
import type { ScoreRow } from "../score_samples.ts";
import { ENVIRONMENTS } from "./registry.ts";
import { episodeScoreRows } from "./score_episode.ts";

/**
 * Scores the episodes of a finished cell again, from its logs.
 *
 * @param runs Folder of all runs.
 * @param id Id of a cell.
 * @returns Null when there is no finished cell of an environment under the id.
 */
export async function scoreStoredEpisodes(runs: string, id: string): Promise<ScoreRow[] | null> {
  if (!/^[0-9a-f]{16}$/.test(id)) return null;
  const folder = cellFolder(runs, id);
  const record = await readRecord(folder);
  const environment = ENVIRONMENTS[record?.cell.benchmark ?? ""];
  if (record?.status !== "done" || record.cell.kind !== "evaluate" || !environment) return null;
  const { version } = record.cell.inputs.benchmark as { version: string };
  const read = <Schema extends LogSchema>(schema: Schema) =>
    readRows(join(folder, `${schema.name}.parquet`), schema);
  const own = bySample(await read(steps));
  const earlier = bySample(await read(scores));
  return (await read(completions)).flatMap(({ sample_id, finish_reason }) => {
    const id = String(sample_id);
    const subtask = String(earlier.get(id)?.[0]?.subtask);
    const played = { name: environment.name, version };
    return episodeScoreRows(played, { id, subtask }, own.get(id) ?? [], String(finish_reason));
  });
}

function bySample(rows: Row[]): Map<string, Row[]> {
  const samples = new Map<string, Row[]>();
  for (const row of rows) {
    const id = String(row.sample_id);
    const own = samples.get(id);
    if (own) own.push(row);
    else samples.set(id, [row]);
  }
  return samples;
}
