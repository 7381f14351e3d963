/**
 * Logs of Inspect AI: `.eval` archives and `.json` files, log schema version 2.
 *
 * @module
 */
import { UserError } from "../errors.ts";
import { field, isObject, type Placed, recordAt, textOr } from "./fields.ts";
import { inspectSample } from "./inspect_sample.ts";
import { inspectScores } from "./inspect_scores.ts";
import { type LooseJson, parseJson } from "./parse_json.ts";
import { readJsonFile } from "./read_json_file.ts";
import type { ImportedLog, ImportedSample, ResultFormat } from "./result_format.ts";
import { openZip, type ZipArchive } from "./zip.ts";

/** Logs of Inspect AI. */
export const inspect: ResultFormat = {
  name: "inspect",
  tool: "inspect_ai",
  files: "<date>_<task>_<id>.eval or .json",
  matches(_, head) {
    const text = new TextDecoder().decode(head);
    return text.startsWith("PK\x03\x04") ||
      /^\s*\{/.test(text) && /"version"\s*:/.test(text) && /"eval"\s*:\s*\{/.test(text);
  },
  read,
};

interface InspectLog {
  /** The log without its samples. */
  header: Placed;
  samples: Iterable<Placed>;
}

async function read(path: string): Promise<ImportedLog> {
  using file = await Deno.open(path);
  const first = new Uint8Array(2);
  await file.read(first);
  if (new TextDecoder().decode(first) !== "PK") return collect(path, await jsonLog(path));
  using zip = openZip(path);
  return collect(path, archiveLog(path, zip));
}

async function jsonLog(path: string): Promise<InspectLog> {
  const advice = "Convert it: inspect log convert --to eval";
  const header = recordAt(path, await readJsonFile(path, advice));
  const samples = header.record.samples === undefined ? [] : field(header, "samples", "array");
  return {
    header,
    samples: samples.map((sample, index) => recordAt(`${path}, sample ${index}`, sample)),
  };
}

function archiveLog(path: string, zip: ZipArchive): InspectLog {
  const parsed = (name: string): LooseJson => {
    try {
      const bytes = zip.read(zip.entries.get(name)!);
      return parseJson(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    } catch (error) {
      if (error instanceof UserError) throw error;
      throw new UserError(`${path}, entry ${JSON.stringify(name)}: ${(error as Error).message}`);
    }
  };
  const place = (name: string) => `${path}, entry ${JSON.stringify(name)}`;
  // A log whose evaluation was killed has no header yet; its beginning says the same of the task.
  const header = ["header.json", "_journal/start.json"].find((name) => zip.entries.has(name));
  if (header === undefined) {
    throw new UserError(`${path}: no log of Inspect, it lacks "header.json"`);
  }
  function* samples(): Iterable<Placed> {
    for (const name of [...zip.entries.keys()].sort()) {
      if (/^samples\/[^/]+\.json$/.test(name)) yield recordAt(place(name), parsed(name));
    }
  }
  return { header: recordAt(place(header), parsed(header)), samples: samples() };
}

function collect(path: string, { header, samples }: InspectLog): ImportedLog {
  const version = field(header, "version", "integer");
  if (version > 2) {
    throw new UserError(
      `${header.place}, field "version": found ${version}, expected 2 or less (Inspect's log schema)`,
    );
  }
  const spec: Placed = {
    place: `${header.place}, field "eval"`,
    record: field(header, "eval", "object"),
  };
  const read: ImportedSample[] = [];
  const values: Record<string, LooseJson>[] = [];
  const seen = new Set<string>();
  let invalid = 0;
  for (const at of samples) {
    const sample = inspectSample(at);
    const key = JSON.stringify([sample.id, sample.repeat]);
    if (seen.has(key)) {
      throw new UserError(
        `${at.place}: sample ${JSON.stringify(sample.id)}, epoch ${sample.repeat + 1} stands twice`,
      );
    }
    seen.add(key);
    read.push(sample);
    values.push(isObject(at.record.scores) ? at.record.scores : oneScore(at, spec));
    if (isObject(at.record.invalidation)) invalid++;
  }
  if (read.length === 0) {
    throw new UserError(`${path}: the log has no samples (log_samples was off)`);
  }
  inspectScores(values).forEach((scores, index) => read[index]!.scores.push(...scores));
  const packages = isObject(spec.record.packages) ? spec.record.packages : {};
  return {
    version: textOr(packages, "inspect_ai"),
    task: textOr(spec.record, "task"),
    model: textOr(spec.record, "model"),
    samples: read,
    warnings: [
      ...incomplete(header, spec, read),
      ...reducers(spec),
      ...(invalid === 0 ? [] : [`${invalid} samples are marked as invalid in the log`]),
    ],
  };
}

/** `score` of logs before the plural. */
function oneScore({ record }: Placed, spec: Placed): Record<string, LooseJson> {
  if (!isObject(record.score)) return {};
  const scorers: LooseJson[] = Array.isArray(spec.record.scorers) ? spec.record.scorers : [];
  const name = isObject(scorers[0]) ? textOr(scorers[0], "name") : null;
  return { [name ?? "score"]: record.score };
}

function incomplete(header: Placed, spec: Placed, samples: ImportedSample[]): string[] {
  const status = textOr(header.record, "status") ?? "started";
  const dataset = isObject(spec.record.dataset) ? spec.record.dataset : {};
  const config = isObject(spec.record.config) ? spec.record.config : {};
  const ids = Array.isArray(dataset.sample_ids) ? dataset.sample_ids : null;
  const epochs = typeof config.epochs === "number" ? config.epochs : 1;
  const expected = ids === null ? null : ids.length * epochs;
  const short = expected !== null && samples.length < expected;
  return [
    ...(status === "success" ? [] : [`the log's status is "${status}"`]),
    ...(short ? [`the log has ${samples.length} of ${expected} samples`] : []),
  ];
}

function reducers({ record }: Placed): string[] {
  const config = isObject(record.config) ? record.config : {};
  const names: LooseJson[] = Array.isArray(config.epochs_reducer) ? config.epochs_reducer : [];
  const others = names.filter((name) => name !== "mean");
  return typeof config.epochs === "number" && config.epochs > 1 && others.length > 0
    ? [`the log reduces epochs by ${others.join(", ")}; here they are averaged`]
    : [];
}
