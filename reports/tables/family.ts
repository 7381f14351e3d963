/**
 * Models of a family by size: accuracy, loss, effective rank and energy, as ACBench's Table 2.
 *
 * @module
 */
import { ALL_CAPABILITIES } from "../../analysis/choice/capability.ts";
import type { Variant } from "../../data/types.ts";
import { absent } from "../failures.ts";
import { bitsOf } from "../variant_kind.ts";
import { fixed, grouped, signed, significant } from "../numbers.ts";
import { firstInOwnWords } from "../own_words.ts";
import type { TableCell } from "../render/table_data.ts";
import {
  checkpointOf,
  isBaseline,
  type Results,
  type SummaryLine,
  summaryOf,
  variantTitle,
} from "../results.ts";
import { intervalNames, modelNames, sampleCounts, seedText } from "../sampling.ts";
import { captureCells } from "../scores.ts";
import { type VariantGroup, variantGroups } from "../variant_groups.ts";
import type { Table } from "./table.ts";

/** The two effective ranks. */
const FORMS = [
  { group: "ERank of the covariance (Wei et al.)", metric: "erank_covariance" },
  { group: "ERank (Eq. 4)", metric: "erank" },
];
const SOURCE = "source=logits";

/** A value with its interval, and the cells that it comes from. */
interface Found {
  mean: number;
  low: number | null;
  high: number | null;
  cells: string[];
}

interface Column {
  group: string;
  header: string;
  cell(group: VariantGroup): TableCell;
}

/** Table of a family; without columns where no capture has effective ranks. */
export const family: Table = {
  name: "family",
  title: "Accuracy, loss, rank and energy by model",
  table(results) {
    const benchmark = capturedBenchmark(results);
    const columns = benchmark === null ? [] : columnsOf(results, benchmark);
    const groups = benchmark === null ? [] : shownGroups(results);
    return {
      name: "family",
      caption: caption(results, benchmark, groups),
      columns: columns.length === 0 ? [] : [
        { header: "Model", group: "", align: "left" },
        ...columns.map(({ group, header }) => ({ group, header, align: "right" as const })),
      ],
      rows: groups.map((group) => [
        {
          kind: "text" as const,
          text: group.kind === "base" ? group.model : variantTitle(results, group),
          ...(group.variants.length > 1
            ? {
              note:
                `mean over ${group.variants.length} calibration seeds; logits without an interval`,
            }
            : {}),
        },
        ...columns.map(({ cell }) => cell(group)),
      ]),
      rules: groups.flatMap(({ model }, index) =>
        index > 0 && groups[index - 1]!.model !== model ? [index] : []
      ),
    };
  },
};

/** The first benchmark on which effective ranks of logits were measured, one in the model's own words if there is one. */
function capturedBenchmark(results: Results): string | null {
  const ranked = results.summary.filter(({ metric, parameter }) =>
    metric === "erank" && parameter === SOURCE
  );
  return firstInOwnWords(results, ranked.map(({ benchmark }) => benchmark)) ?? null;
}

/** Each model's baseline, and its variants of 4-bit weights. */
function shownGroups(results: Results): VariantGroup[] {
  return variantGroups(results).filter(({ kind, variants }) =>
    isBaseline(results, variants[0]!) || kind === "quantized" && bitsOf(variants[0]!) === 4
  );
}

function columnsOf(results: Results, benchmark: string): Column[] {
  const column = (
    group: string,
    header: string,
    find: (variants: Variant[]) => Found | undefined,
    write: (value: number) => string,
  ): Column => ({
    group,
    header,
    cell({ variants }) {
      const found = find(variants);
      const cells = variants.flatMap(({ id }) => captureCells(results, id, benchmark));
      return found
        ? valueCell(found, write)
        : absent(results, cells, `the capture of ${benchmark}`);
    },
  });
  const measured = (metric: string, parameter: string | null) => (variants: Variant[]) =>
    foundIn(results, variants, { benchmark, metric, parameter });
  const size: Column = {
    group: "",
    header: "Parameters",
    cell({ variants }) {
      const made = checkpointOf(results, variants[0]!.id);
      return made
        ? { kind: "value", lines: [grouped(made.facts.parameters)], cells: [made.cell.id] }
        : { kind: "missing", why: "the checkpoint was not made" };
    },
  };
  const accuracy: Column = {
    group: "",
    header: "Accuracy",
    cell({ variants }) {
      const ids = variants.map(({ id }) => id);
      const cells = results.plan.cells.filter(({ kind, variant }) =>
        kind === "evaluate" && ids.includes(variant)
      );
      const line = results.capabilities.find((one) =>
        one.capability === ALL_CAPABILITIES && one.variant === idOf(ids)
      );
      if (!line || line.mean === null) return absent(results, cells, "one of the benchmarks");
      const { mean, score_low: low, score_high: high } = line;
      const done = cells.map(({ id }) => id)
        .filter((id) => results.records.get(id)?.status === "done");
      return valueCell({ mean, low, high, cells: done }, three);
    },
  };
  return [
    size,
    accuracy,
    column("", "Loss (nats)", measured("negative_log_likelihood", null), four),
    ...FORMS.flatMap(({ group, metric }) => [
      column(group, "ERank", measured(metric, SOURCE), three),
      ...differenceColumns(results, benchmark, group, metric),
    ]),
    column("", "Energy (nats)", measured("energy", "T=1"), (value) => fixed(value, 2)),
  ];
}

