/**
 * Table -> HTML.
 *
 * @module
 */
import { type ShownCell, type ShownTable, showTable, type TableData } from "./table_data.ts";

/** What a page adds to a table. */
export interface HtmlTableOptions {
  /** Address of the samples behind a value, from the ids of its cells; null for no link. */
  href?: (cells: string[]) => string | null;
}

/** Writes a table with a caption, scoped headers and notes; all texts are escaped. */
export function htmlTable(table: TableData, options: HtmlTableOptions = {}): string {
  const shown = showTable(table);
  const heads = shown.columns.map(({ header, align }) =>
    `<th scope="col" class="${align}">${escapeHtml(header)}</th>`
  );
  const notes = shown.notes.map(({ mark, text }) =>
    `<p class="note"><sup>${mark}</sup> ${escapeHtml(text)}</p>`
  );
  return [
    `<div class="scroll" tabindex="0" role="region" aria-label="${escapeHtml(shown.caption)}">`,
    `<table><caption>${escapeHtml(shown.caption)}</caption>`,
    `<thead>${groupRow(shown)}<tr>${heads.join("")}</tr></thead>`,
    "<tbody>",
    ...shown.rows.map((cells, index) => bodyRow(cells, index, shown, options)),
    "</tbody></table></div>",
    ...notes,
    "",
  ].join("\n");
}

function groupRow({ groups }: ShownTable): string {
  if (groups === null) return "";
  const heads = groups.map(({ header, span }) =>
    header === ""
      ? `<td colspan="${span}"></td>`
      : `<th scope="colgroup" colspan="${span}" class="group">${escapeHtml(header)}</th>`
  );
  return `<tr>${heads.join("")}</tr>`;
}

function bodyRow(
  cells: ShownCell[],
  index: number,
  { columns, rules }: ShownTable,
  options: HtmlTableOptions,
): string {
  const [first, ...rest] = cells;
  const others = rest.map((cell, index) =>
    `<td class="${columns[index + 1]!.align} ${cell.kind}"${provenance(cell)}>${
      linked(cell, options)
    }</td>`
  );
  const rule = rules.includes(index) ? ` class="rule"` : "";
  return `<tr${rule}><th scope="row"${provenance(first!)}>${linked(first!, options)}</th>${
    others.join("")
  }</tr>`;
}

/** Every value names the cells of the plan that it came from. */
function provenance({ cells }: ShownCell): string {
  return cells.length === 0 ? "" : ` data-cells="${escapeHtml(cells.join(" "))}"`;
}

function linked(cell: ShownCell, options: HtmlTableOptions): string {
  const [first, ...rest] = cell.lines.map(escapeHtml);
  const mark = cell.mark && `<sup>${cell.mark}</sup>`;
  const href = cell.cells.length > 0 ? options.href?.(cell.cells) : null;
  const best = cell.bold ? `<b>${first}</b>` : first;
  const head = href ? `<a href="${escapeHtml(href)}">${best}</a>` : best;
  return [head, ...rest.map((line) => `<span class="more">${line}</span>`)].join("<br>") + mark;
}

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Escapes a text for HTML content and quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}
