/**
 * Long contexts by set, as ACBench's Tables 3 to 5.
 *
 * @module
 */
import { LONGBENCH } from "../layouts.ts";
import { layoutTable } from "./layout_table.ts";
import type { Table } from "./table.ts";

/** Table of LongBench's sets. */
export const longContext: Table = layoutTable("long_context", "Long contexts", LONGBENCH);
