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
 *
 * @param width Width of the page in pt; `Infinity` keeps one block.
 */
export function typstTable(table: TableData, width = PAGE): string {
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
    ...tableBlocks(shown, width).map(blockMarkup),
    "  ],",
    ")",
    noteLines.join("\n\n"),
    "",
  ].join("\n");
}

function blockMarkup({ columns, groups, rows, rules }: ShownTable): string {
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
    ...rows.flatMap((cells, index) => [
      ...(rules.includes(index) && index > 0 ? ["      table.hline(stroke: 0.3pt),"] : []),
      `      ${cells.map((cell) => `${typstCell(cell)},`).join(" ")}`,
    ]),
    "      table.hline(),",
    "    )",
  ].join("\n");
}

function typstCell({ lines, mark, bold }: ShownCell): string {
  const text = lines.map((line) => bold ? `strong(${typstString(line)})` : typstString(line))
    .join(" + linebreak() + ");
  return mark === "" ? text : `${text} + super(${typstString(mark)})`;
}

/** A Typst string literal. */
export function typstString(text: string): string {
  return `"${text.replace(/[\\"]/g, "\\$&")}"`;
}
