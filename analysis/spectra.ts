/**
 * The singular values of a checkpoint's weights.
 *
 * @module
 */
import { join } from "node:path";
import { LogError, readRows } from "../data/logs.ts";
import { spectra as spectraSchema } from "../data/schema.ts";

/** Spectrum of one weight matrix. */
export interface Spectrum {
  /** Name of the module. */
  layer: string;
  /**
   * `raw`: the singular values of the matrix. `normalised`: of ZᵀZ / N, Z the matrix with its rows
   * centred and scaled to unit length, so that they go with the square of Z's.
   */
  transform: "raw" | "normalised";
  rows: number;
  columns: number;
  /** Largest first. */
  values: ArrayLike<number>;
}

/** Reads a checkpoint's spectra. */
export async function readSpectra(folder: string): Promise<Spectrum[]> {
  const path = join(folder, "spectra.parquet");
  const rows = await readRows(path, spectraSchema);
  return rows.map((row, index) => {
    const transform = row.transform;
    if (transform !== "raw" && transform !== "normalised") {
      throw new LogError(
        path,
        `row ${index}, column "transform" holds ${JSON.stringify(transform)}, ` +
          'expected "raw" or "normalised"',
        "Delete the cell's folder and run the experiment again",
      );
    }
    return {
      layer: row.layer as string,
      transform,
      rows: row.row_count as number,
      columns: row.column_count as number,
      values: row.singular_values as ArrayLike<number>,
    };
  });
}
