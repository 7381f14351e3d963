/**
 * Where in an episode the damage sits: metrics of logits in reasoning and in actions.
 *
 * @module
 */
import { fixed, signed, significant, withInterval } from "../../analysis/numbers.ts";
import type { SpanLine } from "../../data/result_schema.ts";
import { countedSeedText, type Draws, drawsOf } from "../draws.ts";
import { absent } from "../failures.ts";
import type { TableCell, TableColumn } from "../render/table_data.ts";
import { type Results, variantTitle } from "../results.ts";
import { modelNames, sampleCounts, unbroken } from "../sampling.ts";
import { captureCells } from "../scores.ts";
import type { Table } from "./table.ts";

/** A metric by span: its group of columns, and which number of a line is shown. */
interface Shown {
  metric: string;
  header: string;
  write(value: number): string;
  /** Differences from the baseline in place of means. */
  paired: boolean;
}

const SHOWN: Shown[] = [
  {
    metric: "kl_divergence",
    header: "KL (nats)",
    write: (value) => significant(value, 3),
    paired: false,
  },
  {
    metric: "top1_agreement",
    header: "Top-1 agreement",
    write: (value) => fixed(value, 3),
    paired: false,
  },
  {
    metric: "negative_log_likelihood",
    header: "Δ loss (nats)",
    write: (value) => signed(value, 3),
    paired: true,
  },
];

const SPANS: Record<SpanLine["parameter"], string> = {
  "span=reason": "[REASON]",
  "span=act": "[ACT]",
  "span=act-reason": "[ACT] − [REASON]",
};

/** Table of damage by span; without columns where no environment was captured. */
export const damageBySpan: Table = {
  name: "damage_by_span",
  title: "Damage by span",
  table(results) {
    const benchmarks = [...new Set(results.spans.map(({ benchmark }) => benchmark))];
    const several = benchmarks.length > 1;
    const columns = benchmarks.flatMap((benchmark) =>
      SHOWN.flatMap((shown) => spansOf(shown).map((parameter) => ({ benchmark, shown, parameter })))
    );
    const head = columns.map(({ benchmark, shown, parameter }): TableColumn => ({
      header: SPANS[parameter],
      group: several ? `${benchmark}: ${shown.header}` : shown.header,
      align: "right",
    }));
    const rows = drawsOf(results).filter(({ id }) =>
      results.spans.some(({ variant, metric }) => variant === id && metric === "kl_divergence")
    );
    return {
      name: "damage_by_span",
      caption:
        `${modelNames(results)} on ${
          benchmarks.join(", ") || "no environment"
        }: logits on the baseline's ` +
        `episodes, at the tokens of its reasoning and of its actions (means over episodes, ${
          sampleCounts(results.spans)
        }, ${countedSeedText(results, rows)}, with ${
          unbroken("95 % t")
        } intervals). [ACT] − [REASON] is paired over episodes; ` +
        "Δ loss is the paired " +
        "difference of the negative log-likelihood from the baseline's.",
      columns: rows.length === 0 ? [] : [
        { header: "Method", group: "", align: "left" },
        ...head,
      ],
      rows: rows.map((draws) => [
        { kind: "text", text: variantTitle(results, draws) },
        ...columns.map(({ benchmark, shown, parameter }) =>
          cellOf(results, draws, benchmark, shown, parameter)
        ),
      ]),
    };
  },
};

/** Differences of differences are left out: the spans of a paired metric stand for themselves. */
function spansOf({ paired }: Shown): SpanLine["parameter"][] {
  return paired ? ["span=reason", "span=act"] : ["span=reason", "span=act", "span=act-reason"];
}

function cellOf(
  results: Results,
  { id, variants }: Draws,
  benchmark: string,
  { metric, write, paired }: Shown,
  parameter: SpanLine["parameter"],
): TableCell {
  const cells = variants.flatMap((variant) => captureCells(results, variant.id, benchmark));
  const line = results.spans.find((line) =>
    line.variant === id && line.benchmark === benchmark && line.metric === metric &&
    line.parameter === parameter
  );
  if (!line) return absent(results, cells, `the capture of ${benchmark}`);
  const [mean, low, high] = paired
    ? [line.difference, line.difference_low, line.difference_high]
    : [line.mean, line.low, line.high];
  if (mean === null) return { kind: "missing", why: "no episode has tokens of the span" };
  const sign = parameter === "span=act-reason" && mean > 0 ? "+" : "";
  const text = withInterval(mean, low, high, write);
  return { kind: "value", lines: [sign + text], cells: cells.map(({ id }) => id) };
}
