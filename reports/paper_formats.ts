/**
 * The formats of the papers' tables: those of all tables, set so that a wide one stays one block.
 *
 * @module
 */
import { csvTable } from "./render/table_csv.ts";
import type { TableData } from "./render/table_data.ts";
import { htmlTable } from "./render/table_html.ts";
import { latexTable } from "./render/table_latex.ts";
import { markdownTable } from "./render/table_markdown.ts";
import { typstTable } from "./render/table_typst.ts";
import { typstPdf } from "./render/typst_pdf.ts";

/** A page as wide as the widest of the tables at 7 pt. */
const PAGE = "#set page(width: 720pt, height: auto, margin: 18pt)\n";

/** Renderers by file ending. */
export const PAPER_FORMATS: Record<string, (table: TableData) => string | Uint8Array> = {
  md: markdownTable,
  csv: csvTable,
  html: (table) => htmlTable(table),
  tex: (table) => latexTable(table, { fit: "shrink" }),
  typ: (table) => typstTable(table, Infinity),
  pdf: (table) => typstPdf(PAGE + typstTable(table, Infinity)),
};
