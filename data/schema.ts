/**
 * The columns of every log, in one place. `logs.ts` writes and validates by these; Python writers
 * receive them with their job.
 *
 * @module
 */
import { column, type LogSchema } from "./column.ts";
import { capabilities, comparisons, histograms, results, spans, summary } from "./result_schema.ts";

/** Raised with every change that an older reader would misread. */
export const SCHEMA_VERSION = 1;

/** Raised when sketches get other columns or other numbers: their cells are done anew. */
export const SKETCH_VERSION = 1;

/** Most likely tokens that a sketch keeps of a row: the most that the row kernels give. */
export const SKETCH_K = 64;

/** Temperatures, besides 1, whose energies a sketch has. */
export const SKETCH_TEMPERATURES = [0.5, 0.7, 2, 10] as const;

const sampleId = column("sample_id", "string", "Id of the benchmark's sample.");

/** What a model answered, one row a sample. Null is what an imported result does not say. */
export const completions = {
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
} satisfies LogSchema;

/** What happened in episodes of an environment, in order: a turn's spans, then what it brought about. */
export const steps = {
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
} satisfies LogSchema;

/** What a scorer made of a completion, one row a sample and metric. */
export const scores = {
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
} satisfies LogSchema;

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
export const logits = {
  name: "logits",
  format: "arrow",
  columns: [
    ...tokenColumns,
    column("logits", "vector", "Raw logits in float32, one a vocabulary entry."),
  ],
} satisfies LogSchema;

/**
 * What is kept of a row of logits where the rows themselves are too large: the same bytes a token whatever the vocabulary.
 * The baseline's k is 64, or the vocabulary where that is smaller. The tail of a row is everything but the
 * baseline's k most likely tokens, in a variant's sketch too.
 */
export const logitSketch = {
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
} satisfies LogSchema;

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
export const hiddenStates = {
  name: "hidden_states",
  format: "arrow",
  columns: [...tokenColumns, column("hidden_state", "vector", "Last hidden state in float32.")],
} satisfies LogSchema;

/** Singular values of matrices that are not logged themselves, one row a matrix. */
export const spectra = {
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
} satisfies LogSchema;

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
