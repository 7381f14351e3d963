import { join } from "node:path";
import type { Answer } from "./ask.ts";
import { writeAtomically } from "../../../data/atomic_write.ts";

/** Name of the file in a cell's folder, as long as the cell is worked on. */
export const ANSWERS = "answers.jsonl";

/** Answers that came so far: a run that ends in the middle goes on where it was. */
export interface KeptAnswers {
  get(name: string): Answer | undefined;
  keep(name: string, answer: Answer): void;
  close(): void;
}

/**
 * Opens the answers of a cell. Its id is made of all that decides them, so that none is of another experiment.
 *
 * @param folder The cell's folder, which exists.
 */
export async function openAnswers(folder: string): Promise<KeptAnswers> {
  const path = join(folder, ANSWERS);
  const lines = await readWhole(path);
  // A line that was cut off in its middle goes: the next one would be written behind it.
  await writeAtomically(path, lines.map((line) => JSON.stringify(line) + "\n").join(""));
  const answers = new Map(lines);
  const file = await Deno.open(path, { append: true });
  const encoder = new TextEncoder();
  return {
    get: (name) => answers.get(name),
    keep(name, answer) {
      answers.set(name, answer);
      let left = encoder.encode(JSON.stringify([name, answer]) + "\n");
      while (left.length > 0) left = left.subarray(file.writeSync(left));
    },
    close: () => file.close(),
  };
}

async function readWhole(path: string): Promise<[string, Answer][]> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
  return text.split("\n").slice(0, -1).flatMap((line) => {
    try {
      return [JSON.parse(line)];
    } catch {
      return [];
    }
  });
}
