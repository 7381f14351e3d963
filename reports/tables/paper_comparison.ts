/**
 * Print and measurement side by side, one row a cell of the paper.
 *
 * @module
 */
import { fixed } from "../../analysis/numbers.ts";
import type { Comparison } from "../compare_print.ts";
import type { TableCell, TableColumn, TableData } from "../render/table_data.ts";
import { paperTableCell } from "./paper_cell.ts";

const text = (words: string): TableCell => ({ kind: "text", text: words });

const HEADS: [string, TableColumn["align"]][] = [
  ["Table", "left"],
  ["Model", "left"],
  ["Compression", "left"],
  ["Column", "left"],
  ["Printed", "right"],
  ["Measured", "right"],
  ["Interval", "right"],
  ["Samples", "right"],
  ["Difference", "right"],
  ["Beyond the interval", "left"],
];

function comparisonRow({ printed, measured, difference, exceeds }: Comparison): TableCell[] {
  const value = (number: number): TableCell => ({
    kind: "value",
    lines: [fixed(number, 2)],
    cells: measured.sources,
  });
  const column = printed.group === printed.column || printed.group === ""
    ? printed.column
    : `${printed.group} ${printed.column}`;
  return [
    text(String(printed.table)),
    text(printed.model),
    text(printed.compression === "none" ? "–" : printed.compression),
    text(column),
    paperTableCell(printed),
    value(measured.value),
    measured.low === null || measured.high === null
      ? { kind: "missing", why: "the results have no interval for it" }
      : {
        kind: "value",
        lines: [`${fixed(measured.low, 2)} to ${fixed(measured.high, 2)}`],
        cells: measured.sources,
      },
    text(String(measured.samples)),
    difference === null
      ? { kind: "missing", why: "the paper prints no number here" }
      : value(difference),
    text(exceeds === null ? "cannot be said" : exceeds ? "yes" : "no"),
  ];
}

/**
 * Every cell that is both printed and measured.
 *
 * @param comparisons From `comparePrint()`.
 * @param experiment Name of the experiment, for the caption.
 */
export function paperComparisonTable(comparisons: Comparison[], experiment: string): TableData {
  const intervals = new Set(comparisons.flatMap(({ measured }) => measured.interval ?? []));
  const beyond = comparisons.filter(({ exceeds }) => exceeds === true).length;
  const decided = comparisons.filter(({ exceeds }) => exceeds !== null).length;
  return {
    name: "paper_comparison",
    caption:
      `ACBench's print beside the run ${experiment}: ${comparisons.length} cells, of which ` +
      `${beyond} of ${decided} lie outside of the measured interval` +
      `${intervals.size ? ` (${[...intervals].join(", ")})` : ""}. ` +
      "Difference is measured minus printed, in the table's unit.",
    columns: HEADS.map(([header, align]) => ({ header, group: "", align })),
    rows: comparisons.map(comparisonRow),
    rules: comparisons.flatMap(({ printed }, index) =>
      index > 0 && comparisons[index - 1]!.printed.table !== printed.table ? [index] : []
    ),
  };
}
