/**
 * Which engine computed what a table shows.
 *
 * @module
 */
import type { Cell, Variant } from "../data/types.ts";
import { absent } from "./failures.ts";
import type { TableCell } from "./render/table_data.ts";
import type { Results } from "./results.ts";

/** What a footnote or caption says of the column, behind a space. */
export const ENGINE_WORDS =
  "Engine: what computed the answers and logits; instead of vLLM where that did not load the checkpoint.";

/** True when not everything was computed by the engine that was asked for, or by several: readers must be told. */
export function needsEngineWords(results: Results): boolean {
  const engines = new Set(results.plan.cells.flatMap((cell) => engineOf(results, cell) ?? []));
  return engines.size > 1 || [...results.records.values()].some(({ substitute }) => substitute);
}

/** The engines that evaluated a variant. */
export function engineCell(results: Results, { id }: Variant): TableCell {
  const cells = results.plan.cells.filter(({ kind, variant }) =>
    variant === id && kind !== "compress"
  );
  const done = cells.filter((cell) => results.records.get(cell.id)?.status === "done");
  if (done.length === 0) return absent(results, cells, "the evaluation");
  const names = [...new Set(done.flatMap((cell) => engineOf(results, cell) ?? []))];
  return { kind: "value", lines: [names.join(", ")], cells: done.map((cell) => cell.id) };
}

/** Null for what no engine evaluates. */
function engineOf({ records }: Results, { id, inputs, kind }: Cell): string | null {
  const planned = (inputs.engine as { name?: string } | undefined)?.name;
  if (kind === "compress" || planned === undefined) return null;
  const substitute = records.get(id)?.substitute;
  return substitute ? `${substitute.engine} instead of ${planned}` : planned;
}
