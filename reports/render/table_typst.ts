/**
 * Table -> Typst markup.
 *
 * @module
 */
import { type ShownCell, showTable, type TableData } from "./table_data.ts";

/** Writes a table as a Typst figure. Texts are string literals, which Typst never reads as markup. */
export function typstTable(table: TableData): string {
  const shown = showTable(table);
  const { columns, groups, notes } = shown;
  const heads = groups === null
    ? []
    : groups.map(({ header, span }) =>
      `table.cell(colspan: ${span}, align: center, ${typstString(header)}),`
    );
  const noteLines = notes.map(({ mark, text }) =>
    `#text(size: 7pt)[#super(${typstString(mark)}) #${typstString(text)}]`
  );
  return [
    "#figure(",
    `  caption: ${typstString(shown.caption)},`,
    "  table(",
    `    columns: ${columns.length}, stroke: none,`,
    `    align: (${columns.map(({ align }) => `${align},`).join(" ")}),`,
    "    table.hline(),",
    "    table.header(",
    ...heads.map((head) => `      ${head}`),
    ...columns.map(({ header }) => `      ${typstString(header)},`),
    "    ),",
    "    table.hline(stroke: 0.5pt),",
    ...shown.rows.map((cells) => `    ${cells.map((cell) => `${typstCell(cell)},`).join(" ")}`),
    "    table.hline(),",
    "  ),",
    ")",
    noteLines.join("\n\n"),
    "",
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
