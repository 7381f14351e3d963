/**
 * Many answers in one, as ACBench's Tables 6 and 7.
 *
 * @module
 */
import { LONGGENBENCH } from "../layouts.ts";
import { layoutTable } from "./layout_table.ts";
import type { Table } from "./table.ts";

/** Table of LongGenBench's tasks. */
export const batchedAnswers: Table = layoutTable(
  "batched_answers",
  "Batched answers",
  LONGGENBENCH,
);
