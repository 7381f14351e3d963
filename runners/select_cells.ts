import type { Cell } from "../data/types.ts";
import { UserError } from "./errors.ts";

/** How a cell is named where a pattern can choose it: `variant`, and `variant:benchmark` for evaluations. */
export function cellName(cell: Cell): string {
  const seed = cell.seed ? `#${cell.seed}` : "";
  const capture = cell.kind === "capture" ? ":capture" : "";
  return cell.benchmark ? `${cell.variant}:${cell.benchmark}${capture}${seed}` : cell.variant;
}

/**
 * The cells whose name holds the pattern, and all that these need, in the plan's order.
 *
 * @param pattern Part of a cell's name or its id; `*` stands for any text.
 * @throws {UserError} When nothing matches.
 */
export function selectCells(cells: Cell[], pattern: string): Cell[] {
  const expression = new RegExp(
    pattern.split("*").map((part) => part.replaceAll(/[\\^$.|?+()[\]{}]/g, "\\$&")).join(".*"),
  );
  const chosen = cells.filter((cell) => expression.test(cellName(cell)) || cell.id === pattern);
  if (chosen.length === 0) {
    const names = cells.slice(0, 5).map(cellName).join(", ");
    throw new UserError(`No cell's name holds "${pattern}"; there are ${names}, …`);
  }
  const byId = new Map(cells.map((cell) => [cell.id, cell]));
  const wanted = new Set<string>();
  const add = (cell: Cell) => {
    wanted.add(cell.id);
    cell.needs.forEach((id) => add(byId.get(id)!));
  };
  chosen.forEach(add);
  return cells.filter(({ id }) => wanted.has(id));
}
