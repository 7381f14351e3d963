/**
 * What each method keeps of each capability and what it costs: the rows behind the Pareto fronts and the sentences.
 *
 * @module
 */
import { mean as meanOf, sum } from "simple-statistics";
import type { CapabilityLine } from "../../data/result_schema.ts";
import { samplesForEquivalence } from "../statistics/equivalence.ts";
import { intervalOf, pairedDifference, type Part } from "../statistics/paired_difference.ts";
import { ALL_CAPABILITIES, CAPABILITIES, capabilityOf } from "./capability.ts";
import { differences, pairedSubtasks } from "./comparisons.ts";
import { inFamilies, judge, notJudged } from "./judge.ts";
import type { Method } from "../methods.ts";
import { frontShares, paretoFront, type SharedPart } from "./pareto.ts";
import { type PairedScores, pairedScores, type ScoreTable } from "./score_tables.ts";

/** What a method's checkpoint costs; null where there is none. */
export interface Cost {
  storedBytes: number;
  effectiveBits: number;
}

/** The table of each benchmark's main score, with what it weighs. */
interface Weighted {
  table: ScoreTable;
  weight: number;
}

/**
 * Judges every method of every model in each capability, and over all of them. A capability's score is the unweighted
 * mean of its benchmarks' main scores, the overall score that of the capabilities' scores. Benchmarks whose scores do
 * not lie between 0 and 1 are left out.
 *
 * @param mainMetrics The score that stands for each benchmark; a benchmark that is not there has its only score.
 * @param costOf Cost of a method.
 */
export function capabilityLines(
  tables: ScoreTable[],
  methods: Method[],
  mainMetrics: Record<string, string>,
  costOf: (method: Method) => Cost | null,
  margin: number,
): CapabilityLine[] {
  const main = mainTables(tables, mainMetrics);
  const models = [...new Set(methods.map(({ model }) => model))];
  return models.flatMap((model) => {
    const own = methods.filter((method) => method.model === model);
    return capabilityGroups(main).flatMap(([capability, weighted]) => {
      const lines = linesOf(capability, weighted, own, costOf, margin);
      return withFronts(lines, weighted, own);
    });
  });
}

/** One table a benchmark: its main score's, as its scorer's first parameter gave it. */
function mainTables(tables: ScoreTable[], mainMetrics: Record<string, string>): ScoreTable[] {
  const benchmarks = [...new Set(tables.map(({ benchmark }) => benchmark))];
  return benchmarks.flatMap((benchmark) => {
    const own = tables.filter((table) => table.benchmark === benchmark && isScore(table));
    const metrics = new Set(own.map(({ metric }) => metric));
    const metric = mainMetrics[benchmark] ?? (metrics.size === 1 ? [...metrics][0] : undefined);
    const found = own.find((table) => table.metric === metric);
    return found === undefined || !found.unit ? [] : [found];
  });
}

/** Scores of completions; the others are metrics of captures. */
function isScore({ better, unit, metric }: ScoreTable): boolean {
  return better === "higher" && unit && metric !== "brier_score";
}

/** The benchmarks of each capability that has any, and of all. */
function capabilityGroups(tables: ScoreTable[]): [string, Weighted[]][] {
  const groups = Object.keys(CAPABILITIES).map((capability): [string, Weighted[]] => {
    const own = tables.filter(({ benchmark }) => capabilityOf(benchmark) === capability);
    return [capability, own.map((table) => ({ table, weight: 1 / own.length }))];
  }).filter(([, own]) => own.length > 0);
  if (groups.length < 2) return groups;
  const all = groups.flatMap(([, own]) =>
    own.map(({ table, weight }) => ({ table, weight: weight / groups.length }))
  );
  return [...groups, [ALL_CAPABILITIES, all]];
}

