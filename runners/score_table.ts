import { join } from "node:path";
import { cellFolder, readRows } from "../data/logs.ts";
import { scores } from "../data/schema.ts";
import { BENCHMARKS } from "./benchmarks/registry.ts";
import type { CellState } from "./cell_states.ts";
import { formatBytes, formatTable } from "./format.ts";
import type { Prepared } from "./prepare.ts";

/** Mean main score of a variant on a benchmark; null where it has none. */
export interface VariantScores {
  variant: string;
  title: string;
  storedBytes: number | null;
  scores: Record<string, number | null>;
}

/** Means of the main scores over samples and seeds, by variant: a first look. Intervals: `deno task results`. */
export async function meanScores(
  { plan, experiment, facts }: Prepared,
  states: CellState[],
  runs: string,
): Promise<VariantScores[]> {
  const shown = plan.variants.filter(({ id }) => states.some(({ cell }) => cell.variant === id));
  return await Promise.all(shown.map(async ({ id, title }) => {
    const own = states.filter(({ cell, record }) =>
      cell.variant === id && record?.status === "done"
    );
    const means = experiment.benchmarks.map(async ({ name }) => {
      const { mainMetric } = facts.environments[name]?.environment ?? BENCHMARKS[name]!;
      const values: number[] = [];
      for (const { cell } of own) {
        if (cell.kind !== "evaluate" || cell.benchmark !== name) continue;
        const rows = await readRows(join(cellFolder(runs, cell.id), "scores.parquet"), scores);
        for (const { metric, value } of rows) {
          if (metric === mainMetric && value !== null) {
            values.push(value as number);
          }
        }
      }
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return [name, values.length > 0 ? mean : null] as const;
    });
    const checkpoint = own.find(({ cell }) => cell.kind === "compress")?.record?.checkpoint;
    return {
      variant: id,
      title,
      storedBytes: checkpoint?.storedBytes ?? null,
      scores: Object.fromEntries(await Promise.all(means)),
    };
  }));
}

/** The same for the terminal. */
export function scoreTable(rows: VariantScores[], benchmarks: string[]): string {
  return formatTable(
    ["variant", "method", "stored", ...benchmarks],
    rows.map(({ variant, title, storedBytes, scores }) => [
      variant,
      title,
      storedBytes === null ? "–" : formatBytes(storedBytes),
      ...benchmarks.map((name) => scores[name]?.toFixed(3) ?? "–"),
    ]),
  );
}
