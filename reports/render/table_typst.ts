/**
 * Table -> Typst markup.
 *
 * @module
 */
import { tableBlocks } from "./table_blocks.ts";
import { type ShownCell, type ShownTable, showTable, type TableData } from "./table_data.ts";

/** Width of the page in pt. */
const PAGE = 486;

/**
 * Writes a table as a Typst figure; columns beyond the page go into further blocks below. Texts are string
 * literals, which Typst never reads as markup.
 */
export function typstTable(table: TableData): string {
  const shown = showTable(table);
  const noteLines = shown.notes.map(({ mark, text }) =>
    `#text(size: 7pt)[#super(${typstString(mark)}) #${typstString(text)}]`
  );
  return [
    "#figure(",
    "  kind: table,",
    `  caption: ${typstString(shown.caption)},`,
    "  [",
    "    #set text(size: 7pt)",
    ...tableBlocks(shown, PAGE).map(blockMarkup),
    "  ],",
    ")",
    noteLines.join("\n\n"),
    "",
  ].join("\n");
}

function blockMarkup({ columns, groups, rows }: ShownTable): string {
  const heads = (groups ?? []).map(({ header, span }) =>
    `        table.cell(colspan: ${span}, align: center, ${typstString(header)}),`
  );
  return [
    "    #table(",
    `      columns: ${columns.length}, stroke: none, inset: 3pt,`,
    `      align: (${columns.map(({ align }) => `${align},`).join(" ")}),`,
    "      table.hline(),",
    "      table.header(",
    ...heads,
    ...columns.map(({ header }) => `        ${typstString(header)},`),
    "      ),",
    "      table.hline(stroke: 0.5pt),",
    ...rows.map((cells) => `      ${cells.map((cell) => `${typstCell(cell)},`).join(" ")}`),
    "      table.hline(),",
    "    )",
  ].join("\n");
}

function typstCell({ lines, mark }: ShownCell): string {
  const text = lines.map(typstString).join(" + linebreak() + ");
  return mark === "" ? text : `${text} + super(${typstString(mark)})`;
}

/** A Typst string literal. */
export function typstString(text: string): string {
  return `"${text.replace(/[\\"]/g, "\\$&")}"`;
}
