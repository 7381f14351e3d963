/**
 * Tool use by ability and format, as ACBench's Table 8.
 *
 * @module
 */
import { TEVAL } from "../layouts.ts";
import { layoutTable } from "./layout_table.ts";
import type { Table } from "./table.ts";

/** Table of T-Eval's eleven columns and their two means. */
export const toolUse: Table = layoutTable(
  "tool_use",
  "Tool use",
  TEVAL,
  (columns) =>
    columns.some(({ header }) => header === "mean11")
      ? " mean11 is the mean of the eleven columns, as the paper's Overall; mean6 that of the six " +
        "abilities, as T-Eval prints it."
      : " The paper's Overall needs all eleven columns.",
);
