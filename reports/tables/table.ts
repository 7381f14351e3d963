/**
 * What a table is: a pure function of an experiment's results.
 *
 * @module
 */
import type { TableData } from "../render/table_data.ts";
import type { Results } from "../results.ts";

/** A table of the report. Its name is its file's name and its key in the registry. */
export interface Table {
  name: string;
  title: string;
  /** Makes the table. The same results give the same table. */
  table(results: Results): TableData;
}
