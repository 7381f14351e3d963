/**
 * The tables of ACBench in the paper's own layout, from its cells.
 *
 * @module
 */
import type { PaperCell } from "../../data/paper/acbench.ts";
import { PAPER_LAYOUTS, type PaperLayout } from "../../data/paper/layouts.ts";
import type { TableCell, TableColumn, TableData } from "../render/table_data.ts";
import { bestCells, type PaperRow, paperRows, paperTableCell } from "./paper_cell.ts";

const text = (words: string, note = ""): TableCell => ({
  kind: "text",
  text: words,
  ...(note === "" ? {} : { note }),
});

const left = (header: string): TableColumn => ({ header, group: "", align: "left" });

/** A head above a single column of the same name would say it twice. */
function right({ group, column }: { group: string; column: string }): TableColumn {
  return { header: column, group: group === column ? "" : group, align: "right" };
}

function caption({ table, title }: PaperLayout, remark: string): string {
  return `ACBench, Table ${table}: ${title}.${remark} Notes mark what the circulating text damages.`;
}

const BOLD = " Bold: the best of a model.";

/** `none` is the paper's own dash. */
function compressionName(row: PaperRow): string {
  return row.compression === "none" ? "–" : row.compression;
}

/** Table 1: every text and number at the place where it must be read. */
function benchmarksTable(layout: PaperLayout, cells: PaperCell[]): TableData {
  const metrics = ["section", "task", "benchmark", "datasets", "size", "models"];
  const heads = ["Section", "Task", "Benchmark", "Datasets", "Size", "Models"];
  const own = cells.filter(({ table }) => table === 1);
  return {
    name: "paper_table_1",
    caption: caption(layout, ""),
    columns: [
      left("Suite"),
      ...heads.map((header) => ({ ...left(header), align: header === "Size" ? "right" : "left" })),
    ] as TableColumn[],
    rows: layout.columns.map(({ group, column }, index) => [
      text(layout.columns[index - 1]?.group === group ? "" : group),
      ...metrics.map((metric) => {
        const cell = own.find((one) =>
          one.group === group && one.column === column && one.metric === metric
        );
        return cell ? paperTableCell(cell) : text("");
      }),
    ]),
    rules: layout.columns.flatMap(({ group }, index) =>
      index > 0 && layout.columns[index - 1]!.group !== group ? [index] : []
    ),
  };
}

/** Table 2: metrics by rows, models by columns. */
function metricsTable(layout: PaperLayout, cells: PaperCell[]): TableData {
  const own = cells.filter(({ table }) => table === 2);
  const models = [...new Set(own.map(({ model }) => model))];
  return {
    name: "paper_table_2",
    caption: caption(layout, ""),
    columns: [
      left("OPT"),
      ...models.map((model): TableColumn => ({
        header: model.replace("OPT-", ""),
        group: "",
        align: "right",
      })),
    ],
    rows: layout.columns.map(({ column }) => [
      text(column),
      ...models.map((model) =>
        paperTableCell(own.find((cell) => cell.model === model && cell.column === column)!)
      ),
    ]),
  };
}

/** Cells of a row of models, its name shown only at the top of its block. */
function rowCells(row: PaperRow, first: boolean, best: Set<PaperCell>): TableCell[] {
  return [
    text(first ? row.model : ""),
    text(compressionName(row), row.note),
    ...row.cells.map((cell) => paperTableCell(cell, row.note, best)),
  ];
}

function isFirst(rows: PaperRow[], index: number): boolean {
  return rows[index - 1]?.model !== rows[index]!.model;
}

/** Table 6: two models side by side. */
function sideBySideTable(layout: PaperLayout, cells: PaperCell[]): TableData {
  const rows = paperRows(layout.table, cells);
  const best = bestCells(rows);
  const blocks = [...Map.groupBy(rows, ({ model }) => model).values()];
  const columns = [left("Model"), left("Compression"), ...layout.columns.map(right)];
  return {
    name: `paper_table_${layout.table}`,
    caption: caption(layout, BOLD),
    columns: blocks.flatMap(() => columns),
    rows: blocks[0]!.map((_, index) =>
      blocks.flatMap((block) => rowCells(block[index]!, index === 0, best))
    ),
  };
}

function modelsTable(layout: PaperLayout, cells: PaperCell[]): TableData {
  const rows = paperRows(layout.table, cells);
  const best = bestCells(rows);
  return {
    name: `paper_table_${layout.table}`,
    caption: caption(layout, BOLD),
    columns: [left("Model"), left("Compression"), ...layout.columns.map(right)],
    rows: rows.map((row, index) => rowCells(row, isFirst(rows, index), best)),
    rules: rows.flatMap((_, index) => index > 0 && isFirst(rows, index) ? [index] : []),
  };
}

/**
 * A table of ACBench as the paper lays it out.
 *
 * @param table 1 to 10.
 * @param cells Cells of the paper, of this table at least.
 * @throws {RangeError} When there is no such table.
 */
export function paperTable(table: number, cells: PaperCell[]): TableData {
  const layout = PAPER_LAYOUTS[table];
  if (!layout) throw new RangeError(`no table ${table}; ACBench has tables 1 to 10`);
  if (table === 1) return benchmarksTable(layout, cells);
  if (table === 2) return metricsTable(layout, cells);
  return table === 6 ? sideBySideTable(layout, cells) : modelsTable(layout, cells);
}
