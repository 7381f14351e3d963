/**
 * Table -> LaTeX with booktabs; compiles with pdfLaTeX.
 *
 * @module
 */
import { isLong, LONG_COLUMN, tableBlocks } from "./table_blocks.ts";
import { type ShownCell, type ShownTable, showTable, type TableData } from "./table_data.ts";

/** Width of the page in pt of the shipped font, which is narrower than Computer Modern. */
const PAGE = 486 / 1.15;

/**
 * Writes a table as a `table*` environment; columns beyond the page go into further blocks below. The
 * document needs `\usepackage{booktabs}`.
 */
export function latexTable(table: TableData): string {
  const shown = showTable(table);
  return [
    "% needs \\usepackage{booktabs}",
    "\\begin{table*}",
    "\\centering\\scriptsize\\setlength{\\tabcolsep}{3pt}",
    `\\caption{${escapeLatex(shown.caption)}}`,
    tableBlocks(shown, PAGE).map(tabular).join("\n\n\\medskip\n"),
    ...noteLines(shown),
    "\\end{table*}",
    "",
  ].join("\n");
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
    block.rows.map((cells) => row(cells.map(latexCell))).join("\n\\addlinespace[1pt]\n"),
    "\\bottomrule",
    "\\end{tabular}",
  ].join("\n");
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

function latexCell({ lines, mark }: ShownCell): string {
  // Braces keep a text that starts with "[" or "*" from being read as an argument of the "\\\\" before it.
  const escaped = lines.map((line) => `{${escapeLatex(line)}}`);
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
