import { UserError } from "../errors.ts";
import { isObject } from "./fields.ts";
import { type LooseJson, parseJson } from "./parse_json.ts";

/** Largest JSON file: what one string of the engine can hold. */
const LARGEST = 500_000_000;

/**
 * Reads a whole JSON file.
 *
 * @throws {UserError} When it is too large or not JSON.
 */
export async function readJsonFile(path: string, advice: string): Promise<LooseJson> {
  const { size } = await Deno.stat(path);
  if (size > LARGEST) {
    throw new UserError(
      `${path}: ${size} bytes of JSON, at most ${LARGEST} can be read. ${advice}`,
    );
  }
  try {
    return parseJson(await Deno.readTextFile(path));
  } catch (error) {
    throw new UserError(
      `${path}: not JSON (${(error as Error).message}); the file may have been cut short`,
    );
  }
}

/** Reads an object that may lie beside the results; null when it is not there or cannot be read. */
export async function readBeside(path: string): Promise<Record<string, LooseJson> | null> {
  try {
    const value = parseJson(await Deno.readTextFile(path));
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
