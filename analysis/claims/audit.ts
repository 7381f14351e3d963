/**
 * The audit of claims: each reading decided over the cells, each claim by its readings.
 *
 * @module
 */
import type { PaperCell } from "../../data/paper/acbench.ts";
import type { Claim } from "./claim.ts";
import { type Decision, evaluateRule, type Outcome } from "./evaluate_rule.ts";

/** A claim's verdict; its readings may disagree. */
export type Verdict = Outcome | "depends on the reading";

/** A decided reading. */
export interface AuditedReading extends Decision {
  name: string;
}

/** A decided claim. */
export interface AuditedClaim {
  claim: Claim;
  verdict: Verdict;
  readings: AuditedReading[];
  /** Cells that any reading rests on, without repetition. */
  cells: PaperCell[];
  /** Those of them that are flagged. */
  flagged: PaperCell[];
  /** Share of the readings that can be checked which the cells contradict; 0 to 1. */
  contradicted: number;
  /** The largest gap among contradicted readings; 0 where none is. */
  gap: number;
}

/**
 * Joins outcomes. Readings that cannot be checked leave the verdict to the others, and decide it only
 * when there are no others.
 */
export function joinOutcomes(outcomes: Outcome[]): Verdict {
  const decided = new Set(outcomes.filter((outcome) => outcome !== "cannot be checked"));
  if (decided.size > 1) return "depends on the reading";
  return [...decided][0] ?? "cannot be checked";
}

/**
 * Decides a claim.
 *
 * @param cells All cells of its paper.
 * @throws RangeError naming the claim and the reading whose pattern finds no cell, or too many.
 */
export function auditClaim(claim: Claim, cells: PaperCell[]): AuditedClaim {
  const readings = claim.readings.map(({ name, rule }) => {
    try {
      return { name, ...evaluateRule(rule, cells) };
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new RangeError(`claim ${claim.id}, reading "${name}": ${error.message}`);
    }
  });
  const used = [...new Set(readings.flatMap((reading) => reading.cells))];
  const checked = readings.filter(({ outcome }) => outcome !== "cannot be checked");
  const against = checked.filter(({ outcome }) => outcome === "contradicted");
  return {
    claim,
    verdict: joinOutcomes(readings.map(({ outcome }) => outcome)),
    readings,
    cells: used,
    flagged: used.filter(({ flag }) => flag !== null),
    contradicted: checked.length ? against.length / checked.length : 0,
    gap: Math.max(0, ...against.map(({ gap }) => gap ?? 0)),
  };
}

/** Decides claims in their order. */
export function auditClaims(claims: Claim[], cells: PaperCell[]): AuditedClaim[] {
  return claims.map((claim) => auditClaim(claim, cells));
}

/**
 * Claims with a contradicted reading, the worst first: by the share of contradicted readings, then by
 * the gap, then in the order of the text.
 */
export function rankContradictions(audited: AuditedClaim[]): AuditedClaim[] {
  return audited
    .filter(({ contradicted }) => contradicted > 0)
    .sort((a, b) => b.contradicted - a.contradicted || b.gap - a.gap);
}
