import { z } from "zod";
import { UserError } from "../errors.ts";

/**
 * Reads a JSONL file of records of one shape.
 *
 * @throws {UserError} With the file, the line and the field of the first record that does not fit.
 */
export async function readRecords<T>(path: string, shape: z.ZodType<T>): Promise<T[]> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (cause) {
    throw new UserError(`Cannot read the samples in ${path}: ${(cause as Error).message}`, {
      cause,
    });
  }
  const records: T[] = [];
  text.split("\n").forEach((line, index) => {
    if (line.trim() === "") return;
    records.push(parseRecord(`${path}, line ${index + 1}`, line, shape));
  });
  if (records.length === 0) throw new UserError(`${path}: the file holds no samples`);
  return records;
}

function parseRecord<T>(place: string, line: string, shape: z.ZodType<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw new UserError(`${place}: not JSON (${(cause as Error).message})`, { cause });
  }
  const result = shape.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  throw new UserError(`${place}, field "${issue.path.join(".")}": ${issue.message}`);
}

/** Throws when two samples share an id, which would make their logs indistinguishable. */
export function refuseDuplicates(path: string, ids: string[]): void {
  const seen = new Set<string>();
  for (const id of ids) {
    if (seen.has(id)) throw new UserError(`${path}: the id ${JSON.stringify(id)} stands twice`);
    seen.add(id);
  }
}

/** A chat as it stands in a suite file. */
export const messages = z.array(z.object({
  role: z.enum(["system", "user", "assistant"]),
  content: z.string(),
})).min(1);
