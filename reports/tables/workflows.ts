/**
 * Workflow generation by task, as ACBench's Table 10.
 *
 * @module
 */
import { WORFBENCH } from "../layouts.ts";
import { layoutTable } from "./layout_table.ts";
import type { Table } from "./table.ts";

/** Table of WorfBench's precision, recall and F1. */
export const workflows: Table = layoutTable("workflows", "Workflows", WORFBENCH);
