/**
 * What experiment files may hold.
 *
 * @module
 */
import { z } from "zod";
import type { JsonObject } from "../../data/types.ts";
import { BENCHMARKS } from "../benchmarks/registry.ts";
import { DEFAULT_EMBEDDER } from "../embedding/embed_texts.ts";
import { engineOptions } from "../engines/options.ts";
import { ENVIRONMENTS } from "../environments/registry.ts";
import { LOGITS_TIERS, NOISE_FLOORS, SCRIPT_ENGINES } from "../jobs.ts";
import { METHODS } from "../methods/registry.ts";
import type { ScorerMode } from "../scoring/score_context.ts";

const names = z.string().regex(
  /^[a-z0-9][a-z0-9._-]*$/,
  "expected lower-case letters, digits, '.', '_' and '-', starting with a letter or digit",
);
const count = z.number().int().positive();
const seeds = z.array(z.number().int().nonnegative()).min(1);

/** A value, or a list of values to try one by one; a list either way once read. */
function oneOrMore<T extends z.ZodType>(value: T) {
  return z.union([value, z.array(value).min(1)])
    .transform((given) => (Array.isArray(given) ? given : [given]) as z.output<T>[]);
}

const unpinnedModel = z.strictObject({
  name: names.describe("What results call the model."),
  path: z.string().optional().describe("Folder of the model, relative to this file."),
  hub: z.string().regex(/^[\w.-]+\/[\w.-]+$/, "expected owner/name").optional()
    .describe("Name on a model hub, instead of a folder."),
  revision: z.string().optional().describe("Commit of the hub's model; needed with `hub`."),
  trustRemoteCode: z.boolean().default(false)
    .describe("Runs Python code that comes with the model. Only for models that you trust."),
  size: z.strictObject({ parameters: count, vocabulary: count, hiddenSize: count }).optional()
    .describe("What a plan reckons with while the hub's model is not on this machine."),
  served: z.string().min(1).optional()
    .describe(
      "Its name at the endpoint; no folder is needed, unless prompts are counted in tokens.",
    ),
}).refine(
  ({ hub, path, served }) =>
    (path === undefined) !== (hub === undefined) || (path === undefined && served !== undefined),
  {
    message: "expected one of `path` (a folder), `hub` (owner/name) and `served` (at an endpoint)",
  },
);
const model = unpinnedModel.refine(
  (value) => value.hub === undefined || value.revision !== undefined,
  {
    message: "`hub` needs `revision`: without a commit the run could not be repeated",
  },
);

type Option = z.ZodObject<{ name: z.ZodLiteral<string> }>;
const execution = z.enum(["auto", "simulated"]).optional().describe(
  "simulated: weights are expanded although the engine has a kernel, to compare the two.",
);
const ofModels = z.array(names).min(1).optional().describe(
  "Only for these models; left out: for all.",
);
const ownSeeds = seeds.optional().describe(
  "Calibration seeds of this method; left out: those of the experiment.",
);
const ownEngine = z.enum(SCRIPT_ENGINES).optional().describe(
  "Another engine for this variant alone; tables and the variant's name say so.",
);
const methodOptions = Object.values(METHODS)
  .map((method) =>
    (method.settings as z.ZodObject).safeExtend({
      name: z.literal(method.name),
      models: ofModels,
      seeds: ownSeeds,
      ...(method.name === "served" ? {} : { engine: ownEngine }),
      ...(method.quantizes ? { execution } : {}),
    })
  )
  .map((option) => option as unknown as Option);
const method = z.discriminatedUnion("name", methodOptions as [Option, ...Option[]]);

/** Those that a model answers at once; their recorded episodes are only scored. */
const answered = Object.values(BENCHMARKS).filter(({ episodes }) => episodes !== true);
const benchmarkName = z.enum(
  [...answered.map(({ name }) => name), ...Object.keys(ENVIRONMENTS)] as [string, ...string[]],
);

const common = {
  samples: count.optional().describe("Only so many samples, spread evenly over the subtasks."),
  data: z.string().optional().describe("The benchmark's file or folder, relative to this file."),
  maxTokens: count.optional().describe(
    "Longest answer to any sample (of an environment: longest turn), in tokens.",
  ),
};
const scorerMode = z.enum(["fixed", "upstream"]).default("fixed").describe(
  "Score what the benchmark means to measure, or exactly as its published code does.",
);

/** An entry's keys; which there are depends on the benchmark. */
interface BenchmarkEntry {
  name: string;
  samples?: number | undefined;
  data?: string | undefined;
  maxTokens?: number | undefined;
  mode?: ScorerMode | undefined;
  options?: JsonObject | undefined;
}

const benchmarkEntries = answered.map(({ name, options, upstream }) =>
  z.strictObject({
    name: z.literal(name),
    ...common,
    ...(upstream === null ? {} : { mode: scorerMode }),
    ...(options === undefined ? {} : { options: options.optional() }),
  })
);
const environmentEntries = Object.keys(ENVIRONMENTS).map((name) =>
  z.strictObject({ name: z.literal(name), ...common })
);
const benchmark = z.discriminatedUnion(
  "name",
  [...benchmarkEntries, ...environmentEntries] as unknown as [Option, ...Option[]],
) as unknown as z.ZodType<BenchmarkEntry>;

