/**
 * Scores made for tests of what to choose.
 *
 * @module
 */
import { capabilityLines, type Cost } from "../../../analysis/choice/capabilities.ts";
import { type Method, methodsOf } from "../../../analysis/methods.ts";
import { type ScoredRow, scoreTables } from "../../../analysis/choice/score_tables.ts";
import type { Plan } from "../../../data/logs.ts";
import type { CapabilityLine } from "../../../data/result_schema.ts";
import type { Variant } from "../../../data/types.ts";

/** A plan of one model with these variants, the first its baseline; `-c1` at the end names a calibration seed. */
export function planWith(names: string[]): Plan {
  const variants = names.map((name): Variant => {
    const seed = /-c(\d+)$/.exec(name)?.[1];
    const method = name.replace(/-c\d+$/, "");
    return {
      id: `m/${name}`,
      model: "m",
      method,
      title: method.toUpperCase(),
      settings: {},
      calibration: seed === undefined
        ? null
        : { set: "own", samples: 1, maxLength: 1, seed: Number(seed) },
    };
  });
  return {
    experiment: "e",
    description: "",
    baseline: { m: variants[0]!.id },
    variants,
    cells: [],
  };
}

/** Scores of a variant: one a sample. */
export function scored(
  name: string,
  benchmark: string,
  values: (number | null)[],
  { subtask = "all", metric = "score", seed = 0 } = {},
): ScoredRow[] {
  return values.map((value, sample) => ({
    variant: `m/${name}`,
    benchmark,
    subtask,
    metric,
    parameter: null,
    sampleId: `${subtask}-${sample}`,
    seed,
    value,
  }));
}

/** Capability lines of scores, with the stored bytes of each method by its name; no name, no checkpoint. */
export function linesWith(
  names: string[],
  rows: ScoredRow[],
  bytes: Record<string, number>,
  margin = 0.05,
): CapabilityLine[] {
  const costOf = ({ id }: Method): Cost | null => {
    const stored = bytes[id.slice(2)];
    return stored === undefined ? null : { storedBytes: stored, effectiveBits: stored / 10 };
  };
  return capabilityLines(scoreTables(rows), methodsOf(planWith(names)), {}, costOf, margin);
}

/** `count` values of `most`, of which the first `lost` are 0. */
export function values(count: number, lost: number, most = 1): number[] {
  return Array.from({ length: count }, (_, index) => index < lost ? 0 : most);
}
