/**
 * Details of lighteval (`--save-details`): one Parquet file a task, one row a document.
 *
 * The file holds neither the tool's version nor the model; the model stands in `results_<date>.json`, which
 * lighteval writes to a folder beside that of the details.
 *
 * @module
 */
import { basename, dirname, join, resolve } from "node:path";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { UserError } from "../errors.ts";
import { documentHash } from "./document_hash.ts";
import { field, isObject, type Placed, recordAt, textOr, tokenIds } from "./fields.ts";
import { readBeside } from "./read_json_file.ts";
import type { ImportedLog, ImportedSample, ResultFormat } from "./result_format.ts";
import { scoreOf } from "./score_value.ts";

const FILE_NAME = /^details_(.+)_(\d{4}-\d\d-\d\dT[\d.:-]+)\.parquet$/;
/** Largest file: what one array of the engine can hold. */
const LARGEST = 2_000_000_000;
const COLUMNS = ["doc", "metric", "model_response"];

/** The details files of lighteval. */
export const lighteval: ResultFormat = {
  name: "lighteval",
  tool: "lighteval",
  files: "details_<task>_<date>.parquet",
  matches: (_, head) => new TextDecoder().decode(head.subarray(0, 4)) === "PAR1",
  read,
};

async function read(path: string): Promise<ImportedLog> {
  const samples: ImportedSample[] = [];
  const tasks = new Set<string>();
  const ids = new Set<string>();
  for (const [index, row] of (await readParquet(path)).entries()) {
    const place = `${path}, row ${index}`;
    const sample = sampleOf(recordAt(place, row), place);
    if (ids.has(sample.id)) {
      throw new UserError(`${place}, field "doc.id": ${JSON.stringify(sample.id)} stands twice`);
    }
    ids.add(sample.id);
    samples.push(sample);
    tasks.add(textOr((row as { doc: Record<string, unknown> }).doc, "task_name") ?? "");
  }
  const [, named = null, date = null] = FILE_NAME.exec(basename(path)) ?? [];
  const [task = ""] = tasks;
  const general = date === null ? null : await generalConfig(path, date);
  const sha = general && textOr(general, "lighteval_sha");
  return {
    version: sha === null || sha === "?" ? null : `commit ${sha}`,
    task: tasks.size === 1 && task !== "" ? task : named,
    model: general && textOr(general, "model_name"),
    samples,
    warnings: [],
  };
}

async function readParquet(path: string): Promise<unknown[]> {
  const { size } = await Deno.stat(path);
  if (size > LARGEST) {
    throw new UserError(`${path}: ${size} bytes of Parquet, at most ${LARGEST} can be read`);
  }
  const bytes = await Deno.readFile(path);
  const file = bytes.buffer as ArrayBuffer;
  try {
    const metadata = parquetMetadata(file);
    const names = topColumns(metadata.schema.map(({ name, num_children }) => [name, num_children]));
    const missing = COLUMNS.find((name) => !names.includes(name));
    if (missing !== undefined) {
      throw new UserError(
        `${path}: column "${missing}" is missing; found ${names.join(", ") || "none"}. ` +
          "Details are read as lighteval 0.11 and later writes them",
      );
    }
    return await parquetReadObjects({ file, metadata, compressors, columns: COLUMNS });
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(
      `${path}: not a readable Parquet file (${
        (error as Error).message
      }), ${bytes.length} bytes; ` +
        "it may have been cut short",
    );
  }
}

/** Names of the columns below the root of a schema that is written depth first. */
function topColumns(elements: [string, number | undefined][]): string[] {
  const names: string[] = [];
  let at = 1;
  const skip = (): void => {
    const children = elements[at++]?.[1] ?? 0;
    for (let child = 0; child < children; child++) skip();
  };
  while (at < elements.length) {
    names.push(elements[at]![0]);
    skip();
  }
  return names;
}

/** `config_general` of the results that belong to details in `<out>/details/<model>/<date>/`. */
async function generalConfig(path: string, date: string): Promise<Record<string, unknown> | null> {
  const folder = dirname(dirname(resolve(path)));
  const at = folder.lastIndexOf("/details/");
  if (at < 0) return null;
  const model = folder.slice(at + "/details/".length);
  const beside = await readBeside(
    join(folder.slice(0, at), "results", model, `results_${date}.json`),
  );
  return isObject(beside?.config_general) ? beside.config_general : null;
}

function sampleOf(at: Placed, place: string): ImportedSample {
  const doc: Placed = { place: `${place}, column "doc"`, record: field(at, "doc", "object") };
  const response = field(at, "model_response", "object");
  const metrics = field(at, "metric", "object");
  const choices: unknown[] = Array.isArray(doc.record.choices) ? doc.record.choices : [];
  const texts: unknown[] = Array.isArray(response.text) ? response.text : [];
  const outputs: unknown[] = Array.isArray(response.output_tokens) ? response.output_tokens : [];
  const query = field(doc, "query", "string");
  return {
    id: field(doc, "id", "string"),
    repeat: 0,
    document: documentHash([query, choices, doc.record.gold_index]),
    prompt: textOr(response, "input") ?? query,
    promptTokenIds: tokenIds(response.input_tokens),
    completion: completionOf(texts, choices, response),
    completionTokenIds: texts.length === 1 && outputs.length === 1 ? tokenIds(outputs[0]) : null,
    finishReason: null,
    gold: goldOf(choices, doc.record.gold_index),
    seconds: null,
    scores: Object.entries(metrics).map(([name, value]) => scoreOf(name, value)),
    error: null,
  };
}

/** The text where there is one; JSON of several, or of the choices with their log-likelihoods. */
function completionOf(
  texts: unknown[],
  choices: unknown[],
  response: Record<string, unknown>,
): string | null {
  if (texts.length === 1 && typeof texts[0] === "string") return texts[0];
  if (texts.length > 0) return JSON.stringify(texts);
  const likelihoods: unknown[] = Array.isArray(response.logprobs) ? response.logprobs : [];
  if (likelihoods.length === 0) return null;
  return JSON.stringify(likelihoods.map((loglikelihood, index) => ({
    continuation: choices[index] ?? null,
    loglikelihood,
  })));
}

function goldOf(choices: unknown[], index: unknown): string | null {
  const at = (Array.isArray(index) ? index : [index]).map(Number);
  const golds = at.map((position) => choices[position]).filter((gold) => gold !== undefined);
  return golds.length === 0 ? null : JSON.stringify(Array.isArray(index) ? golds : golds[0]);
}
