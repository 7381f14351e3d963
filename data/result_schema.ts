/**
 * The columns of what analysis makes of the logs, and what a row of each is, in one place.
 *
 * @module
 */
import { column, type LogSchema, type RowOf } from "./column.ts";

/** Every metric of every run in long form. */
export const results = {
  name: "results",
  format: "parquet",
  columns: [
    column("cell_id", "string", "Cell whose log the value was measured on."),
    column("variant", "string", "Id of the variant."),
    column("benchmark", "string", "Name of the benchmark; `weights` for those of a checkpoint."),
    column(
      "subtask",
      "string",
      "Part of the benchmark; `all` where the metric does not divide it.",
    ),
    column("metric", "string", "Registry key of the metric, or name of the score."),
    column("parameter", "string", "What else identifies the value, such as `k=3`.", true),
    column("sample_id", "string", "Sample; null where the metric is of the whole run.", true),
    column(
      "position",
      "int32",
      "Index of the predicted token in the continuation; null for whole samples.",
      true,
    ),
    column("seed", "int32", "Sampling seed; null for the weights of a checkpoint.", true),
    column("value", "float64", "The measured value; null with a reason.", true),
    column("reason", "string", "Why the value is null.", true),
  ],
} satisfies LogSchema;

/** A row of it. */
export type ResultLine = RowOf<typeof results>;

/** Results over samples with intervals, and their paired difference from the baseline. */
export const summary = {
  name: "summary",
  format: "parquet",
  columns: [
    column("variant", "string", "Id of the variant."),
    column("benchmark", "string", "Name of the benchmark."),
    column("subtask", "string", "Part of the benchmark; `all` for the whole."),
    column("metric", "string", "Registry key of the metric, or name of the score."),
    column("parameter", "string", "What else identifies the value.", true),
    column("n", "int32", "Samples that entered."),
    column("missing", "int32", "Samples whose value is null."),
    column("mean", "float64", "Mean over samples (of a sample's mean over positions).", true),
    column("low", "float64", "Lower end of the interval of the mean.", true),
    column("high", "float64", "Upper end of the interval of the mean.", true),
    column("interval", "string", "Name of the interval, e.g. `95 % Wilson`.", true),
    column(
      "difference",
      "float64",
      "Mean of the paired differences, variant minus baseline.",
      true,
    ),
    column("difference_low", "float64", "Lower end of the interval of the difference.", true),
    column("difference_high", "float64", "Upper end of the interval of the difference.", true),
    column("difference_interval", "string", "Name of the difference's interval.", true),
  ],
} satisfies LogSchema;

/** A row of it. */
export type SummaryLine = RowOf<typeof summary>;

/** How logits spread at some positions of the answers, one row a cell, quantity and position. */
export const histograms = {
  name: "histograms",
  format: "parquet",
  columns: [
    column("cell_id", "string", "Cell of the capture whose log was counted."),
    column("variant", "string", "Id of the variant."),
    column("benchmark", "string", "Name of the benchmark."),
    column("quantity", "string", "What was counted: `logits`, raw ones over the vocabulary."),
    column("position", "int32", "Index of the predicted token in the continuation."),
    column("n", "int32", "Samples that have the position; every one gives a whole row of logits."),
    column(
      "low",
      "float64",
      "Lower edge of the first bin. All bins are of equal width, the last one includes its upper edge. The edges are " +
        "the same for all positions of a baseline and its variants.",
    ),
    column("high", "float64", "Upper edge of the last bin."),
    column("counts", "float64[]", "Logits in each bin."),
    column("below", "float64", "Finite logits below `low`."),
    column("above", "float64", "Finite logits above `high`."),
    column("not_finite", "float64", "Logits that are NaN or infinite; in no other count."),
  ],
} satisfies LogSchema;

/** A row of it. */
export type HistogramLine = RowOf<typeof histograms>;

/** What a comparison with the baseline says, whatever it compares. */
const judgement = [
  column("n", "int32", "Samples that have a value under the method and its baseline."),
  column(
    "calibration_seeds",
    "int32",
    "Variants that differ in nothing but the calibration's seed, and are one method.",
  ),
  column("mean", "float64", "Mean of the method over these samples.", true),
  column("baseline_mean", "float64", "Mean of the baseline over the same samples.", true),
  column("difference", "float64", "Mean of the paired differences, method minus baseline.", true),
  column(
    "standard_error",
    "float64",
    "Standard error of the difference, from samples and calibration seeds.",
    true,
  ),
  column("low", "float64", "Lower end of the 95 % interval of the difference.", true),
  column("high", "float64", "Upper end of the 95 % interval of the difference.", true),
  column("interval", "string", "Name of the 95 % interval.", true),
  column("p", "float64", "p of the test of no difference.", true),
  column("p_holm", "float64", "The same after Holm's correction over the family.", true),
  column("test", "string", "Name of the test of no difference.", true),
  column("margin", "float64", "Largest difference that counts as none; null without one.", true),
  column("low_90", "float64", "Lower end of the 90 % interval of the difference.", true),
  column("high_90", "float64", "Upper end of the 90 % interval of the difference.", true),
  column(
    "p_equivalence",
    "float64",
    "p of the two one-sided tests: a difference of the margin or more is ruled out.",
    true,
  ),
  column("p_equivalence_holm", "float64", "The same after Holm's correction.", true),
  column(
    "p_non_inferiority",
    "float64",
    "p of the one-sided test: being worse by the margin or more is ruled out.",
    true,
  ),
  column("p_non_inferiority_holm", "float64", "The same after Holm's correction.", true),
  column("non_inferior", "boolean", "True where that is at most 0.05.", true),
  column(
    "verdict",
    "string",
    "`equivalent`, `better`, `worse` or `undecided`, at 0.05 after Holm's correction.",
    true,
  ),
  column("reason", "string", "Why values are null.", true),
];

