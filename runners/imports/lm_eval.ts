/**
 * Samples of the LM Evaluation Harness (`lm_eval --log_samples --output_path DIR`).
 *
 * One line is a document under one filter. The task's name stands only in the file's name, the tool's version
 * only in `results_<date>.json` beside it.
 *
 * @module
 */
import { basename, dirname, join } from "node:path";
import { UserError } from "../errors.ts";
import { documentHash } from "./document_hash.ts";
import { field, isObject, type Placed, textOr } from "./fields.ts";
import type { LooseJson } from "./parse_json.ts";
import { readBeside } from "./read_json_file.ts";
import { readLines } from "./read_lines.ts";
import type { ImportedLog, ImportedSample, ImportedScore, ResultFormat } from "./result_format.ts";
import { scoreOf } from "./score_value.ts";

const FILE_NAME = /^samples_(.+)_(\d{4}-\d\d-\d\dT[\d.:-]+)\.jsonl$/;

/** Columns of every line; before version 0.4.7, which names the metrics, all other ones are metrics. */
const COLUMNS = new Set(
  ("doc_id doc target arguments resps filtered_resps filter metrics doc_hash prompt_hash target_hash " +
    "input metadata").split(" "),
);

/** Metrics of whole sets that are made from log-likelihoods. */
const ROLLING = new Set(["word_perplexity", "byte_perplexity", "bits_per_byte"]);

/** The per-sample files of the LM Evaluation Harness. */
export const lmEval: ResultFormat = {
  name: "lm_eval",
  tool: "lm_eval",
  files: "samples_<task>_<date>.jsonl",
  matches: (_, head) => {
    const text = new TextDecoder().decode(head);
    return /^\s*\{/.test(text) && /"doc_id"\s*:/.test(text);
  },
  read,
};

async function read(path: string): Promise<ImportedLog> {
  const samples = new Map<string, ImportedSample>();
  const filters = new Map<string, string>();
  for await (const at of readLines(path)) {
    const id = String(field(at, "doc_id", "string or integer"));
    const filter = textOr(at.record, "filter") ?? "none";
    const key = JSON.stringify([id, filter]);
    if (filters.has(key)) {
      throw new UserError(
        `${at.place}, field "doc_id": document ${id} stands a second time under the filter "${filter}" ` +
          `(first: ${filters.get(key)}); the harness appends when a file of that name exists`,
      );
    }
    filters.set(key, at.place);
    const sample = sampleOf(at, id);
    const earlier = samples.get(id);
    if (earlier !== undefined && earlier.document !== sample.document) {
      throw new UserError(
        `${at.place}, field "doc": document ${id} differs from the one of that id in an earlier line`,
      );
    }
    (earlier ?? sample).scores.push(...scoresOf(at, filter));
    if (earlier === undefined) samples.set(id, sample);
  }
  const [, task = null, date = null] = FILE_NAME.exec(basename(path)) ?? [];
  const beside = date === null
    ? null
    : await readBeside(join(dirname(path), `results_${date}.json`));
  return {
    version: beside && textOr(beside, "lm_eval_version"),
    task,
    model: beside && textOr(beside, "model_name"),
    samples: [...samples.values()],
    warnings: [],
  };
}

function sampleOf(at: Placed, id: string): ImportedSample {
  const { record } = at;
  const requests = Object.values(field(at, "arguments", "object")).map((request) =>
    isObject(request) ? request : {}
  );
  const responses = field(at, "resps", "array");
  if (responses.length !== requests.length) {
    throw new UserError(
      `${at.place}, field "resps": found ${responses.length} responses, expected ${requests.length} ` +
        'as in "arguments"',
    );
  }
  return {
    id,
    repeat: 0,
    document: documentHash([record.doc, record.target]),
    prompt: promptOf(requests[0]?.arg_0),
    promptTokenIds: null,
    completion: completionOf(requests, responses),
    completionTokenIds: null,
    finishReason: null,
    gold: record.target === undefined ? null : JSON.stringify(record.target),
    seconds: null,
    scores: [],
    error: null,
  };
}

function promptOf(context: LooseJson | undefined): string | null {
  if (context === undefined || context === null) return null;
  return typeof context === "string" ? context : JSON.stringify(context);
}

/**
 * The generated text where one was generated; otherwise JSON of what was: several texts, or the continuations
 * with their log-likelihoods.
 */
function completionOf(
  requests: Record<string, LooseJson>[],
  responses: LooseJson[],
): string | null {
  const texts = responses.map((response) => Array.isArray(response) ? response : [response]);
  const only = texts.length === 1 && texts[0]!.length === 1 ? texts[0]![0] : undefined;
  if (typeof only === "string") {
    // A rolling log-likelihood has a context alone.
    return "arg_1" in (requests[0] ?? {}) ? only : JSON.stringify({ loglikelihood: Number(only) });
  }
  const continuations = texts.map((own, index) => {
    const first = own[0];
    return own.length === 1 && Array.isArray(first) && first.length === 2
      ? {
        continuation: requests[index]?.arg_1 ?? null,
        loglikelihood: Number(first[0]),
        greedy: first[1] === "True",
      }
      : null;
  });
  return texts.length === 0
    ? null
    : JSON.stringify(continuations.includes(null) ? texts : continuations);
}

function scoresOf(at: Placed, filter: string): ImportedScore[] {
  const { record } = at;
  const names = record.metrics === undefined
    ? Object.keys(record).filter((name) => !COLUMNS.has(name))
    : field(at, "metrics", "array").map(String);
  let likelihood = false;
  return names.flatMap((name) => {
    if (!(name in record)) {
      throw new UserError(
        `${at.place}, field "${name}": found nothing, expected the score that "metrics" names`,
      );
    }
    const metric = filter === "none" ? name : `${name},${filter}`;
    const value = record[name];
    // The harness's `perplexity` of a sample is a log-likelihood, which it turns into one number of all samples.
    if (name === "perplexity" && typeof value === "number") {
      return [scoreOf(metric.replace("perplexity", "loglikelihood"), value)];
    }
    // Of a rolling task it keeps the pair of log-likelihood and length: the first is a score of the sample.
    if (!ROLLING.has(name) || !Array.isArray(value) || likelihood) return [scoreOf(metric, value)];
    likelihood = true;
    return [scoreOf(metric, value), scoreOf(metric.replace(name, "loglikelihood"), value[0])];
  });
}
