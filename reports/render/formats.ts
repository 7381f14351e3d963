/**
 * Formats of tables by file ending.
 *
 * @module
 */
import { csvTable } from "./table_csv.ts";
import type { TableData } from "./table_data.ts";
import { htmlTable } from "./table_html.ts";
import { latexTable } from "./table_latex.ts";
import { markdownTable } from "./table_markdown.ts";
import { typstTable } from "./table_typst.ts";

/** Renderer of a table by the ending of its file. */
export const TABLE_FORMATS: Record<string, (table: TableData) => string> = {
  md: markdownTable,
  csv: csvTable,
  tex: latexTable,
  typ: typstTable,
  html: (table) => htmlTable(table),
};
