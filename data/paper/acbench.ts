/**
 * The tables of ACBench (Dong et al., ICML 2025) as data: one cell a row, each with the place in the
 * extracted text that it was read from, and a flag where the text is damaged.
 *
 * @module
 */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type CsvRecord, parseCsv } from "./csv.ts";
import { PAPER_LAYOUTS } from "./layouts.ts";

/**
 * Why a cell is doubtful. `missing`: the text prints nothing here. `misread`: label, place or number
 * cannot stand as the text has it. `ambiguous`: it can stand, but another reading can too.
 */
export type Flag = "missing" | "misread" | "ambiguous";

/** One cell of a table of the paper. */
export interface PaperCell {
  table: number;
  /** The model as the row must be read; empty in Table 1. */
  model: string;
  /** The compression as the row must be read; `none` for a base row. */
  compression: string;
  /** Head above the column; empty where there is none. */
  group: string;
  column: string;
  /** What the number is, e.g. `success rate`. */
  metric: string;
  /** The number as printed, in the table's unit; null where none is printed or the cell is a text. */
  value: number | null;
  /** The characters of the cell in the text; empty where it is missing. */
  printed: string;
  /** The number to take instead of `value` where a flagged cell has a best reading; else null. */
  reading: number | null;
  flag: Flag | null;
  /** Why it is flagged and how it is best read. */
  note: string;
  /** The label that stands at or last above the row in the text. */
  modelAsExtracted: string;
  compressionAsExtracted: string;
  /** Line of the text, from 1; for a missing cell the line where it is missed. */
  line: number;
  /** Index of the tab-separated field in that line; null for a missing cell. */
  position: number | null;
  /** Line of the CSV file, from 1. */
  row: number;
}

/** A label of a table (head, model, compression) in the text. */
export interface PaperLabel {
  table: number;
  line: number;
  position: number;
  role: string;
  text: string;
}

/** Columns of `tableN.csv`. */
export const CELL_COLUMNS = [
  "table",
  "model",
  "compression",
  "group",
  "column",
  "metric",
  "value",
  "printed",
  "reading",
  "flag",
  "note",
  "model_as_extracted",
  "compression_as_extracted",
  "line",
  "position",
] as const;

const LABEL_COLUMNS = ["table", "line", "position", "role", "text"] as const;

/** The folder of the transcription. */
export const ACBENCH_FOLDER: string = fileURLToPath(new URL("acbench/", import.meta.url));

/** Metrics of Table 1 whose cells are texts. */
const TEXT_METRICS = new Set(["section", "task", "benchmark", "datasets", "models"]);

/**
 * Reads a number as the paper prints it: `8.21%` is 8.21, `40K` is 40000.
 *
 * @returns Null where the text is no number.
 */
export function parsePrinted(printed: string): number | null {
  const match = /^(-?\d+(?:\.\d+)?)(%|K)?$/.exec(printed);
  return match ? Number(match[1]) * (match[2] === "K" ? 1000 : 1) : null;
}

function optionalNumber(text: string, where: string): number | null {
  if (text === "") return null;
  const value = Number(text);
  if (!Number.isFinite(value)) throw new SyntaxError(`${where}: "${text}" is no number`);
  return value;
}

function index(text: string, where: string): number {
  if (!/^\d+$/.test(text)) throw new SyntaxError(`${where}: "${text}" is no whole number`);
  return Number(text);
}

function toFlag(text: string, where: string): Flag | null {
  if (text === "") return null;
  if (text === "missing" || text === "misread" || text === "ambiguous") return text;
  throw new SyntaxError(`${where}: "${text}"; expected missing, misread, ambiguous or nothing`);
}

