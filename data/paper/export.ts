/**
 * The cells of ACBench's tables as one Parquet file, for readers that do not speak CSV.
 *
 * @module
 */
import { writeAtomically } from "../atomic_write.ts";
import { encodeParquet } from "../parquet.ts";
import type { Column, LogSchema } from "../column.ts";
import { ACBENCH_FOLDER, type PaperCell, readPaperTables } from "./acbench.ts";

function column(name: string, type: Column["type"], doc: string, nullable = false): Column {
  return { name, type, doc, nullable };
}

/** Columns of `tables.parquet`; those of the CSV files, with types. */
export const paperCells: LogSchema = {
  name: "paper_cells",
  format: "parquet",
  columns: [
    column("table", "int32", "Number of the table."),
    column("model", "string", "Model, as the row must be read."),
    column("compression", "string", "Compression, as the row must be read."),
    column("group", "string", "Head above the column; empty where there is none."),
    column("column", "string", "Column."),
    column("metric", "string", "What the number is."),
    column("value", "float64", "The number as printed, in the table's unit.", true),
    column("printed", "string", "The characters in the text; empty where missing."),
    column(
      "reading",
      "float64",
      "The number to take instead, where there is a best reading.",
      true,
    ),
    column("flag", "string", "missing, misread or ambiguous.", true),
    column("note", "string", "Why it is flagged and how it is best read."),
    column("model_as_extracted", "string", "Label at or last above the row in the text."),
    column("compression_as_extracted", "string", "Label of the row in the text."),
    column("line", "int32", "Line of the text."),
    column("position", "int32", "Tab-separated field of the line, from 0.", true),
  ],
};

/** Encodes cells as Parquet; the same cells give the same bytes. */
export function paperParquet(cells: PaperCell[]): Uint8Array {
  const rows = cells.map(({ modelAsExtracted, compressionAsExtracted, row: _, ...cell }) => ({
    ...cell,
    model_as_extracted: modelAsExtracted,
    compression_as_extracted: compressionAsExtracted,
  }));
  return encodeParquet("tables.parquet", paperCells, rows);
}

/** Writes `tables.parquet` beside the CSV files, and returns its path. */
export async function exportParquet(folder = ACBENCH_FOLDER): Promise<string> {
  const file = `${folder.replace(/\/$/, "")}/tables.parquet`;
  await writeAtomically(file, paperParquet(await readPaperTables(folder)));
  return file;
}
