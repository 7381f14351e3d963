/**
 * Table -> LaTeX with booktabs; compiles with pdfLaTeX.
 *
 * @module
 */
import { isLong, LONG_COLUMN, tableBlocks } from "./table_blocks.ts";
import { type ShownCell, type ShownTable, showTable, type TableData } from "./table_data.ts";

/** Width of the page in pt of the shipped font, which is narrower than Computer Modern. */
const PAGE = 486 / 1.15;

/** How a table that is too wide is set. */
export interface LatexTableOptions {
  /**
   * `blocks` (the default) puts columns beyond the page into further blocks below; `shrink` keeps one
   * block, made smaller until it fits.
   */
  fit?: "blocks" | "shrink";
}

/**
 * Writes a table as a `table*` environment. The document needs `\usepackage{booktabs}`, and graphicx
 * for `shrink`.
 */
export function latexTable(table: TableData, options: LatexTableOptions = {}): string {
  const shown = showTable(table);
  const shrink = options.fit === "shrink";
  return [
    `% needs \\usepackage{booktabs${shrink ? ",graphicx" : ""}}`,
    "\\begin{table*}",
    "\\centering\\scriptsize\\setlength{\\tabcolsep}{3pt}",
    `\\caption{${escapeLatex(shown.caption)}}`,
    shrink ? shrunk(tabular(shown)) : tableBlocks(shown, PAGE).map(tabular).join("\n\n\\medskip\n"),
    ...noteLines(shown),
    "\\end{table*}",
    "",
  ].join("\n");
}

/** Only a block that is wider than the text is made smaller. */
function shrunk(block: string): string {
  return `\\resizebox{\\ifdim\\width>\\textwidth\\textwidth\\else\\width\\fi}{!}{%\n${block}}`;
}

function tabular(block: ShownTable): string {
  const columns = block.columns.map(({ align }, index) =>
    align === "right" ? "r" : isLong(block, index) ? `p{${LONG_COLUMN}pt}` : "l"
  ).join("");
  return [
    `\\begin{tabular}{@{}${columns}@{}}`,
    "\\toprule",
    ...groupLines(block),
    row(block.columns.map(({ header }) => `{${escapeLatex(header)}}`)),
    "\\midrule",
    ...block.rows.flatMap((cells, index) => [...between(block, index), row(cells.map(latexCell))]),
    "\\bottomrule",
    "\\end{tabular}",
  ].join("\n");
}

/** What stands above a row. */
function between({ rules }: ShownTable, index: number): string[] {
  if (index === 0) return [];
  return [rules.includes(index) ? "\\midrule[0.03em]" : "\\addlinespace[1pt]"];
}

function row(cells: string[]): string {
  return `${cells.join(" & ")} \\\\`;
}

function groupLines({ groups }: ShownTable): string[] {
  if (groups === null) return [];
  let at = 1;
  const rules: string[] = [];
  const heads = groups.map(({ header, span }) => {
    if (header !== "") rules.push(`\\cmidrule(lr){${at}-${at + span - 1}}`);
    at += span;
    return `\\multicolumn{${span}}{c}{${escapeLatex(header)}}`;
  });
  return [row(heads), rules.join("")];
}

function latexCell({ lines, mark, bold }: ShownCell): string {
  // Braces keep a text that starts with "[" or "*" from being read as an argument of the "\\\\" before it.
  const escaped = lines.map((line) =>
    bold ? `\\textbf{${escapeLatex(line)}}` : `{${escapeLatex(line)}}`
  );
  const text = escaped.length === 1
    ? escaped[0]!
    : `\\begin{tabular}[t]{@{}r@{}}${escaped.join("\\\\")}\\end{tabular}`;
  return mark === "" ? text : `${text}\\textsuperscript{${mark}}`;
}

function noteLines({ notes }: ShownTable): string[] {
  if (notes.length === 0) return [];
  const texts = notes.map(({ mark, text }) => `\\textsuperscript{${mark}} ${escapeLatex(text)}`);
  return ["", `\\smallskip\\begin{minipage}{\\linewidth}${texts.join("\\quad ")}\\end{minipage}`];
}

const LATEX: Record<string, string> = {
  "\\": "\\textbackslash{}",
  "{": "\\{",
  "}": "\\}",
  "$": "\\$",
  "&": "\\&",
  "#": "\\#",
  "_": "\\_",
  "%": "\\%",
  "^": "\\textasciicircum{}",
  "~": "\\textasciitilde{}",
  "<": "\\textless{}",
  ">": "\\textgreater{}",
  "|": "\\textbar{}",
  '"': "''",
  "`": "{`}",
  "-": "{-}",
  "–": "--",
  "—": "---",
  "−": "\\ensuremath{-}",
  "×": "\\ensuremath{\\times}",
  "±": "\\ensuremath{\\pm}",
  "≥": "\\ensuremath{\\geq}",
  "≤": "\\ensuremath{\\leq}",
  "∞": "\\ensuremath{\\infty}",
  "τ": "\\ensuremath{\\tau}",
  "ρ": "\\ensuremath{\\rho}",
  "Δ": "\\ensuremath{\\Delta}",
  "…": "\\ldots{}",
  "“": "``",
  "”": "''",
  "\u00a0": "~",
};

/** Escapes a line for pdfLaTeX; a character that its fonts lack becomes its code, such as `[U+4E2D]`. */
export function escapeLatex(text: string): string {
  let out = "";
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (LATEX[character] !== undefined) out += LATEX[character];
    else if (code >= 32 && code < 127) out += character;
    else out += `[U+${code.toString(16).toUpperCase().padStart(4, "0")}]`;
  }
  return out;
}