function toCell({ line: row, fields }: CsvRecord, file: string, table: number): PaperCell {
  const at = (field: string) => `${file}:${row}: ${field}`;
  const get = (field: (typeof CELL_COLUMNS)[number]) => fields[field]!;
  const cell: PaperCell = {
    table: index(get("table"), at("table")),
    model: get("model"),
    compression: get("compression"),
    group: get("group"),
    column: get("column"),
    metric: get("metric"),
    value: optionalNumber(get("value"), at("value")),
    printed: get("printed"),
    reading: optionalNumber(get("reading"), at("reading")),
    flag: toFlag(get("flag"), at("flag")),
    note: get("note"),
    modelAsExtracted: get("model_as_extracted"),
    compressionAsExtracted: get("compression_as_extracted"),
    line: index(get("line"), at("line")),
    position: get("position") === "" ? null : index(get("position"), at("position")),
    row,
  };
  const fail = (field: string, message: string): never => {
    throw new SyntaxError(`${at(field)}: ${message}`);
  };
  if (cell.table !== table) fail("table", `${cell.table} in the file of table ${table}`);
  const { columns, lines } = PAPER_LAYOUTS[table]!;
  const known = columns.some((c) => c.group === cell.group && c.column === cell.column);
  if (!known && cell.column !== "surplus") {
    fail("column", `table ${table} has no column "${cell.group}/${cell.column}"`);
  }
  if (cell.line < lines[0] || cell.line > lines[1]) {
    fail("line", `${cell.line} is outside of table ${table} (lines ${lines.join(" to ")})`);
  }
  if ((cell.flag === "missing") !== (cell.printed === "")) {
    fail(
      "flag",
      `"${get("flag")}" beside printed "${cell.printed}": missing means nothing printed`,
    );
  }
  if ((cell.position === null) !== (cell.printed === "")) {
    fail("position", "a printed cell has a position, a missing one has none");
  }
  if (cell.flag !== null && cell.note === "") fail("note", "empty; a flagged cell says why");
  if (cell.reading !== null && cell.flag === null) fail("reading", "only a flagged cell has one");
  if (parsePrinted(cell.printed) !== cell.value) {
    fail("value", `${get("value") || "nothing"} beside printed "${cell.printed}"`);
  }
  if (cell.value === null && cell.printed !== "" && !TEXT_METRICS.has(cell.metric)) {
    fail("printed", `"${cell.printed}" is no number, and ${cell.metric} is one`);
  }
  return cell;
}

/** A name that no two cells share, e.g. `8/Qwen2.5-7B/GPTQ/Overall/Overall/score`. */
export function cellKey(cell: PaperCell): string {
  const { table, model, compression, group, column, metric } = cell;
  return [table, model, compression, group, column, metric].join("/");
}

/**
 * Parses and validates the cells of one table.
 *
 * @param text Content of a `tableN.csv`.
 * @param table Number of the table, 1 to 10.
 * @param file Name for messages.
 * @throws SyntaxError naming file, line and field of the first cell that cannot be right.
 */
export function parsePaperTable(text: string, table: number, file: string): PaperCell[] {
  const cells = parseCsv(text, file, CELL_COLUMNS).map((record) => toCell(record, file, table));
  const rows = new Map<string, number>();
  for (const cell of cells) {
    const key = cellKey(cell);
    const first = rows.get(key);
    if (first !== undefined) {
      throw new SyntaxError(`${file}:${cell.row}: the cell ${key} stands in line ${first} already`);
    }
    rows.set(key, cell.row);
  }
  return cells;
}

/** Reads the cells of one table of ACBench; see {@linkcode parsePaperTable} for errors. */
export async function readPaperTable(table: number, folder = ACBENCH_FOLDER): Promise<PaperCell[]> {
  if (!PAPER_LAYOUTS[table]) throw new RangeError(`no table ${table}; ACBench has tables 1 to 10`);
  const file = `${folder.replace(/\/$/, "")}/table${table}.csv`;
  return parsePaperTable(await readFile(file, "utf8"), table, file);
}

/** Reads the cells of all ten tables, in order. */
export async function readPaperTables(folder = ACBENCH_FOLDER): Promise<PaperCell[]> {
  const tables = Object.keys(PAPER_LAYOUTS).map((table) => readPaperTable(Number(table), folder));
  return (await Promise.all(tables)).flat();
}

/** Reads the labels (heads, models, compressions) of all tables as the text has them. */
export async function readPaperLabels(folder = ACBENCH_FOLDER): Promise<PaperLabel[]> {
  const file = `${folder.replace(/\/$/, "")}/labels.csv`;
  return parseCsv(await readFile(file, "utf8"), file, LABEL_COLUMNS).map(({ line, fields }) => ({
    table: index(fields["table"]!, `${file}:${line}: table`),
    line: index(fields["line"]!, `${file}:${line}: line`),
    position: index(fields["position"]!, `${file}:${line}: position`),
    role: fields["role"]!,
    text: fields["text"]!,
  }));
}
