/**
 * Table -> CSV (RFC 4180, UTF-8, one header row).
 *
 * @module
 */
import { showTable, type TableData } from "./table_data.ts";
import { fullHeader } from "./table_markdown.ts";

/** Writes a table as CSV. The last column names the cells of the plan that the row was measured on. */
export function csvTable(table: TableData): string {
  const shown = showTable(table);
  const header = [...shown.columns.map(fullHeader), "cells"];
  const rows = shown.rows.map((row) => [
    ...row.map(({ lines, kind }) => kind === "value" ? csvValue(lines) : csvText(lines.join(" "))),
    csvText([...new Set(row.flatMap(({ cells }) => cells))].join(" ")),
  ]);
  return [header.map(csvText), ...rows].map((row) => row.join(",") + "\r\n").join("");
}

/** Values keep a plain hyphen as minus, so that programs read them as numbers. */
function csvValue(lines: string[]): string {
  return quote(lines.join("; ").replaceAll("−", "-"));
}

/** A text that a spreadsheet would run as a formula gets an apostrophe in front. */
export function csvText(text: string): string {
  return quote(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
}

function quote(text: string): string {
  return /[",\r\n;]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