/** Whether a method may stand in for its baseline. */
export type Verdict = "equivalent" | "better" | "worse" | "undecided";

/** What a comparison says, as its columns are named. */
export type Judgement = RowOf<{ columns: typeof judgement }> & { verdict: Verdict | null };

/** Every score of every method against its baseline, with tests. */
export const comparisons = {
  name: "comparisons",
  format: "parquet",
  columns: [
    column("model", "string", "Name of the model: with the score it makes the family of tests."),
    column("variant", "string", "Id of the variant; of several seeds, without the seed."),
    column("benchmark", "string", "Name of the benchmark."),
    column("subtask", "string", "Part of the benchmark; `all` for the whole."),
    column("metric", "string", "Name of the score, or registry key of the metric."),
    column("parameter", "string", "What else identifies the value.", true),
    ...judgement,
  ],
} satisfies LogSchema;

/** A row of it: one score of one method. */
export type ComparisonLine = RowOf<typeof comparisons> & Pick<Judgement, "verdict">;

const front = <Cost extends string>(cost: Cost, words: string) => [
  column(
    `${cost}_front`,
    "boolean",
    `Whether no other method of the model has both a higher score and fewer ${words}.`,
    true,
  ),
  column(
    `${cost}_front_share`,
    "float64",
    "Share of resamples of the benchmark in which that holds.",
    true,
  ),
];

/** What each method, the baseline among them, keeps of each capability, and what it costs. */
export const capabilities = {
  name: "capabilities",
  format: "parquet",
  columns: [
    column("model", "string", "Name of the model."),
    column(
      "capability",
      "string",
      "`tool_use`, `workflow`, `long_context`, `real_world`, `other`; `all` is the mean of these.",
    ),
    column("variant", "string", "Id of the variant; of several seeds, without the seed."),
    column("title", "string", "What figures and tables call it."),
    column("baseline", "boolean", "Whether it is the model's baseline."),
    column("benchmarks", "string", "Names of the benchmarks, with commas."),
    column("stored_bytes", "float64", "Bytes of the weight files.", true),
    column("effective_bits", "float64", "Bits per weight of the compressed layers.", true),
    column("score_low", "float64", "Lower end of the 95 % interval of the mean.", true),
    column("score_high", "float64", "Upper end of the 95 % interval of the mean.", true),
    ...judgement,
    column(
      "samples_needed",
      "float64",
      "Samples that would show equivalence, were there none but chance differences; infinite where " +
        "the calibration seeds alone leave too much doubt.",
      true,
    ),
    ...front("stored_bytes", "stored bytes"),
    ...front("effective_bits", "bits per weight"),
  ],
} satisfies LogSchema;

/** A row of it: what one method keeps of one capability. */
export type CapabilityLine = RowOf<typeof capabilities> & Pick<Judgement, "verdict">;

/** Metrics of captures on environments, by what the model wrote there: its reasoning and its actions. */
export const spans = {
  name: "spans",
  format: "parquet",
  columns: [
    column("variant", "string", "Id of the variant; of several seeds, without the seed."),
    column("benchmark", "string", "Name of the environment."),
    column("metric", "string", "Registry key of the metric."),
    column(
      "parameter",
      "string",
      "`span=reason`, `span=act`, or `span=act-reason`: the difference of the two in the same episode.",
    ),
    column("n", "int32", "Episodes that entered: those that were measured under every seed."),
    column(
      "calibration_seeds",
      "int32",
      "Variants that differ in nothing but the calibration's seed, and are one method.",
    ),
    column("tokens", "int32", "Tokens that entered; under every seed those of that seed."),
    column(
      "mean",
      "float64",
      "Mean over episodes of their means over the span's tokens, over seeds first.",
      true,
    ),
    column("low", "float64", "Lower end of the interval of the mean.", true),
    column("high", "float64", "Upper end of the interval of the mean.", true),
    column("interval", "string", "Name of the interval.", true),
    column(
      "difference",
      "float64",
      "Mean of the paired differences from the baseline; null where the metric compares already.",
      true,
    ),
    column("difference_low", "float64", "Lower end of the interval of the difference.", true),
    column("difference_high", "float64", "Upper end of the interval of the difference.", true),
    column("difference_interval", "string", "Name of the difference's interval.", true),
  ],
} satisfies LogSchema;

/** A row of it. */
export type SpanLine = RowOf<typeof spans> & {
  parameter: "span=reason" | "span=act" | "span=act-reason";
};
