/**
 * The columns of every log, in one place. `logs.ts` writes and validates by these; Python writers
 * receive them with their job.
 *
 * @module
 */

/** Raised with every change that an older reader would misread. */
export const SCHEMA_VERSION = 1;

/** Raised when sketches get other columns or other numbers: their cells are done anew. */
export const SKETCH_VERSION = 1;

/** Most likely tokens that a sketch keeps of a row: the most that the row kernels give. */
export const SKETCH_K = 64;

/** Temperatures, besides 1, whose energies a sketch has. */
export const SKETCH_TEMPERATURES = [0.5, 0.7, 2, 10] as const;

/** `vector` is a fixed-size list of float32, `ids` one of int32, one width for the whole file. */
export type ColumnType =
  | "string"
  | "int32"
  | "float32"
  | "float64"
  | "boolean"
  | "int32[]"
  | "float64[]"
  | "vector"
  | "ids";

/** One column of a log. */
export interface Column {
  name: string;
  type: ColumnType;
  nullable: boolean;
  /** What it holds, with its unit. */
  doc: string;
}

/** A log: rows go to Parquet, vectors (a row of logits a token) to an Arrow IPC file. */
export interface LogSchema {
  name: string;
  format: "parquet" | "arrow";
  columns: Column[];
}

function column(name: string, type: ColumnType, doc: string, nullable = false): Column {
  return { name, type, nullable, doc };
}

const sampleId = column("sample_id", "string", "Id of the benchmark's sample.");

/** What a model answered, one row a sample. Null is what an imported result does not say. */
export const completions: LogSchema = {
  name: "completions",
  format: "parquet",
  columns: [
    sampleId,
    column("prompt", "string", "The prompt after the chat template.", true),
    column("prompt_token_ids", "int32[]", "Token ids of the prompt.", true),
    column(
      "completion",
      "string",
      "The generated text, special tokens removed; of an episode, all that follows its first prompt, as templated.",
      true,
    ),
    column(
      "completion_token_ids",
      "int32[]",
      "Token ids of the completion, end token included.",
      true,
    ),
    column(
      "finish_reason",
      "string",
      "`stop` or `length`; of an episode `done`, `max_steps` or `context` (no room for another turn); " +
        "of an imported result also another tool's own word.",
      true,
    ),
    column("gold", "string", "What a right answer is, as JSON in the scorer's terms.", true),
    column("seconds", "float64", "Seconds from first scheduling to the last token.", true),
  ],
};

/** What happened in episodes of an environment, in order: a turn's spans, then what it brought about. */
export const steps: LogSchema = {
  name: "steps",
  format: "parquet",
  columns: [
    sampleId,
    column("step", "int32", "Number of the turn; 0 is the first."),
    column(
      "span",
      "string",
      "`reason` (none or several a step), `act` or `observation` (one each a step).",
    ),
    column("text", "string", "The span's text, its marker left out; empty where there is none."),
    column(
      "valid",
      "boolean",
      "Whether the environment knew the action; null but for `act`.",
      true,
    ),
    column("progress", "float64", "How much is done, 0 to 1; null but for `observation`.", true),
    column(
      "finish_reason",
      "string",
      "How the turn ended, `stop` or `length`; null but for `act`.",
      true,
    ),
    column(
      "position",
      "int32",
      "Position of the span's first token as in the logs of logits: 0 is the first after the episode's first prompt. " +
        "Null for an observation, and where the span is not in the model's text or its tokens not in the last prompt.",
      true,
    ),
    column(
      "token_count",
      "int32",
      "Tokens that hold a part of the span; null where position is.",
      true,
    ),
  ],
};

/** What a scorer made of a completion, one row a sample and metric. */
export const scores: LogSchema = {
  name: "scores",
  format: "parquet",
  columns: [
    sampleId,
    column("subtask", "string", "Part of the benchmark that the sample belongs to."),
    column("metric", "string", "Name of the score."),
    column("value", "float64", "The score; null when it could not be made.", true),
    column("reason", "string", "Why the value is null.", true),
    column("scorer", "string", "Name and version of the scorer."),
    column("scorer_mode", "string", "`upstream` or `fixed`."),
  ],
};

const tokenColumns = [
  sampleId,
  column(
    "token_index",
    "int32",
    "Index in prompt + continuation of the token that the row predicts.",
  ),
  column(
    "position",
    "int32",
    "token_index minus the prompt's length: 0 is the first answered token, negative lies in the prompt.",
  ),
  column("token_id", "int32", "The token that stands there."),
];

/** Raw logits (before temperature, mask and softmax) over the whole vocabulary, one row a token. */
export const logits: LogSchema = {
  name: "logits",
  format: "arrow",
  columns: [
    ...tokenColumns,
    column("logits", "vector", "Raw logits in float32, one a vocabulary entry."),
  ],
};

