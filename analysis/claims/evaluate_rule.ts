/**
 * Decides a rule over the cells of a paper.
 *
 * @module
 */
import { cellKey, type PaperCell } from "../../data/paper/acbench.ts";
import type { Bound, Rule, Share } from "./claim.ts";
import { type Evaluated, evaluateExpression, meets } from "./evaluate_expression.ts";
import { changeOf, numberOf, pairCells, selectCells } from "./select_cells.ts";

/** What the cells say of a reading. */
export type Outcome = "supported" | "contradicted" | "cannot be checked";

/** A decided rule. */
export interface Decision {
  outcome: Outcome;
  /** The computed numbers beside what was asked, or why nothing can be said. */
  detail: string;
  /** Cells that the decision rests on. */
  cells: PaperCell[];
  /**
   * How far the cells are from what the rule asks: for a comparison the distance over the larger of
   * the two magnitudes, for a share the distance of the shares; 0 where the rule holds, null where it
   * cannot be checked.
   */
  gap: number | null;
}

/** A member of a share: whether it holds, null where its numbers are not printed. */
interface Member {
  holds: boolean | null;
  cells: PaperCell[];
  name: string;
}

function shown(value: number): string {
  return String(Number(value.toPrecision(6)));
}

function distance(value: number, to: Bound): number {
  const nearest = Array.isArray(to) ? Math.min(Math.max(value, to[0]), to[1]) : to;
  return Math.abs(value - nearest) / (Math.max(Math.abs(value), Math.abs(nearest)) || 1);
}

/** Members that are not printed may hold or not: only what both extremes agree on is decided. */
function decideShare(members: Member[], { is, of }: Share): Decision {
  const held = members.filter(({ holds }) => holds === true).length;
  const open = members.filter(({ holds }) => holds === null).length;
  const low = held / members.length;
  const high = (held + open) / members.length;
  const failing = members.filter(({ holds }) => holds === false).map(({ name }) => name);
  const examples = failing.length
    ? `; not for ${failing.slice(0, 3).join(", ")}${failing.length > 3 ? ", …" : ""}`
    : "";
  const counted = `${held} of ${members.length}${open ? ` (${open} not printed)` : ""}`;
  const detail = `holds for ${counted}; asked: share ${is} ${of}${examples}`;
  const cells = members.flatMap((member) => member.cells);
  const [atLow, atHigh] = [meets(low, is, of), meets(high, is, of)];
  if (atLow !== atHigh) return { outcome: "cannot be checked", detail, cells, gap: null };
  return atLow ? { outcome: "supported", detail, cells, gap: 0 } : {
    outcome: "contradicted",
    detail,
    cells,
    gap: Math.min(...[low, high].map((s) => Math.abs(s - of))),
  };
}

function decideCompare(rule: Extract<Rule, { compare: unknown }>, cells: PaperCell[]): Decision {
  const left = evaluateExpression(rule.compare, cells);
  const range = Array.isArray(rule.to);
  const right: Evaluated = range
    ? { value: 0, cells: [], missing: [] }
    : evaluateExpression(rule.to as Exclude<typeof rule.to, [number, number]>, cells);
  const used = [...left.cells, ...right.cells];
  if (left.value === null || right.value === null) {
    const missing = [...left.missing, ...right.missing].map(cellKey);
    const detail = `not printed: ${missing.slice(0, 3).join(", ")}` +
      (missing.length > 3 ? ` and ${missing.length - 3} more` : "");
    return { outcome: "cannot be checked", detail, cells: used, gap: null };
  }
  const unprinted = (left.unprintedPairs ?? 0) + (right.unprintedPairs ?? 0);
  const bound = range ? rule.to as [number, number] : right.value;
  const asked = Array.isArray(bound) ? bound.map(shown).join(" and ") : shown(bound);
  const detail = `${shown(left.value)}; asked: ${rule.is} ${asked}` +
    (rule.within ? ` within ${rule.within}` : "") +
    (unprinted ? `; ${unprinted} pairs left out, not printed` : "");
  return meets(left.value, rule.is, bound, rule.within)
    ? { outcome: "supported", detail, cells: used, gap: 0 }
    : { outcome: "contradicted", detail, cells: used, gap: distance(left.value, bound) };
}

/**
 * Decides a rule.
 *
 * @param rule What must hold.
 * @param cells All cells of the paper.
 * @returns Outcome, the numbers behind it and the cells that it rests on.
 * @throws RangeError when a pattern in the rule matches no cell, or several where one is meant.
 */
export function evaluateRule(rule: Rule, cells: PaperCell[]): Decision {
  if ("unprinted" in rule) {
    return { outcome: "cannot be checked", detail: rule.unprinted, cells: [], gap: null };
  }
  if ("compare" in rule) return decideCompare(rule, cells);
  if ("each" in rule) {
    const found = selectCells(cells, rule.each);
    if (found.length === 0) throw new RangeError(`no cell matches ${JSON.stringify(rule.each)}`);
    const members = found.map((cell) => {
      const number = numberOf(cell);
      const holds = number === null ? null : meets(number, rule.is, rule.to);
      return { holds, cells: [cell], name: `${cellKey(cell)} = ${number}` };
    });
    return decideShare(members, rule.share);
  }
  if ("change" in rule) {
    const members = pairCells(cells, rule.pairs).map((pair) => {
      const change = changeOf(pair, rule.change);
      const unit = rule.change === "percent" ? " %" : "";
      return {
        holds: change === null ? null : meets(change, rule.is, rule.to),
        cells: [pair.cell, pair.against],
        name: `${cellKey(pair.cell)} (${change === null ? "" : shown(change)}${unit})`,
      };
    });
    return decideShare(members, rule.share);
  }
  const parts = rule.rules.map((part) => evaluateRule(part, cells));
  const decision = decideShare(
    parts.map(({ outcome, cells, detail }) => ({
      holds: outcome === "cannot be checked" ? null : outcome === "supported",
      cells,
      name: `(${detail})`,
    })),
    rule.share,
  );
  if (decision.outcome !== "contradicted") return decision;
  // A conjunction fails as far as its worst part does, however many parts hold.
  return { ...decision, gap: Math.max(decision.gap!, ...parts.map(({ gap }) => gap ?? 0)) };
}
