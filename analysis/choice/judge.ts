/**
 * From paired values to what is said of a method: interval, tests, verdict.
 *
 * @module
 */
import type { Judgement, Verdict } from "../../data/result_schema.ts";
import { equivalenceTests, LEVEL } from "../statistics/equivalence.ts";
import { holm } from "../statistics/holm.ts";
import {
  intervalOf,
  isOfBinary,
  type PairedDifference,
  pairedDifference,
  type Part,
} from "../statistics/paired_difference.ts";
import { signFlipTest } from "../statistics/sign_flip.ts";
import { studentTTail } from "../statistics/student_t.ts";

/** Largest difference of scores between 0 and 1 that counts as none, where no other is given. */
export const DEFAULT_MARGIN = 0.05;

/** Values of a method and of its baseline on the same samples. */
export interface Compared {
  /** Paired differences. */
  parts: Part[];
  mean: number | null;
  baselineMean: number | null;
  better: "higher" | "lower";
  /** Null where no margin applies. */
  margin: number | null;
}

const NOTHING = {
  difference: null,
  standard_error: null,
  low: null,
  high: null,
  interval: null,
  p: null,
  p_holm: null,
  test: null,
  low_90: null,
  high_90: null,
  p_equivalence: null,
  p_equivalence_holm: null,
  p_non_inferiority: null,
  p_non_inferiority_holm: null,
  non_inferior: null,
  verdict: null,
} satisfies Partial<Judgement>;

/** A judgement without values, and why. */
export function notJudged(reason: string, margin: number | null): Judgement {
  return {
    ...NOTHING,
    ...{ n: 0, calibration_seeds: 0, mean: null, baseline_mean: null, margin, reason },
  };
}

/** Judges one method by itself; {@link inFamilies} then corrects for the others. */
export function judge(compared: Compared): { line: Judgement; found: PairedDifference | null } {
  const { parts, mean, baselineMean, better, margin } = compared;
  const found = pairedDifference(parts);
  const common = {
    mean: mean !== null && Number.isFinite(mean) ? mean : null,
    baseline_mean: baselineMean !== null && Number.isFinite(baselineMean) ? baselineMean : null,
    margin,
  };
  if ("reason" in found) {
    const n = parts.flatMap(({ strata }) => strata.map((seeds) => seeds[0]?.length ?? 0))
      .reduce((sum, size) => sum + size, 0);
    const seeds = parts[0]?.strata[0]?.length ?? 0;
    const line = { ...NOTHING, ...common, n, calibration_seeds: seeds, reason: found.reason };
    return { line, found: null };
  }
  const most = margin === null ? Infinity : 1;
  const [low, high] = intervalOf(found, 0.95, most);
  const [low90, high90] = intervalOf(found, 0.9, most);
  const tests = margin === null ? null : equivalenceTests(found, margin, better);
  const line: Judgement = {
    ...NOTHING,
    ...common,
    n: found.n,
    calibration_seeds: found.seeds,
    difference: found.difference,
    standard_error: found.standardError,
    low,
    high,
    interval: `95 % ${found.form}`,
    ...differenceTest(parts, found),
    low_90: low90,
    high_90: high90,
    p_equivalence: tests?.equivalence ?? null,
    p_non_inferiority: tests?.nonInferiority ?? null,
    reason: margin === null ? "no margin: the values do not lie between 0 and 1" : null,
  };
  return { line, found };
}

/** Of one calibration seed a test over sign flips; of several t, since their choice is random too. */
function differenceTest(parts: Part[], found: PairedDifference): { p: number; test: string } {
  if (found.seeds > 1) {
    const t = Math.abs(found.centre) / found.standardError;
    return { p: 2 * studentTTail(t, found.degrees), test: "t with calibration seeds" };
  }
  const sizes = new Set(parts.flatMap(({ strata }) => strata.map(([values]) => values!.length)));
  const weighted = parts.flatMap(({ strata, weight }) =>
    strata.flatMap(([values]) =>
      values!.map((value) => weight * value / strata.length / values!.length)
    )
  );
  const binary = parts.length === 1 && sizes.size === 1 && isOfBinary(parts[0]!);
  return signFlipTest(weighted, binary);
}

/**
 * Adds Holm's corrections, over each family by itself for each of the three questions, and the verdicts.
 *
 * @param lines The lines with the name of their family and which values are better.
 */
export function inFamilies<Line extends Judgement>(
  lines: readonly { line: Line; family: string; better: "higher" | "lower" }[],
): Line[] {
  const families = new Map<string, number[]>();
  lines.forEach(({ family }, index) => {
    families.set(family, [...families.get(family) ?? [], index]);
  });
  const judged = lines.map(({ line }) => ({ ...line }));
  for (const members of families.values()) {
    for (const name of ["p", "p_equivalence", "p_non_inferiority"] as const) {
      const corrected = holm(members.map((index) => judged[index]![name]));
      members.forEach((index, turn) => {
        judged[index]![`${name}_holm`] = corrected[turn]!;
      });
    }
  }
  lines.forEach(({ better }, index) => {
    const line = judged[index]!;
    line.non_inferior = line.p_non_inferiority_holm === null
      ? null
      : line.p_non_inferiority_holm <= LEVEL;
    line.verdict = verdictOf(line, better);
  });
  return judged;
}

function verdictOf(line: Judgement, better: "higher" | "lower"): Verdict | null {
  if (line.difference === null) return null;
  if (line.p_equivalence_holm !== null && line.p_equivalence_holm <= LEVEL) return "equivalent";
  if (line.p_holm === null || line.p_holm > LEVEL) return "undecided";
  return line.difference > 0 === (better === "higher") ? "better" : "worse";
}
