/**
 * The cells of ACBench's tables as one Parquet file, for readers that do not speak CSV.
 *
 * @module
 */
import { parquetWriteBuffer } from "hyparquet-writer";
import { readFile, rename, writeFile } from "node:fs/promises";
import { ACBENCH_FOLDER, CELL_COLUMNS } from "./acbench.ts";
import { parseCsv } from "./csv.ts";
import { PAPER_LAYOUTS } from "./layouts.ts";

const INTEGERS = new Set<string>(["table", "line", "position"]);
const NUMBERS = new Set<string>(["value", "reading"]);

/**
 * Reads the ten CSV files and lays them out as Parquet: texts as strings, `table`, `line` and
 * `position` as int32, `value` and `reading` as float64; an empty number is null.
 */
export async function paperParquet(folder = ACBENCH_FOLDER): Promise<Uint8Array> {
  const records = await Promise.all(
    Object.keys(PAPER_LAYOUTS).map(async (table) => {
      const file = `${folder.replace(/\/$/, "")}/table${table}.csv`;
      return parseCsv(await readFile(file, "utf8"), file, CELL_COLUMNS);
    }),
  );
  const rows = records.flat().map(({ fields }) => fields);
  const number = (text: string) => text === "" ? null : Number(text);
  const buffer = parquetWriteBuffer({
    columnData: CELL_COLUMNS.map((name) => {
      const texts = rows.map((row) => row[name]!);
      if (INTEGERS.has(name)) return { name, type: "INT32", data: texts.map(number) };
      if (NUMBERS.has(name)) return { name, type: "DOUBLE", data: texts.map(number) };
      return { name, type: "STRING", data: texts };
    }),
  });
  return new Uint8Array(buffer);
}

/** Writes `tables.parquet` beside the CSV files, whole or not at all. */
export async function exportParquet(folder = ACBENCH_FOLDER): Promise<string> {
  const file = `${folder.replace(/\/$/, "")}/tables.parquet`;
  await writeFile(`${file}.part`, await paperParquet(folder));
  await rename(`${file}.part`, file);
  return file;
}
