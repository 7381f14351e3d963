/**
 * Models of a family by size: accuracy, loss, effective rank and energy, as ACBench's Table 2.
 *
 * @module
 */
import { ALL_CAPABILITIES } from "../../analysis/choice/capability.ts";
import { fixed, grouped, signed, significant } from "../../analysis/numbers.ts";
import { countedSeedText } from "../draws.ts";
import { drawsEstimate, type MetricAt } from "../draws_estimate.ts";
import { absent } from "../failures.ts";
import { bitsOf } from "../variant_kind.ts";
import { firstCaptured } from "../first_captured.ts";
import type { TableCell } from "../render/table_data.ts";
import { checkpointOf, type Results, summaryOf, variantTitle } from "../results.ts";
import { intervalNames, modelNames, sampleCounts } from "../sampling.ts";
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
              note: `mean over ${group.variants.length} calibration seeds`,
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

/** The first capture of the experiment on which effective ranks of logits were measured. */
function capturedBenchmark(results: Results): string | null {
  const ranked = results.summary.filter(({ metric, parameter }) =>
    metric === "erank" && parameter === SOURCE
  );
  return firstCaptured(results, ranked.map(({ benchmark }) => benchmark)) ?? null;
}

/** Each model's baseline, and its variants of 4-bit weights. */
function shownGroups(results: Results): VariantGroup[] {
  return variantGroups(results).filter(({ role, kind, variants }) =>
    role === "baseline" || kind === "quantized" && bitsOf(variants[0]!) === 4
  );
}

function columnsOf(results: Results, benchmark: string): Column[] {
  const column = (
    group: string,
    header: string,
    metric: string,
    parameter: string | null,
    write: (value: number) => string,
  ): Column => ({
    group,
    header,
    cell: (draws) => measuredCell(results, draws, { benchmark, metric, parameter }, write),
  });
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
    cell({ id, variants }) {
      const cells = results.plan.cells.filter(({ kind, variant }) =>
        kind === "evaluate" && variants.some((one) => one.id === variant)
      );
      const line = results.capabilities.find((one) =>
        one.capability === ALL_CAPABILITIES && one.variant === id
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
    column("", "Loss (nats)", "negative_log_likelihood", null, four),
    ...FORMS.flatMap(({ group, metric }) => [
      column(group, "ERank", metric, SOURCE, three),
      ...differenceColumns(results, benchmark, group, metric),
    ]),
    column("", "Energy (nats)", "energy", "T=1", (value) => fixed(value, 2)),
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
    cell: (draws) =>
      draws.role === "baseline"
        ? { kind: "missing", why: "(a) and (b) compare a compressed model with this one" }
        : measuredCell(results, draws, { benchmark, metric: "diff_erank", parameter }, plus, sign),
  });
  const ofTrained: Column = {
    group,
    header: "(c)",
    cell({ model, role, variants }) {
      if (role !== "baseline") {
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

const three = (value: number) => fixed(value, 3);
const four = (value: number) => significant(value, 4);
const plus = (value: number) => signed(value, 3);

/** A metric of the capture. */
function measuredCell(
  results: Results,
  draws: VariantGroup,
  at: MetricAt,
  write: (value: number) => string,
  sign: 1 | -1 = 1,
): TableCell {
  const cells = draws.variants.flatMap(({ id }) => captureCells(results, id, at.benchmark));
  const found = drawsEstimate(results, draws, at);
  if (!found || found.mean === null) {
    return absent(results, cells, `the capture of ${at.benchmark}`);
  }
  const { mean, low, high } = found;
  const value = { mean, low, high, cells: cells.map(({ id }) => id) };
  return valueCell(sign === 1 ? value : negated(value), write);
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
    `means over samples, ${sampleCounts(lines)}, ${intervalNames(lines)}, ${
      countedSeedText(results, groups)
    }). ` +
    "Diff-ERank has three readings: (a) compressed minus original, (b) original minus compressed, " +
    "(c) untrained minus trained, which is how Wei et al. define it.";
}
