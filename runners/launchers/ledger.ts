import type { Cell } from "../../data/types.ts";
import type { RunContext } from "../run_context.ts";

/** Cells by id, and what became of them in this run. */
export interface Ledger {
  context: RunContext;
  cells: Map<string, Cell>;
  /** Ids of cells with a good record. */
  done: Set<string>;
  folder(id: string): string;
}

/** A cell in words, for those that lack it. */
export function describe(cell: Cell | undefined): string {
  if (cell?.kind === "compress") return "compression";
  const what = cell?.kind === "capture" ? "baseline's capture" : "text";
  return `${what} (${cell?.variant} on ${cell?.benchmark})`;
}