function linesOf(
  capability: string,
  weighted: Weighted[],
  methods: Method[],
  costOf: (method: Method) => Cost | null,
  margin: number,
): CapabilityLine[] {
  const base = methods.find(({ baseline }) => baseline);
  const lines = methods.flatMap((method) => {
    const cost = costOf(method);
    const at = {
      model: method.model,
      capability,
      variant: method.id,
      title: method.title,
      baseline: method.baseline,
      benchmarks: weighted.map(({ table }) => table.benchmark).join(", "),
      stored_bytes: cost?.storedBytes ?? null,
      effective_bits: cost?.effectiveBits ?? null,
      stored_bytes_front: null,
      stored_bytes_front_share: null,
      effective_bits_front: null,
      effective_bits_front_share: null,
    };
    const line = (of: Omit<CapabilityLine, keyof typeof at>) => [{
      line: { ...at, ...of },
      family: "one",
      better: "higher" as const,
    }];
    if (base === undefined) return [];
    const paired = weighted.map(({ table }) => pairedSubtasks(table, method, base));
    const lacks = weighted.filter((_, index) => !isComplete(paired[index] ?? null));
    const none = { score_low: null, score_high: null, samples_needed: null };
    if (lacks.length === weighted.length && paired.every((found) => found === null)) return [];
    if (lacks.length > 0) {
      const reason = `no scores of ${lacks.map(({ table }) => table.benchmark).join(", ")}`;
      return line({ ...none, ...notJudged(reason, margin) });
    }
    const strata = paired.map((found) => [...found!.values()]);
    const seeds = new Set(strata.flat().map(({ values }) => values.length));
    if (seeds.size > 1) {
      return line({ ...none, ...notJudged("some calibration seeds have no scores", margin) });
    }
    const mean = (of: (scores: PairedScores) => number[]) =>
      sum(
        weighted.map(({ weight }, index) =>
          weight * meanOf(strata[index]!.map((scores) => meanOf(of(scores))))
        ),
      );
    const parts = (of: (scores: PairedScores) => number[][]): Part[] =>
      weighted.map(({ table, weight }, index) => ({
        strata: strata[index]!.map(of),
        binary: table.binary,
        weight,
      }));
    // As differences of 0 and 1 are, scores are between -1 and 1 when they are doubled and 1 is taken off.
    const level = pairedDifference(
      parts(({ values }) => values.map((own) => own.map((value) => 2 * value - 1))),
    );
    const [low, high] = "reason" in level ? [null, null] : intervalOf(level, 0.95, 1);
    const range = {
      score_low: low === null ? null : (low + 1) / 2,
      score_high: high === null ? null : (high + 1) / 2,
    };
    const means = {
      mean: mean(({ values }) => values.flat()),
      baselineMean: mean((scores) => scores.baseline),
    };
    if (method.baseline) {
      const alone = notJudged("the baseline is what the others are compared with", margin);
      const n = strata.flat().reduce((total, { samples }) => total + samples.length, 0);
      return line({
        ...alone,
        ...range,
        ...{ n, calibration_seeds: 1, mean: means.mean, samples_needed: null },
        baseline_mean: means.baselineMean,
      });
    }
    const { line: judged, found } = judge({
      parts: parts(differences),
      ...means,
      better: "higher",
      margin,
    });
    const samplesNeeded = found === null ? null : samplesForEquivalence(found, margin);
    return line({ ...range, ...judged, samples_needed: samplesNeeded });
  });
  return inFamilies(lines);
}

function isComplete(paired: Map<string, PairedScores> | null): boolean {
  return paired !== null && [...paired.values()].every(({ samples }) => samples.length > 0);
}

/** Adds the places on both fronts, over the methods that have a score and a cost. */
function withFronts(
  lines: CapabilityLine[],
  weighted: Weighted[],
  methods: Method[],
): CapabilityLine[] {
  const placed = lines.filter(({ mean, stored_bytes }) => mean !== null && stored_bytes !== null);
  if (placed.length < 2) return lines;
  const own = placed.map(({ variant }) => methods.find(({ id }) => id === variant)!);
  const parts = sharedParts(weighted, own);
  const costs = [
    placed.map(({ stored_bytes }) => stored_bytes!),
    placed.map(({ effective_bits }) => effective_bits!),
  ];
  const scores = placed.map(({ mean }) => mean!);
  const fronts = costs.map((cost) => paretoFront(cost, scores));
  const [byBytes, byBits] = parts === null ? [] : frontShares(parts, costs);
  return lines.map((line) => {
    const index = placed.indexOf(line);
    if (index < 0) return line;
    return {
      ...line,
      stored_bytes_front: fronts[0]![index]!,
      stored_bytes_front_share: byBytes?.[index] ?? null,
      effective_bits_front: fronts[1]![index]!,
      effective_bits_front_share: byBits?.[index] ?? null,
    };
  });
}

/** Scores on the samples that all methods have; null where some subtask has none. */
function sharedParts(weighted: Weighted[], methods: Method[]): SharedPart[] | null {
  const parts = weighted.map(({ table, weight }) => {
    const variants = methods.map(({ variants }) =>
      variants.flatMap((id) => table.variants.get(id) ?? [])
    );
    const first = variants[0]![0]!;
    const strata = [...first.keys()].sort().map((subtask) => {
      const all = variants.flat().map((subtasks) => subtasks.get(subtask) ?? new Map());
      const { values } = pairedScores(all, first.get(subtask)!);
      let next = 0;
      return variants.map((seeds) => seeds.map(() => values[next++]!));
    });
    return { strata, weight };
  });
  const whole = parts.every(({ strata }) => strata.every((methods) => methods[0]![0]!.length > 0));
  return whole ? parts : null;
}
