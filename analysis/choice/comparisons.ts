/**
 * Every score of every method against its baseline.
 *
 * @module
 */
import { mean as meanOf } from "simple-statistics";
import type { ComparisonLine } from "../../data/result_schema.ts";
import { compare } from "./compare.ts";
import { inFamilies, judge, notJudged } from "./judge.ts";
import type { Method } from "../methods.ts";
import { type PairedScores, pairedScores, type ScoreTable } from "./score_tables.ts";

/**
 * Compares each method with its model's baseline, in every score and subtask, and over all subtasks of a score. The
 * family of Holm's correction is all methods of a model in one score and subtask.
 *
 * @param margin Largest difference that counts as none, for values between 0 and 1.
 */
export function comparisons(
  tables: ScoreTable[],
  methods: Method[],
  margin: number,
): ComparisonLine[] {
  const found = tables.flatMap((table) =>
    methods.filter(({ baseline }) => !baseline).flatMap((method) => {
      const base = methods.find(({ baseline, model }) => baseline && model === method.model);
      const paired = base === undefined ? null : pairedSubtasks(table, method, base);
      return paired === null
        ? []
        : subtaskGroups(paired).map((subtasks) => comparison(table, method, subtasks, margin));
    })
  );
  return inFamilies(found).sort((a, b) =>
    compare(a.variant, b.variant) || compare(a.benchmark, b.benchmark) ||
    compare(a.subtask, b.subtask) || compare(a.metric, b.metric) ||
    compare(a.parameter, b.parameter)
  );
}

/** Paired values of a method by subtask, as far as baseline or method has it; null where one has no value at all. */
export function pairedSubtasks(
  table: ScoreTable,
  method: Method,
  baseline: Method,
): Map<string, PairedScores> | null {
  const base = table.variants.get(baseline.variants[0]!);
  const own = method.variants.flatMap((id) => table.variants.get(id) ?? []);
  if (base === undefined || own.length === 0) return null;
  const names = new Set([...base.keys(), ...own.flatMap((subtasks) => [...subtasks.keys()])]);
  return new Map(
    [...names].sort(compare).map((name) => [
      name,
      pairedScores(own.map((of) => of.get(name) ?? new Map()), base.get(name) ?? new Map()),
    ]),
  );
}

/** Each subtask by itself, then all of them where there are several and none is called `all`. */
function subtaskGroups(paired: Map<string, PairedScores>): [string, PairedScores[]][] {
  const single = [...paired].map(([name, scores]): [string, PairedScores[]] => [name, [scores]]);
  return paired.size > 1 && !paired.has("all")
    ? [...single, ["all", [...paired.values()]]]
    : single;
}

function comparison(
  table: ScoreTable,
  { id, model }: Method,
  [subtask, strata]: [string, PairedScores[]],
  margin: number,
) {
  const { benchmark, metric, parameter, better, unit, binary } = table;
  const at = { model, variant: id, benchmark, subtask, metric, parameter };
  const empty = strata.find(({ samples }) => samples.length === 0);
  const { line } = empty
    ? { line: notJudged("no sample has a value under both", unit ? margin : null) }
    : judge({
      parts: [{ strata: strata.map(differences), binary, weight: 1 }],
      mean: meanOf(strata.map(({ values }) => meanOf(values.flat()))),
      baselineMean: meanOf(strata.map((scores) => meanOf(scores.baseline))),
      better,
      margin: unit ? margin : null,
    });
  const family = JSON.stringify([model, benchmark, subtask, metric, parameter]);
  return { line: { ...at, ...line }, family, better };
}

/** Differences of a subtask: of each calibration seed those of the samples. */
export function differences({ values, baseline }: PairedScores): number[][] {
  return values.map((own) => own.map((value, sample) => value - baseline[sample]!));
}