/**
 * What is kept of a row of logits where the rows themselves are too large: the same bytes a token whatever the vocabulary.
 * The baseline's k is 64, or the vocabulary where that is smaller. The tail of a row is everything but the
 * baseline's k most likely tokens, in a variant's sketch too.
 */
export const logitSketch: LogSchema = {
  name: "logit_sketch",
  format: "arrow",
  columns: [
    ...tokenColumns,
    column("max_logit", "float32", "The largest logit; NaN where one is."),
    column("log_sum", "float64", "ln sum exp of the logits less the largest, by the row kernel."),
    column("entropy", "float64", "Entropy of the softmax in nats; NaN where there is none."),
    column("mean_logit", "float64", "Mean logit; NaN where the row holds NaN or +Infinity."),
    column("log_sum_float64", "float64", "As log_sum, summed in float64; NaN as in mean_logit."),
    column(
      "squares",
      "float64",
      "Sum of the squared probabilities, in float64; NaN as in mean_logit.",
    ),
    ...SKETCH_TEMPERATURES.map((t) =>
      column(`log_sum_exp_${t}`, "float64", `ln sum exp(x / ${t}) by the kernels.`)
    ),
    column("token_logit", "float32", "Logit of the token that stands there."),
    column("token_rank", "int32", "Its rank, 1 for the largest logit; -1 where the row holds NaN."),
    column("tail_sum", "float64", "Sum of exp(x - max_logit) over the tail."),
    column("tail_weighted", "float64", "Sum of exp(x - max_logit) (x - max_logit) over the tail."),
    column("tail_min", "float32", "Smallest logit of the tail; Infinity where there is no tail."),
    column("tail_max", "float32", "Largest logit of the tail; -Infinity where there is no tail."),
    ...["0.25", "0.5", "1", "2"].map((a) =>
      column(`tail_inverse_${a}`, "float64", `Sum of exp(${a} (tail_min - x)) over the tail.`)
    ),
    column("top_ids", "ids", "The k most likely tokens, equal logits by the lower id; -1 for NaN."),
    column("top_logits", "vector", "Their logits."),
    column("baseline_top_logits", "vector", "Logits of the baseline's k most likely tokens."),
  ],
};

/** Bytes of a sketched token, but for its sample's id. */
export function sketchRowBytes(vocabulary: number): number {
  const k = Math.min(SKETCH_K, vocabulary);
  // Of a text, where it ends.
  const bytes = { string: 4, int32: 4, float32: 4, float64: 8, vector: 4 * k, ids: 4 * k };
  return logitSketch.columns.reduce(
    (sum, { type }) => sum + bytes[type as keyof typeof bytes],
    0,
  );
}

/** The last hidden state (after the final norm) from which the row's logits were made. */
export const hiddenStates: LogSchema = {
  name: "hidden_states",
  format: "arrow",
  columns: [...tokenColumns, column("hidden_state", "vector", "Last hidden state in float32.")],
};

/** Singular values of matrices that are not logged themselves, one row a matrix. */
export const spectra: LogSchema = {
  name: "spectra",
  format: "parquet",
  columns: [
    column("source", "string", "`weight`."),
    column("layer", "string", "Name of the module."),
    column(
      "transform",
      "string",
      "`raw`, or `normalised`: rows centred and scaled to unit length, the spectrum that of ZᵀZ/N.",
    ),
    column("row_count", "int32", "Rows of the matrix."),
    column("column_count", "int32", "Columns of the matrix."),
    column("singular_values", "float64[]", "All singular values, largest first."),
  ],
};

/** Every metric of every run in long form. */
export const results: LogSchema = {
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
};

/** Results over samples with intervals, and their paired difference from the baseline. */
export const summary: LogSchema = {
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
};

/** How logits spread at some positions of the answers, one row a cell, quantity and position. */
export const histograms: LogSchema = {
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
};

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

/** Every score of every method against its baseline, with tests. */
export const comparisons: LogSchema = {
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
};

const front = (cost: string, words: string) => [
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
export const capabilities: LogSchema = {
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
};

/** Metrics of captures on environments, by what the model wrote there: its reasoning and its actions. */
export const spans: LogSchema = {
  name: "spans",
  format: "parquet",
  columns: [
    column("variant", "string", "Id of the variant."),
    column("benchmark", "string", "Name of the environment."),
    column("metric", "string", "Registry key of the metric."),
    column(
      "parameter",
      "string",
      "`span=reason`, `span=act`, or `span=act-reason`: the difference of the two in the same episode.",
    ),
    column("n", "int32", "Episodes that entered."),
    column("tokens", "int32", "Tokens that entered."),
    column("mean", "float64", "Mean over episodes of their means over the span's tokens.", true),
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
};

/** All logs by name. */
export const SCHEMAS: Record<string, LogSchema> = {
  completions,
  steps,
  scores,
  logits,
  logit_sketch: logitSketch,
  hidden_states: hiddenStates,
  spectra,
  results,
  summary,
  histograms,
  comparisons,
  capabilities,
  spans,
};
