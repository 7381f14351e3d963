/**
 * Progress and success in environments, as ACBench's Table 9.
 *
 * @module
 */
import { EPISODES } from "../layouts.ts";
import { layoutTable } from "./layout_table.ts";
import type { Table } from "./table.ts";

/** Table of progress and success by kind of task. */
export const episodes: Table = layoutTable(
  "episodes",
  "Episodes",
  EPISODES,
  () => " P: progress, the best that an episode reached; S: share of episodes that succeeded.",
);
