/**
 * Table -> Markdown (GitHub's tables).
 *
 * @module
 */
import { showTable, type TableColumn, type TableData } from "./table_data.ts";

/** Writes a table as Markdown with its caption above and its notes below. */
export function markdownTable(table: TableData): string {
  const shown = showTable(table);
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  const body = shown.rows.map((row) =>
    line(row.map((cell) => {
      const mark = cell.mark && `<sup>${cell.mark}</sup>`;
      const lines = cell.lines.map(escapeMarkdown);
      return (cell.bold ? lines.map((line) => `**${line}**`) : lines).join("<br>") + mark;
    }))
  );
  const notes = shown.notes.map(({ mark, text }) => `<sup>${mark}</sup> ${escapeMarkdown(text)}`);
  return [
    escapeMarkdown(shown.caption),
    "",
    line(shown.columns.map((column) => escapeMarkdown(fullHeader(column)))),
    line(shown.columns.map(({ align }) => align === "right" ? "---:" : ":---")),
    ...body,
    ...notes.flatMap((note) => ["", note]),
    "",
  ].join("\n");
}

/** Header of a column in formats that have one header row. */
export function fullHeader(column: TableColumn): string {
  return column.group === "" ? column.header : `${column.group}: ${column.header}`;
}

/** Escapes all that Markdown or the HTML inside it would take as markup. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\`*_{}[\]()#+!|~$^@-]/g, "\\$&")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/(https?|ftp|www)([:.])/gi, "$1<span>$2</span>");
}
