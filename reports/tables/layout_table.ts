/**
 * A benchmark's scores in the layout of ACBench's tables: methods by rows, kinds of methods together.
 *
 * @module
 */
import { fixed, listed } from "../../analysis/numbers.ts";
import type { Cell } from "../../data/types.ts";
import { absent } from "../failures.ts";
import { benchmarksOf, type Layout, type LayoutColumn } from "../layouts.ts";
import type { TableCell } from "../render/table_data.ts";
import { type Results, variantTitle } from "../results.ts";
import { intervalNames, modelNames, sampleCounts, seedText } from "../sampling.ts";
import { type ScoreEstimate, scoreEstimate } from "../score_estimates.ts";
import { evaluateCells } from "../scores.ts";
import { type VariantGroup, variantGroups } from "../variant_groups.ts";
import type { Table } from "./table.ts";

/** A column of the table: one of the layout, on one of its benchmarks. */
interface Place {
  benchmark: string;
  column: LayoutColumn;
}

/** A row before it is written. */
interface Row {
  group: VariantGroup;
  estimates: (ScoreEstimate | undefined)[];
}

/**
 * A table in a layout; without columns where the experiment has none of its scores.
 *
 * @param remark What the caption says besides; a sentence with its point, or nothing.
 */
export function layoutTable(
  name: string,
  title: string,
  layout: Layout,
  remark: (columns: LayoutColumn[]) => string = () => "",
): Table {
  return {
    name,
    title,
    table(results) {
      const places = placesOf(results, layout);
      const rows = variantGroups(results).filter((group) => isEvaluated(results, group, places))
        .map((group): Row => ({
          group,
          estimates: places.map(({ column }) => scoreEstimate(results, group, column.parts)),
        }));
      const best = bestEstimates(rows);
      return {
        name,
        caption: caption(results, layout, places, rows) +
          remark(places.map(({ column }) => column)),
        columns: places.length === 0 ? [] : [
          { header: "Method", group: "", align: "left" },
          ...places.map(({ benchmark, column }) => ({
            header: column.header,
            group: headOf(layout, results, benchmark, column),
            align: "right" as const,
          })),
        ],
        rows: rows.map((row) => rowCells(results, layout, places, row, best)),
        rules: rows.flatMap(({ group }, index) => {
          const above = rows[index - 1]?.group;
          return above && (above.model !== group.model || above.kind !== group.kind) ? [index] : [];
        }),
      };
    },
  };
}

function placesOf(results: Results, layout: Layout): Place[] {
  return benchmarksOf(results, layout).flatMap((benchmark) =>
    layout.columns(results, benchmark).map((column) => ({ benchmark, column }))
  );
}

function headOf(
  layout: Layout,
  results: Results,
  benchmark: string,
  { group }: LayoutColumn,
): string {
  if (benchmarksOf(results, layout).length < 2) return group;
  return group === "" ? benchmark : `${benchmark}: ${group}`;
}

function isEvaluated(results: Results, { variants }: VariantGroup, places: Place[]): boolean {
  return places.some(({ benchmark }) =>
    variants.some(({ id }) => evaluateCells(results, id, benchmark).length > 0)
  );
}

/** The best compressed variant of each model in each column, where they differ. */
function bestEstimates(rows: Row[]): Set<ScoreEstimate> {
  const best = new Set<ScoreEstimate>();
  const compressed = rows.filter(({ group }) => group.kind !== "base" && group.kind !== "other");
  for (const block of Map.groupBy(compressed, ({ group }) => group.model).values()) {
    block[0]!.estimates.forEach((_, column) => {
      const held = block.flatMap(({ estimates }) => estimates[column] ?? []);
      const most = Math.max(...held.map(({ mean }) => mean!));
      if (held.every(({ mean }) => mean === most)) return;
      for (const estimate of held) if (estimate.mean === most) best.add(estimate);
    });
  }
  return best;
}

function rowCells(
  results: Results,
  layout: Layout,
  places: Place[],
  { group, estimates }: Row,
  best: Set<ScoreEstimate>,
): TableCell[] {
  const write = (value: number) => fixed(layout.scale * value, layout.scale === 100 ? 1 : 3);
  const seeds = group.variants.length;
  return [
    {
      kind: "text",
      text: variantTitle(results, group),
      ...(seeds > 1 ? { note: `mean over ${seeds} calibration seeds` } : {}),
    },
    ...places.map(({ benchmark }, index): TableCell => {
      const cells = group.variants.flatMap(({ id }) => evaluateCells(results, id, benchmark));
      const estimate = estimates[index];
      if (!estimate) {
        return oncePerRow(
          absent(results, cells, benchmark),
          places[index - 1]?.benchmark === benchmark,
        );
      }
      const { mean, low, high } = estimate;
      return {
        kind: "value",
        lines: [
          write(mean!),
          ...(low === null || high === null ? [] : [`[${write(low)}, ${write(high)}]`]),
        ],
        cells: finished(results, cells),
        bold: best.has(estimate),
      };
    }),
  ];
}

/** A cell of the plan that failed is said once in a row, then noted. */
function oncePerRow(cell: TableCell, again: boolean): TableCell {
  return cell.kind === "failed" && again
    ? { kind: "missing", why: `failed: ${cell.reason}` }
    : cell;
}

function finished({ records }: Results, cells: Cell[]): string[] {
  return cells.map(({ id }) => id).filter((id) => records.get(id)?.status === "done");
}

function caption(results: Results, layout: Layout, places: Place[], rows: Row[]): string {
  const estimates = rows.flatMap((row) => row.estimates.flatMap((one) => one ?? []));
  const benchmarks = [...new Set(places.map(({ benchmark }) => benchmark))];
  return `${layout.title} (${
    listed(benchmarks) || "not measured"
  }) in the layout of ACBench's ${layout.paper}: ${modelNames(results)} under compression, ${
    layout.scale === 100 ? "in percent" : "from 0 to 1"
  } (means over samples, ${sampleCounts(estimates)}, ${intervalNames(estimates)}, ${
    seedText(results)
  }). Bold: the best compressed variant of a model.`;
}
