/**
 * Samples of NeMo Evaluator (`results.jsonl` of `nel eval run`).
 *
 * One line is one try at a problem. Benchmark, model and version stand in the bundle `eval-<time>-<name>.json`
 * beside it.
 *
 * @module
 */
import { dirname, join } from "node:path";
import { UserError } from "../errors.ts";
import { documentHash } from "./document_hash.ts";
import { field, isObject, type Placed, textOr } from "./fields.ts";
import type { LooseJson } from "./parse_json.ts";
import { readBeside } from "./read_json_file.ts";
import { readLines } from "./read_lines.ts";
import type { ImportedLog, ImportedSample, ImportedScore, ResultFormat } from "./result_format.ts";
import { scoreOf } from "./score_value.ts";

/** Errors of the machine that ran the evaluation, which NeMo Evaluator counts as a reward of 0. */
const NOT_THE_MODELS_FAULT = new Set(["infra_error", "system"]);

/** The per-sample file of NeMo Evaluator. */
export const nemoEvaluator: ResultFormat = {
  name: "nemo_evaluator",
  tool: "nemo-evaluator",
  files: "results.jsonl",
  matches: (_, head) => {
    const text = new TextDecoder().decode(head);
    return /^\s*\{/.test(text) && /"problem_idx"\s*:/.test(text) && /"reward"\s*:/.test(text);
  },
  read,
};

async function read(path: string): Promise<ImportedLog> {
  const samples = new Map<string, ImportedSample>();
  let excused = 0;
  for await (const at of readLines(path)) {
    const sample = sampleOf(at);
    if (sample.error !== null) excused++;
    const key = `${sample.id}\n${sample.repeat}`;
    if (samples.has(key)) {
      throw new UserError(
        `${at.place}, field "problem_idx": problem ${sample.id}, repeat ${sample.repeat} stands twice`,
      );
    }
    samples.set(key, sample);
  }
  const bundle = await bundleBeside(dirname(path));
  const benchmark = bundle?.benchmark;
  const config = bundle?.config;
  return {
    version: bundle && textOr(bundle, "sdk_version"),
    task: isObject(benchmark) ? textOr(benchmark, "name") : null,
    model: isObject(config) ? textOr(config, "model") : null,
    samples: [...samples.values()],
    warnings: excused === 0 ? [] : [
      `${excused} tries ended in an error of the infrastructure: they are missing here, NeMo Evaluator ` +
      "counts them as 0",
    ],
  };
}

/** The newest bundle of the folder; null when there is none. */
async function bundleBeside(folder: string): Promise<Record<string, LooseJson> | null> {
  const names: string[] = [];
  for await (const { name, isFile } of Deno.readDir(folder)) {
    if (isFile && /^eval-\d{8}T\d{6}Z-.*\.json$/.test(name)) names.push(name);
  }
  const newest = names.sort().at(-1);
  return newest === undefined ? null : await readBeside(join(folder, newest));
}

function sampleOf(at: Placed): ImportedSample {
  const { record } = at;
  const details = isObject(record.scoring_details) ? record.scoring_details : {};
  const category = textOr(details, "error_category");
  const error = category !== null && NOT_THE_MODELS_FAULT.has(category)
    ? `${category}: ${textOr(details, "error") ?? "no message"}`
    : null;
  const repeat = record.repeat === undefined ? 0 : field(at, "repeat", "integer");
  if (repeat < 0) {
    throw new UserError(`${at.place}, field "repeat": found ${repeat}, expected 0 or more`);
  }
  if (!("reward" in record)) {
    throw new UserError(`${at.place}, field "reward": found nothing, expected a number`);
  }
  return {
    id: String(field(at, "problem_idx", "integer")),
    repeat,
    document: documentHash([record.prompt, record.expected_answer]),
    prompt: textOr(record, "prompt"),
    promptTokenIds: null,
    completion: error === null ? textOr(record, "model_response") : null,
    completionTokenIds: null,
    finishReason: null,
    gold: record.expected_answer === undefined ? null : JSON.stringify(record.expected_answer),
    seconds: typeof record.latency_ms === "number" && record.latency_ms > 0
      ? record.latency_ms / 1000
      : null,
    scores: error === null ? scoresOf(record) : [],
    error,
  };
}

function scoresOf(record: Record<string, unknown>): ImportedScore[] {
  const others = isObject(record.scorer_rewards) ? Object.entries(record.scorer_rewards) : [];
  return [scoreOf("reward", record.reward), ...others.map(([name, value]) => scoreOf(name, value))];
}
