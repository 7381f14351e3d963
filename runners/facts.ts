/**
 * What an experiment's files hold, as hashes: all that `plan()` needs to know of the world.
 *
 * @module
 */
import { isAbsolute } from "node:path";
import { fileURLToPath } from "node:url";
import type { Json } from "../data/types.ts";
import type { Benchmark, Sample } from "./benchmarks/benchmark.ts";
import { pickSamples } from "./pick_samples.ts";
import { refuseDuplicates } from "./benchmarks/read_samples.ts";
import { BENCHMARKS } from "./benchmarks/registry.ts";
import { type ElsewhereFacts, elsewhereFacts } from "./elsewhere_facts.ts";
import type { EnvironmentDescription } from "./environment.ts";
import { DEFAULT_EMBEDDER } from "./embedding/embed_texts.ts";
import { type EnvironmentFacts, environmentFacts } from "./environments/environment_facts.ts";
import { ENVIRONMENTS } from "./environments/registry.ts";
import { UserError } from "./errors.ts";
import type { Experiment } from "./experiment/shape.ts";
import { hashFile, hashFolder, hashJson } from "./hash.ts";
import type { ScorerMode } from "./scoring/score_context.ts";
import type { ScoringHooks } from "./scoring_hooks.ts";
import { type Missing, samplesOrStandIns } from "./stand_ins.ts";
import { hubFolder, readTokenizer } from "./tokenizer.ts";

/** The samples that a model is given. */
export interface SampleSet {
  samples: Sample[];
  /** Hash of the samples' prompts and gold answers. */
  hash: string;
}

/** One benchmark, as one experiment asks for it. */
export interface BenchmarkFacts {
  benchmark: Benchmark;
  /** By the model's name: where lengths are counted in tokens, samples differ between models. */
  sets: Record<string, SampleSet>;
  /** Longest answer to a sample that names no length of its own. */
  maxTokens: number;
  mode: ScorerMode;
}

/** A base model. */
export interface ModelFacts {
  /** Hash of its files. */
  hash: string;
  /** Bytes of its weight files; 0 where they are not on this machine. */
  bytes: number;
  parameters: number;
  vocabulary: number;
  hiddenSize: number;
}

/** What scores besides benchmarks. */
export interface ScoringFacts extends ScoringHooks {
  /** Name of the embedder, or hash of its folder. */
  embedderHash: string;
}

/** All of it. */
export interface Facts {
  /** What each model is, by its name. */
  models: Record<string, ModelFacts>;
  /** Path and hash of the calibration texts, by the set's name. */
  calibration: Record<string, { file: string; hash: string }>;
  /** Checkpoints made elsewhere, by the id of the method that names them. */
  elsewhere: Record<string, ElsewhereFacts>;
  benchmarks: Record<string, BenchmarkFacts>;
  /** Those of the experiment's `benchmarks` that are played turn by turn. */
  environments: Record<string, EnvironmentFacts>;
  scoring: ScoringFacts;
  /** Hash of the Python scripts, and versions of the tools that they call. */
  scripts: string;
  environment: EnvironmentDescription;
  /** What a plan that is only looked at assumes in the place of missing files, for the reader. */
  assumptions?: string[];
}

/** Files of a model's folder that decide what it computes. */
const MODEL_FILE = /\.(safetensors|bin|json|jinja|model|py|txt)$/;

/**
 * Reads and hashes all that the experiment names.
 *
 * @param onlyLook What is missing is assumed, and noted, in the place of an error.
 * @throws {UserError} When a file that it names is missing or malformed.
 */
export async function gatherFacts(
  experiment: Experiment,
  environment: EnvironmentDescription,
  onlyLook = false,
): Promise<Facts> {
  const missing: Missing = onlyLook ? [] : null;
  const models: Facts["models"] = {};
  for (const model of experiment.models) models[model.name] = await modelFacts(model);
  noteUnpinned(experiment.models, missing);
  const benchmarks: Facts["benchmarks"] = {};
  const environments: Facts["environments"] = {};
  for (const entry of experiment.benchmarks) {
    if (entry.name in ENVIRONMENTS) environments[entry.name] = await environmentFacts(entry);
    else benchmarks[entry.name] = await benchmarkFacts(entry, experiment.models, missing);
  }
  const calibration: Facts["calibration"] = {};
  for (const set of experiment.calibration.set) {
    const file = calibrationFile(set);
    calibration[set] = { file, hash: await hashExisting(file, "the calibration texts", missing) };
  }
  return {
    models,
    calibration,
    elsewhere: await elsewhereFacts(experiment.methods),
    benchmarks,
    environments,
    scoring: await scoringFacts(experiment.scoring, missing),
    scripts: await hashFolder(
      new URL("./python", import.meta.url).pathname,
      (name) => name.endsWith(".py") && !name.startsWith("train"),
    ),
    environment,
    ...(missing ? { assumptions: missing } : {}),
  };
}

