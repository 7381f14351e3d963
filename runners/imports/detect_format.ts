import { basename } from "node:path";
import { UserError } from "../errors.ts";
import { FORMATS } from "./registry.ts";
import type { ResultFormat } from "./result_format.ts";

/** Enough of a file to tell what it is. */
const HEAD_BYTES = 256 * 1024;

/**
 * The format of a file: the one that is named, else the one that the file's beginning shows.
 *
 * @throws {UserError} When there is no such file or format, with what to import instead where that is known.
 */
export async function detectFormat(path: string, name: string | undefined): Promise<ResultFormat> {
  const head = await readHead(path);
  if (name !== undefined) {
    const format = FORMATS[name];
    if (format !== undefined) return format;
    throw new UserError(`--format ${name}: expected one of ${Object.keys(FORMATS).join(", ")}`);
  }
  const format = Object.values(FORMATS).find((candidate) => candidate.matches(path, head));
  if (format !== undefined) return format;
  const known = Object.values(FORMATS).map(({ tool, files }) => `${tool} (${files})`).join(", ");
  throw new UserError(`${path}: ${advice(path, head)}. Known: ${known}`);
}

async function readHead(path: string): Promise<Uint8Array> {
  try {
    using file = await Deno.open(path);
    if (!(await file.stat()).isFile) {
      throw new UserError(`${path}: expected a file, found a folder`);
    }
    const head = new Uint8Array(HEAD_BYTES);
    let filled = 0;
    while (filled < HEAD_BYTES) {
      const read = await file.read(head.subarray(filled));
      if (read === null) break;
      filled += read;
    }
    if (filled === 0) throw new UserError(`${path}: the file is empty`);
    return head.subarray(0, filled);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      throw new UserError(`${path}: there is no such file`);
    }
    if (error instanceof Deno.errors.IsADirectory) {
      throw new UserError(`${path}: expected a file, found a folder`);
    }
    throw error;
  }
}

/** Files that users take for the per-sample ones. */
function advice(path: string, head: Uint8Array): string {
  const text = new TextDecoder().decode(head);
  const name = basename(path);
  if (/"lm_eval_version"|"n-shot"/.test(text)) {
    return "means of whole tasks only; import samples_<task>_<date>.jsonl, which --log_samples writes";
  }
  if (/"sdk_version"/.test(text)) {
    return "means of a whole benchmark only; import the results.jsonl beside it";
  }
  if (/"config_general"/.test(text)) {
    return "means of whole tasks only; import details_<task>_<date>.parquet, which --save-details writes";
  }
  if (/^results\.ya?ml$/.test(name)) {
    return "means of whole tasks only; import the per-sample files of the harness that ran inside";
  }
  return "it has the form of no known result file";
}
