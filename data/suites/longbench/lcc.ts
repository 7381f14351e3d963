/**
 * The next line of a small Python class: its constructor sets each field, its getters return them.
 *
 * @module
 */
import type { Random } from "../random.ts";
import { drawFrom } from "../suite.ts";
import type { LongBenchSuiteSet } from "./record.ts";
import { CLASSES, FIELDS } from "./words.ts";

const FIELDS_OF_CLASS: [low: number, high: number] = [2, 5];

/** The set. */
export const lcc: LongBenchSuiteSet = {
  name: "lcc",
  template: "Complete the code.\n{context}Next line:\n{input}",
  followUp: null,
  chat: false,
  classes: null,

  task(random, split) {
    const { before, line } = drawFrom(split, () => draw(random), ({ before }) => before);
    return {
      context: before,
      questions: [{ input: "", answer: line, said: line, instance: before }],
    };
  },
};

/** A class, perhaps behind another one, cut before a line that the lines before it decide. */
function draw(random: Random): { before: string; line: string } {
  const names = random.sample(CLASSES, random.integer(1, 2));
  const classes = names.map((name) =>
    classLines(name, random.sample(FIELDS, random.integer(...FIELDS_OF_CLASS)))
  );
  const last = classes.at(-1)!;
  const decided = last.flatMap((line, i) => /^ {8}/.test(line) ? [i] : []);
  const at = random.pick(decided);
  const before = [...classes.slice(0, -1).flat(), ...last.slice(0, at)];
  return { before: before.map((line) => `${line}\n`).join(""), line: last[at]! };
}

function classLines(name: string, fields: string[]): string[] {
  return [
    `class ${name}:`,
    `    def __init__(self, ${fields.join(", ")}):`,
    ...fields.map((field) => `        self.${field} = ${field}`),
    ...fields.flatMap((
      field,
    ) => ["", `    def get_${field}(self):`, `        return self.${field}`]),
    "",
  ];
}