/** Path of a calibration set: one of ours by its name, or a file of the user's. */
export function calibrationFile(set: string): string {
  if (isAbsolute(set)) return set;
  return new URL(`../data/suites/calibration/${set}.jsonl`, import.meta.url).pathname;
}

function noteUnpinned(models: Experiment["models"], missing: Missing): void {
  const unpinned = models.filter(({ hub, revision }) => hub && !revision).map(({ hub }) => hub);
  if (!missing || unpinned.length === 0) return;
  missing.push(`a run needs \`revision\`, the commit on the hub, of ${unpinned.join(", ")}`);
}

async function modelFacts(model: Experiment["models"][number]): Promise<ModelFacts> {
  if (model.path === undefined) {
    const { hub, revision = null, served, size } = model;
    const known = size ?? { parameters: 0, vocabulary: 0, hiddenSize: 0 };
    const hash = hashJson(hub === undefined ? { served: served! } : { hub, revision });
    return { hash, bytes: 2 * known.parameters, ...known };
  }
  let config: Record<string, unknown>;
  try {
    config = JSON.parse(await Deno.readTextFile(`${model.path}/config.json`));
  } catch (cause) {
    throw new UserError(
      `The model "${model.name}": cannot read ${model.path}/config.json (${
        (cause as Error).message
      }); expected a folder in the Hugging Face layout`,
      { cause },
    );
  }
  let bytes = 0;
  for await (const { name } of Deno.readDir(model.path)) {
    if (name.endsWith(".safetensors")) bytes += (await Deno.stat(`${model.path}/${name}`)).size;
  }
  return {
    hash: await hashFolder(model.path, (name) => MODEL_FILE.test(name)),
    bytes,
    // Weights are stored in 16 bits wherever it matters for an estimate.
    parameters: bytes / 2,
    vocabulary: Number(config.vocab_size ?? 0),
    hiddenSize: Number(config.hidden_size ?? 0),
  };
}

async function benchmarkFacts(
  entry: Experiment["benchmarks"][number],
  models: Experiment["models"],
  missing: Missing,
): Promise<BenchmarkFacts> {
  const benchmark = BENCHMARKS[entry.name]!;
  const sets: BenchmarkFacts["sets"] = {};
  if (benchmark.needs.includes("tokenizer")) {
    for (const model of models) {
      sets[model.name] = await sampleSet(benchmark, entry, model, missing);
    }
  } else {
    const set = await sampleSet(benchmark, entry, null, missing);
    for (const { name } of models) sets[name] = set;
  }
  return {
    benchmark,
    sets,
    maxTokens: entry.maxTokens ?? benchmark.maxTokens,
    mode: entry.mode ?? "fixed",
  };
}

async function sampleSet(
  benchmark: Benchmark,
  entry: Experiment["benchmarks"][number],
  model: Experiment["models"][number] | null,
  missing: Missing,
): Promise<SampleSet> {
  const path = entry.data ?? fileURLToPath(benchmark.data!);
  const all = await samplesOrStandIns(
    entry.name,
    entry.samples,
    missing,
    async () =>
      await benchmark.load(path, {
        tokenizer: model && await readTokenizer(
          model.path ?? hubFolder(model.hub!, model.revision ?? "main"),
        ),
        options: entry.options ?? {},
      }),
  );
  refuseDuplicates(path, all.map(({ id }) => id));
  const picked = pickSamples(all, entry.samples);
  const samples = entry.maxTokens === undefined
    ? picked
    : picked.map(({ maxTokens: _, ...sample }) => sample);
  return { samples, hash: hashJson(samples as unknown as Json) };
}

async function scoringFacts(
  { embedder, segmenter }: Experiment["scoring"],
  missing: Missing,
): Promise<ScoringFacts> {
  let embedderHash = embedder;
  if (isAbsolute(embedder)) {
    try {
      embedderHash = await hashFolder(embedder, (name) => MODEL_FILE.test(name));
    } catch (cause) {
      if (missing) missing.push(`scoring.embedder: ${embedder} is not on this machine`);
      else throw new UserError(`scoring.embedder: cannot read the folder ${embedder}`, { cause });
    }
  } else if (embedder !== DEFAULT_EMBEDDER && embedder !== "exact") {
    throw new UserError(
      `scoring.embedder is "${embedder}"; expected ${DEFAULT_EMBEDDER}, exact, or a path with a "/"`,
    );
  }
  return { embedder, embedderHash, segmenter: segmenter ?? null };
}

async function hashExisting(path: string, what: string, missing: Missing): Promise<string> {
  try {
    return await hashFile(path);
  } catch (cause) {
    if (missing) {
      missing.push(`${what}: ${path} is not on this machine`);
      return "missing";
    }
    throw new UserError(`Cannot read ${what}: ${path}: ${(cause as Error).message}`, { cause });
  }
}
