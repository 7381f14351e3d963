/**
 * What is hidden in a haystack: upstream's needle, or those of a user's `needles.json`.
 *
 * @module
 */
import { dirname, join } from "node:path";
import { UserError } from "../../errors.ts";
import type { PythonValue } from "../../scoring/python_value.ts";
import { asList, asRecord, asText, asTexts, at, readJson } from "../read_official.ts";
import { EXPECTED, NEEDLE } from "./score.ts";

/** A sentence to be found again. */
export interface HiddenNeedle {
  /** The sentence as it is put into the text, with blanks or line breaks around it. */
  needle: string;
  /** Follows `Question: ` in the prompt. */
  question: string;
  /** The words that an answer should hold. */
  expected: string;
  /** Further sentences that are hidden with it, spread evenly, to tell it from. */
  distractors: string[];
}

/** The needle of upstream and of ACBench. */
export const OFFICIAL_NEEDLE: HiddenNeedle = {
  needle: NEEDLE,
  question: "The best thing to do in San Francisco is: ",
  expected: EXPECTED,
  distractors: [],
};

const FILE = "needles.json";
const FIELDS = ["needle", "question", "expected", "distractors"];

/**
 * Reads `needles.json` in a haystack's folder: a list of {@linkcode HiddenNeedle}, `distractors` optional.
 *
 * @param path The haystack: a text file or a folder of them.
 * @returns Null where there is no such file: the official needle is meant.
 * @throws {UserError} Naming file, needle and field.
 */
export async function readNeedles(path: string): Promise<HiddenNeedle[] | null> {
  const folder = await Deno.stat(path).then((info) => info.isFile ? dirname(path) : path)
    .catch((cause) => {
      throw new UserError(`${path}: there is no such file or folder`, { cause });
    });
  const file = join(folder, FILE);
  const exists = await Deno.stat(file).then(() => true, (error) => {
    if (error instanceof Deno.errors.NotFound) return false;
    throw new UserError(`${file}: cannot be read (${error.message})`, { cause: error });
  });
  if (!exists) return null;
  const needles = asList(file, await readJson(file));
  if (needles.length === 0) throw new UserError(`${file}: the list holds no needles`);
  return needles.map((value, i) => readNeedle(`${file}, needle ${i + 1}`, value));
}

function readNeedle(place: string, value: PythonValue): HiddenNeedle {
  const record = asRecord(place, value);
  for (const [name] of record.entries.values()) {
    if (!FIELDS.includes(String(name))) {
      throw new UserError(
        `${place}: unknown field "${name}"; a needle has the fields ${FIELDS.join(", ")}`,
      );
    }
  }
  const field = (name: string) => {
    const [where, text] = at(place, record, name);
    const found = asText(where, text);
    if (found.trim() === "") throw new UserError(`${where}: expected words, found a blank text`);
    return found;
  };
  const [where, distractors] = at(place, record, "distractors");
  return {
    needle: field("needle"),
    question: field("question"),
    expected: field("expected"),
    distractors: distractors === undefined ? [] : asTexts(where, distractors),
  };
}
