/**
 * JSONL files of any size.
 *
 * @module
 */
import { UserError } from "../errors.ts";
import { type Placed, recordAt } from "./fields.ts";
import { parseJson } from "./parse_json.ts";

/** Longest line, in characters: beyond it the file is not what it says it is. */
const LONGEST_LINE = 256 * 2 ** 20;

/**
 * Reads one object a line, piece by piece.
 *
 * @throws {UserError} For lines that are not objects, cut lines, and files without any line.
 */
export async function* readLines(path: string): AsyncGenerator<Placed> {
  let number = 0;
  let found = 0;
  for await (const line of linesOf(path)) {
    number++;
    if (line.trim() === "") continue;
    found++;
    yield recordAt(`${path}, line ${number}`, parsedLine(path, number, line));
  }
  if (found === 0) {
    throw new UserError(`${path}: the file is empty, expected one JSON object a line`);
  }
}

function parsedLine(path: string, number: number, line: string): unknown {
  try {
    return parseJson(line);
  } catch (error) {
    throw new UserError(
      `${path}, line ${number}: not JSON (${
        (error as Error).message
      }), expected one object a line; ` +
        "the file may have been cut short",
    );
  }
}

async function* linesOf(path: string): AsyncGenerator<string> {
  const file = await Deno.open(path);
  // A byte that is no UTF-8 is an error: replaced by a question mark it would change a document silently.
  const decoder = new TextDecoderStream("utf-8", { fatal: true });
  const pending: string[] = [];
  let length = 0;
  try {
    for await (const piece of file.readable.pipeThrough(decoder)) {
      const parts = piece.split("\n");
      for (const [index, part] of parts.entries()) {
        pending.push(part);
        length += part.length;
        if (length > LONGEST_LINE) {
          throw new UserError(`${path}: a line is longer than ${LONGEST_LINE} characters`);
        }
        if (index === parts.length - 1) continue;
        yield pending.join("");
        pending.length = 0;
        length = 0;
      }
    }
  } catch (error) {
    if (error instanceof TypeError) {
      throw new UserError(`${path}: not UTF-8 text (${error.message})`);
    }
    throw error;
  }
  yield pending.join("");
}
