/**
 * From files to cells: one cell a benchmark and repeat, with its rows and what identifies its samples.
 *
 * @module
 */
import { basename } from "node:path";
import type { Row } from "../../data/logs.ts";
import { SCHEMA_VERSION } from "../../data/schema.ts";
import type { Cell, JsonObject } from "../../data/types.ts";
import { UserError } from "../errors.ts";
import { hashJson } from "../hash.ts";
import { checkName } from "./check_name.ts";
import { documentHash } from "./document_hash.ts";
import type { ImportRequest } from "./import_request.ts";
import type { ReadFile } from "./read_files.ts";
import type { ImportedSample } from "./result_format.ts";

/** Hashes of a sample's document and of its prompt; null where the tool keeps none. */
export type SampleIdentity = [document: string, prompt: string | null];

/** A cell to be written. */
export interface ImportedCell {
  cell: Cell;
  files: ReadFile[];
  completions: Row[];
  scores: Row[];
  /** By sample id. */
  documents: Record<string, SampleIdentity>;
  warnings: string[];
}

/** A sample under its name in the cell. */
interface NamedSample {
  id: string;
  subtask: string;
  sample: ImportedSample;
  scorer: string;
}

/**
 * Cells of all files. Without a named benchmark each file is one of its own, under the tool's name of the task;
 * several files under one named benchmark are its subtasks.
 *
 * @throws {UserError} Where a file's task is not known, or two files are of the same.
 */
export function importCells(request: ImportRequest, files: ReadFile[]): ImportedCell[] {
  const byTask = new Map<string, ReadFile>();
  for (const file of files) {
    if (request.benchmark !== undefined && files.length === 1) continue;
    const { task } = file.log;
    if (task === null) {
      throw new UserError(
        `${file.path}: neither its name nor its content says of which task it is; import it alone with ` +
          "--benchmark",
      );
    }
    const other = byTask.get(task);
    if (other) {
      throw new UserError(
        `${file.path}: it is of the task "${task}", as ${other.path} is; import one of them, or each ` +
          "with its own --seed",
      );
    }
    byTask.set(task, file);
  }
  if (request.benchmark !== undefined) return benchmarkCells(request, request.benchmark, files);
  return [...byTask].flatMap(([task, file]) => benchmarkCells(request, task, [file]));
}

function benchmarkCells(
  request: ImportRequest,
  benchmark: string,
  files: ReadFile[],
): ImportedCell[] {
  checkName(`${files[0]!.path}, name of the task`, benchmark);
  const samples = files.flatMap((file) => namedSamples(file, files.length > 1));
  const metrics = metricNames(samples);
  if (metrics.size === 0) {
    throw new UserError(
      `${files[0]!.path}: no sample has a score; score the log with its tool first`,
    );
  }
  const repeats = [...new Set(samples.map(({ sample }) => sample.repeat))].sort((a, b) => a - b);
  if (request.seed !== 0 && repeats.length > 1) {
    throw new UserError(
      `--seed ${request.seed}: ${
        files[0]!.path
      } has ${repeats.length} repeats, which are the seeds`,
    );
  }
  return repeats.map((repeat) => {
    const own = samples.filter(({ sample }) => sample.repeat === repeat);
    const cell = cellOf(request, benchmark, files, request.seed + repeat);
    const documents = own.map(({ id, sample }): [string, SampleIdentity] => [
      id,
      [sample.document, sample.prompt === null ? null : documentHash(sample.prompt)],
    ]);
    return {
      cell,
      files,
      completions: own.map(completionRow),
      scores: own.flatMap((sample) => scoreRows(sample, metrics)),
      documents: Object.fromEntries(documents),
      warnings: files.flatMap(({ path, log }) =>
        [
          ...log.warnings,
          ...(log.version === null ? ["the version of the tool is not known"] : []),
        ].map((warning) => `${basename(path)}: ${warning}`)
      ),
    };
  });
}

function namedSamples({ format, log }: ReadFile, withTask: boolean): NamedSample[] {
  const scorer = `${format.tool} ${log.version ?? "(version unknown)"}`;
  return log.samples.map((sample) => ({
    id: withTask ? `${log.task}/${sample.id}` : sample.id,
    subtask: withTask ? log.task! : "all",
    sample,
    scorer,
  }));
}

/** Names of the metrics of each subtask, in the order in which they first come. */
function metricNames(samples: NamedSample[]): Map<string, Set<string>> {
  const names = new Map<string, Set<string>>();
  for (const { subtask, sample } of samples) {
    for (const { metric } of sample.scores) {
      const own = names.get(subtask) ?? new Set();
      names.set(subtask, own.add(metric));
    }
  }
  return names;
}

function cellOf(
  { variant }: ImportRequest,
  benchmark: string,
  files: ReadFile[],
  seed: number,
): Cell {
  const sources = files.map(({ path, bytes, sha256, format, log }): JsonObject => ({
    file: basename(path),
    bytes,
    sha256,
    format: format.name,
    tool: format.tool,
    version: log.version,
    task: log.task,
    model: log.model,
  }));
  const inputs: JsonObject = {
    kind: "evaluate",
    schemaVersion: SCHEMA_VERSION,
    variant,
    benchmark,
    seed,
    imported: sources,
  };
  return {
    id: hashJson(inputs).slice(0, 16),
    kind: "evaluate",
    variant,
    benchmark,
    seed,
    needs: [],
    inputs,
  };
}

function completionRow({ id, sample }: NamedSample): Row {
  return {
    sample_id: id,
    prompt: sample.prompt,
    prompt_token_ids: sample.promptTokenIds,
    completion: sample.completion,
    completion_token_ids: sample.completionTokenIds,
    finish_reason: sample.finishReason,
    gold: sample.gold,
    seconds: sample.seconds,
  };
}

/** Every sample has a row of every metric of its subtask: what it lacks is null with the reason. */
function scoreRows(
  { id, subtask, sample, scorer }: NamedSample,
  metrics: Map<string, Set<string>>,
): Row[] {
  const own = new Map(sample.scores.map((score) => [score.metric, score]));
  const why = sample.error ?? "the tool gave this sample no such score";
  return [...metrics.get(subtask) ?? []].map((metric) => ({
    sample_id: id,
    subtask,
    ...own.get(metric) ?? { metric, value: null, reason: why },
    scorer,
    scorer_mode: "upstream",
  }));
}