/** Diff-ERank as it is read: (a) and (b) of what is compressed, (c) of what is not. */
function differenceColumns(
  results: Results,
  benchmark: string,
  group: string,
  metric: string,
): Column[] {
  const parameter = `reading=compressed-minus-baseline,of=${metric},${SOURCE}`;
  const ofCompressed = (header: string, sign: 1 | -1): Column => ({
    group,
    header,
    cell({ variants }) {
      if (isBaseline(results, variants[0]!)) {
        return { kind: "missing", why: "(a) and (b) compare a compressed model with this one" };
      }
      const found = foundIn(results, variants, { benchmark, metric: "diff_erank", parameter });
      const cells = variants.flatMap(({ id }) => captureCells(results, id, benchmark));
      if (!found) return absent(results, cells, `the capture of ${benchmark}`);
      return valueCell(sign === 1 ? found : negated(found), plus);
    },
  });
  const ofTrained: Column = {
    group,
    header: "(c)",
    cell({ model, variants }) {
      if (!isBaseline(results, variants[0]!)) {
        return { kind: "missing", why: "(c) is of the uncompressed model" };
      }
      const twin = results.plan.variants.find((one) =>
        one.model === model && one.method === "untrained"
      );
      if (!twin) return { kind: "missing", why: "(c) needs the method untrained" };
      const at = { variant: twin.id, benchmark, subtask: "all", metric, parameter: SOURCE };
      const line = summaryOf(results, at);
      const cells = [twin, variants[0]!].flatMap(({ id }) => captureCells(results, id, benchmark));
      if (!line || line.difference === null) return absent(results, cells, "the untrained twin");
      return valueCell({
        mean: line.difference,
        low: line.difference_low,
        high: line.difference_high,
        cells: cells.map(({ id }) => id),
      }, plus);
    },
  };
  return [ofCompressed("(a)", 1), ofCompressed("(b)", -1), ofTrained];
}

/** Id of a method in the capabilities log: of several draws, without the ending that names the seed. */
function idOf(ids: string[]): string {
  return ids.length === 1 ? ids[0]! : ids[0]!.replace(/-c\d+$/, "");
}

const three = (value: number) => fixed(value, 3);
const four = (value: number) => significant(value, 4);
const plus = (value: number) => signed(value, 3);

/** The summary's value; of several calibration seeds their mean, without an interval. */
function foundIn(
  results: Results,
  variants: Variant[],
  at: Pick<SummaryLine, "benchmark" | "metric" | "parameter">,
): Found | undefined {
  const lines = variants.flatMap(({ id }) =>
    summaryOf(results, { ...at, variant: id, subtask: "all" }) ?? []
  ).filter(({ mean }) => mean !== null);
  if (lines.length === 0) return undefined;
  const cells = variants.flatMap(({ id }) =>
    captureCells(results, id, at.benchmark).map((cell) => cell.id)
  );
  const [line] = lines;
  const mean = lines.reduce((sum, one) => sum + one.mean!, 0) / lines.length;
  return lines.length > 1
    ? { mean, low: null, high: null, cells }
    : { mean, low: line!.low, high: line!.high, cells };
}

function negated({ mean, low, high, cells }: Found): Found {
  return {
    mean: -mean,
    low: high === null ? null : -high,
    high: low === null ? null : -low,
    cells,
  };
}

function valueCell(
  { mean, low, high, cells }: Found,
  write: (value: number) => string,
): TableCell {
  const lines = [write(mean)];
  if (low !== null && high !== null) lines.push(`[${write(low)}, ${write(high)}]`);
  return { kind: "value", lines, cells };
}

function caption(results: Results, benchmark: string | null, groups: VariantGroup[]): string {
  const ids = groups.flatMap(({ variants }) => variants.map(({ id }) => id));
  const lines = results.summary.filter((line) =>
    line.benchmark === benchmark && line.parameter === SOURCE && ids.includes(line.variant) &&
    FORMS.some(({ metric }) => metric === line.metric)
  );
  return `${
    modelNames(results)
  } and what 4-bit weights do to them, as ACBench's Table 2: accuracy ` +
    "(unweighted mean of the capabilities' scores), and on the baseline's answers to " +
    `${
      benchmark ?? "–"
    } the loss a token, the effective rank of the logits and their energy (T = 1; ` +
    `means over samples, ${sampleCounts(lines)}, ${intervalNames(lines)}, ${seedText(results)}). ` +
    "Diff-ERank has three readings: (a) compressed minus original, (b) original minus compressed, " +
    "(c) untrained minus trained, which is how Wei et al. define it.";
}