/** An experiment file. */
export const experimentShape = z.strictObject({
  $schema: z.string().optional(),
  name: names.describe("Name of the experiment, and of its folder of results."),
  description: z.string().default("").describe("What the experiment is for; shown in its report."),
  models: z.array(model).min(1),
  methods: z.array(method).min(1)
    .describe("Compression methods with their settings; the baseline is always there."),
  calibration: z.strictObject({
    set: oneOrMore(z.string()).default(["agentic"])
      .describe("A file in data/suites/calibration by its name, or the path of a JSONL file."),
    samples: oneOrMore(count).default([128]),
    maxLength: oneOrMore(count).default([512]).describe("Longest text, in tokens."),
    seeds: seeds.default([0]).describe("Each picks other texts of the set."),
  }).prefault({}).describe(
    "Texts that methods measure activations on. Of lists, every combination is a variant.",
  ),
  benchmarks: z.array(benchmark).min(1),
  scoring: z.strictObject({
    embedder: z.string().default(DEFAULT_EMBEDDER).describe(
      `What compares sentences: ${DEFAULT_EMBEDDER}, the folder of a sentence-transformers model ` +
        "relative to this file, or exact (1 for equal texts, 0 for others).",
    ),
    segmenter: z.string().optional().describe(
      "A Python that has jieba 0.42.1, for LongBench's Chinese sets; without it these have no score.",
    ),
  }).prefault({}),
  captures: z.array(z.strictObject({
    benchmark: benchmarkName,
    samples: count.default(16).describe("So many samples, at even distances."),
    promptPositions: z.boolean().default(false).describe("Log the prompt's positions too."),
    hiddenStates: z.boolean().default(true),
    logits: z.enum(LOGITS_TIERS).default("full").describe(
      "full: every logit. sketch: less than 1 KB a token whatever the vocabulary, which gives all but the ranks and spectra of " +
        "logits, divergences within bounds. both: one beside the other. The dry run tells the size of either.",
    ),
    noiseFloor: z.array(z.enum(NOISE_FLOORS)).default([]).describe(
      "Capture the baseline again: by transformers in place of vLLM, one-by-one in place of batches, or in " +
        "bfloat16. A difference no larger than the one between the two means nothing.",
    ),
  })).default([]).describe("Logits of every variant, teacher-forced on the baseline's answers."),
  seeds: seeds.default([0]).describe("Sampling seeds."),
  temperature: z.number().min(0).default(0),
  engine: z.strictObject({
    name: z.enum([...SCRIPT_ENGINES, "endpoint"]).default("vllm").describe(
      "vllm or transformers on this machine, or an OpenAI-compatible endpoint elsewhere.",
    ),
    dtype: z.enum(["float32", "bfloat16", "float16", "auto"]).default("float32"),
    maxModelLength: count.default(1024),
    threads: count.default(2),
    options: engineOptions,
    fallback: z.enum(["none", "transformers"]).default("none").describe(
      "What does the variants that vLLM does not load; records and tables say so.",
    ),
    url: z.string().regex(
      /^https?:\/\/[^@\s]+$/,
      "expected http://… or https://…, without a password",
    ).optional().describe("Endpoint: the address before /chat/completions, such as …/v1."),
    model: z.string().min(1).optional()
      .describe("Endpoint: the baseline's name there; left out: the model's name here."),
    api: z.enum(["auto", "chat"]).optional().describe(
      "Endpoint: auto sends chats to chat/completions and raw prompts to completions, chat sends all as chats.",
    ),
    apiKeyVariable: z.string().regex(
      /^[A-Za-z_]\w*$/,
      "expected the name of an environment variable",
    )
      .optional().describe("Endpoint: the environment variable that holds the key."),
    concurrency: count.max(256).optional().describe("Endpoint: requests at the same time; 8."),
    retries: z.number().int().min(0).max(20).optional().describe(
      "Endpoint: how often a request is tried again (busy, failing or silent server); 6.",
    ),
    timeoutSeconds: count.optional().describe("Endpoint: longest time for one answer; 120."),
  }).prefault({}),
  limits: z.strictObject({
    compressSeconds: count.default(1800),
    evaluateSeconds: count.default(1800),
  }).prefault({}).describe("A cell that takes longer is ended and recorded as failed."),
});

/** A plan that is only looked at may name a hub's model without its commit. */
export const unpinnedShape = experimentShape.extend({ models: z.array(unpinnedModel).min(1) });

/** An experiment, defaults filled in and paths made absolute. */
export type Experiment = z.output<typeof experimentShape>;

/** JSON Schema of experiment files, for editors. */
export function experimentJsonSchema(): unknown {
  return z.toJSONSchema(experimentShape, { io: "input" });
}
