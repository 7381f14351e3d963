/**
 * The comparison: what each method keeps of the model's scores, and what it costs to store.
 *
 * @module
 */
import { bytes, fixed, significant, withInterval } from "../../analysis/numbers.ts";
import { ENGINE_WORDS, engineCell, needsEngineWords } from "../engines.ts";
import { absent } from "../failures.ts";
import {
  checkpointOf,
  hasCheckpoints,
  isBaseline,
  orderedVariants,
  type Results,
  summaryOf,
  variantTitle,
} from "../results.ts";
import { captureCells, wholeScores } from "../scores.ts";
import { scoreSources, scoreWords, type Source } from "./score_columns.ts";
import type { Table } from "./table.ts";

/** Metrics of logits beside the scores: header and how a value is written. */
const LOGIT_METRICS: Record<string, { header: string; write: (value: number) => string }> = {
  kl_divergence: { header: "KL (nats)", write: (value) => significant(value, 3) },
  top1_agreement: { header: "Top-1 agreement", write: (value) => fixed(value, 3) },
  perplexity: { header: "Perplexity", write: (value) => significant(value, 4) },
};

/** Table of methods by benchmark. */
export const methodsByBenchmark: Table = {
  name: "methods_by_benchmark",
  title: "Methods by benchmark",
  table(results) {
    const whole = wholeScores(results);
    const sources = [
      ...scoreSources(results, whole),
      ...(hasCheckpoints(results) ? checkpointSources(results) : []),
      ...(needsEngineWords(results) ? [engineSource(results)] : []),
      ...logitSources(results),
    ];
    return {
      name: "methods_by_benchmark",
      caption: caption(results),
      columns: [
        { header: "Method", group: "", align: "left" },
        ...sources.map(({ column }) => column),
      ],
      rows: orderedVariants(results).map((variant) => [
        { kind: "text", text: variantTitle(results, variant) },
        ...sources.map(({ cell }) => cell(variant)),
      ]),
    };
  },
};

function caption(results: Results): string {
  return `${scoreWords(results, wholeScores(results))}${
    hasCheckpoints(results)
      ? " Logits were compared on the baseline's text. Bits per weight count scales and zero points."
      : ""
  }${needsEngineWords(results) ? ` ${ENGINE_WORDS}` : ""}`;
}

function engineSource(results: Results): Source {
  return {
    column: { header: "Engine", group: "", align: "left" },
    cell: (variant) => engineCell(results, variant),
  };
}

function checkpointSources(results: Results): Source[] {
  const source = (
    header: string,
    write: (facts: NonNullable<ReturnType<typeof checkpointOf>>["facts"]) => string,
  ): Source => ({
    column: { header, group: "Checkpoint", align: "right" },
    cell({ id }) {
      const made = checkpointOf(results, id);
      if (made) return { kind: "value", lines: [write(made.facts)], cells: [made.cell.id] };
      const cells = results.plan.cells.filter((cell) =>
        cell.kind === "compress" && cell.variant === id
      );
      return absent(results, cells, "the checkpoint");
    },
  });
  return [
    source("Stored", ({ storedBytes }) => bytes(storedBytes)),
    source("Bits per weight", ({ effectiveBits }) => fixed(effectiveBits, 2)),
    source("Sparsity", ({ sparsity }) => `${fixed(100 * sparsity, 1)} %`),
    source("Execution", ({ execution }) => execution),
  ];
}

function logitSources(results: Results): Source[] {
  const wanted = new Map<string, { benchmark: string; metric: string; parameter: string | null }>();
  for (const { benchmark, subtask, metric, parameter } of results.summary) {
    if (!(metric in LOGIT_METRICS) || subtask !== "all") continue;
    wanted.set(`${benchmark}\n${metric}\n${parameter}`, { benchmark, metric, parameter });
  }
  const order = Object.keys(LOGIT_METRICS);
  const sorted = [...wanted.values()].sort((a, b) =>
    a.benchmark.localeCompare(b.benchmark, "en") ||
    order.indexOf(a.metric) - order.indexOf(b.metric)
  );
  return sorted.map(({ benchmark, metric, parameter }) => ({
    column: {
      header: LOGIT_METRICS[metric]!.header + (parameter === null ? "" : ` (${parameter})`),
      group: `${benchmark} (logits)`,
      align: "right",
    },
    cell(variant) {
      const wantedRow = { variant: variant.id, benchmark, subtask: "all", metric, parameter };
      const row = summaryOf(results, wantedRow);
      const cells = captureCells(results, variant.id, benchmark);
      if (!row || row.mean === null) {
        if (isBaseline(results, variant) && cells.some(({ id }) => results.records.has(id))) {
          return { kind: "missing", why: "the baseline is what the others are compared with" };
        }
        return absent(results, cells, `the capture of ${benchmark}`);
      }
      const line = withInterval(row.mean, row.low, row.high, LOGIT_METRICS[metric]!.write);
      return { kind: "value", lines: [line], cells: cells.map(({ id }) => id) };
    },
  }));
}
