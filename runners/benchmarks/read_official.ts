/**
 * Reading of official files: which files a path means, and their JSON with whole and broken numbers
 * kept apart.
 *
 * @module
 */
import { basename, dirname, extname, join } from "node:path";
import { UserError } from "../errors.ts";
import { parsePythonJson } from "../scoring/python_json.ts";
import {
  isDict,
  lookUp,
  type PythonDict,
  PythonError,
  type PythonValue,
} from "../scoring/python_value.ts";

/**
 * Files that a path means: itself, or all files of some endings in the folder, in order of names.
 *
 * @throws {UserError} When there is nothing.
 */
export async function filesAt(path: string, endings: readonly string[]): Promise<string[]> {
  let info: Deno.FileInfo;
  try {
    info = await Deno.stat(path);
  } catch (cause) {
    throw new UserError(`${path}: there is no such file or folder`, { cause });
  }
  if (info.isFile) return [path];
  const files: string[] = [];
  for await (const entry of Deno.readDir(path)) {
    if (entry.isFile && endings.includes(extname(entry.name))) files.push(join(path, entry.name));
  }
  if (files.length === 0) {
    throw new UserError(`${path}: the folder holds no ${endings.join(" or ")} file`);
  }
  return files.sort();
}

/**
 * Files of one name that a path means: itself, or those in the folder and in the folders right below.
 *
 * @throws {UserError} When there is nothing.
 */
export async function filesBelow(path: string, name: string): Promise<string[]> {
  const info = await Deno.stat(path).catch(() => null);
  if (info === null) throw new UserError(`${path}: there is no such file or folder`);
  if (info.isFile) return [path];
  const candidates = [join(path, name)];
  for await (const entry of Deno.readDir(path)) {
    if (entry.isDirectory) candidates.push(join(path, entry.name, name));
  }
  const files: string[] = [];
  for (const file of candidates.sort()) {
    if ((await Deno.stat(file).catch(() => null))?.isFile) files.push(file);
  }
  if (files.length === 0) throw new UserError(`${path}: no ${name} here or in a folder below`);
  return files;
}

/** Reads a JSON file. @throws {UserError} When it cannot be read or is no JSON. */
export async function readJson(path: string): Promise<PythonValue> {
  try {
    return parsePythonJson(await Deno.readTextFile(path));
  } catch (cause) {
    const what = cause instanceof PythonError ? "not JSON" : "cannot be read";
    throw new UserError(`${path}: ${what} (${(cause as Error).message})`, { cause });
  }
}

/** Reads a JSONL file of objects, each with its place for messages. @throws {UserError} */
export async function readJsonLines(
  path: string,
): Promise<{ place: string; record: PythonDict }[]> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (cause) {
    throw new UserError(`${path}: cannot be read (${(cause as Error).message})`, { cause });
  }
  const records: { place: string; record: PythonDict }[] = [];
  text.split("\n").forEach((line, index) => {
    if (line.trim() === "") return;
    const place = `${path}, line ${index + 1}`;
    records.push({ place, record: asRecord(place, parseLine(place, line)) });
  });
  if (records.length === 0) throw new UserError(`${path}: the file holds no records`);
  return records;
}

function parseLine(place: string, line: string): PythonValue {
  try {
    return parsePythonJson(line);
  } catch (cause) {
    throw new UserError(`${place}: not JSON (${(cause as Error).message})`, { cause });
  }
}

/** An object. @throws {UserError} */
export function asRecord(place: string, value: PythonValue | undefined): PythonDict {
  if (isDict(value)) return value;
  throw new UserError(`${place}: expected an object, found ${describe(value)}`);
}

/** A list. @throws {UserError} */
export function asList(place: string, value: PythonValue | undefined): PythonValue[] {
  if (Array.isArray(value)) return value;
  throw new UserError(`${place}: expected a list, found ${describe(value)}`);
}

/** A text. @throws {UserError} */
export function asText(place: string, value: PythonValue | undefined): string {
  if (typeof value === "string") return value;
  throw new UserError(`${place}: expected a text, found ${describe(value)}`);
}

/** A list of texts. @throws {UserError} */
export function asTexts(place: string, value: PythonValue | undefined): string[] {
  return asList(place, value).map((item, i) => asText(`${place}[${i}]`, item));
}

/** A field of a record, with its place. */
export function at(place: string, record: PythonDict, name: string) {
  return [`${place}, field "${name}"`, lookUp(record, name)] as const;
}

/** Name of a file without folder and ending. */
export function stem(path: string): string {
  return basename(path, extname(path));
}

/** The first file that exists among names relative to folders; null when none does. */
export async function findBeside(path: string, names: readonly string[]): Promise<string | null> {
  const folders = [path, dirname(path), dirname(dirname(path)), dirname(dirname(dirname(path)))];
  for (const folder of folders) {
    for (const name of names) {
      const candidate = join(folder, name);
      const info = await Deno.stat(candidate).catch(() => null);
      if (info?.isFile) return candidate;
    }
  }
  return null;
}

function describe(value: PythonValue | undefined): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return isDict(value) ? "an object" : typeof value === "string" ? "a text" : "a number";
}
