/**
 * Needle in a haystack: small sentences, one of which gives the full name of the person that the
 * question is about. Chats to train on have up to four people in one haystack, and ask for each.
 *
 * @module
 */
import { createRandom, type Random } from "../random.ts";
import { jsonLines } from "../json_lines.ts";
import {
  type Conversation,
  drawFrom,
  type Message,
  type Split,
  type Suite,
  type TestRecord,
} from "../suite.ts";
import { PEOPLE } from "../words.ts";
import { ACTIVITIES, ADJECTIVES, NOUNS, SURNAMES, VERBS } from "./words.ts";

/** A line of `needle/test.jsonl`. */
export interface NeedleRecord extends TestRecord {
  /** Sentences of the haystack, the needle included. */
  length: number;
  /** Where the needle stands: 0 % is the first sentence, 100 % the last. */
  depth: number;
  /** The exact answer: first name and surname. */
  gold: string;
}

/** Sentences of a haystack. */
export const LENGTHS = [10, 20, 40] as const;

/** Depths in per cent: ten steps from the first to the last sentence. */
export const DEPTHS = [0, 11, 22, 33, 44, 56, 67, 78, 89, 100] as const;

const RECORDS_PER_CELL = 4;

/** People of one haystack to train on: several answers for one reading of it. */
const MOST_PEOPLE = 4;

/** Ranges of lengths to train on, drawn equally often: short haystacks teach faster. */
const TRAINING_LENGTHS: [low: number, high: number][] = [[1, 4], [5, 14], [15, 44]];

interface Person {
  first: string;
  surname: string;
}

/** Needle in a haystack of small sentences, by length and depth. */
export const needle: Suite = {
  name: "needle",
  files: () => new Map([["test.jsonl", jsonLines(needleRecords())]]),
  testInstances: () => needleRecords().map(({ gold }) => gold),
  conversation,
};

/** The test records. */
export function needleRecords(): NeedleRecord[] {
  const random = createRandom("needle/test/1");
  const seen = new Set<string>();
  const records: NeedleRecord[] = [];
  for (const length of LENGTHS) {
    for (const depth of DEPTHS) {
      for (let i = 0; i < RECORDS_PER_CELL; i++) {
        const person = drawPerson(random, "test", (drawn) => !seen.has(fullName(drawn)));
        seen.add(fullName(person));
        const position = Math.round((depth / 100) * (length - 1));
        const text = haystack(random, length, [person], [position]);
        records.push({
          id: `needle-${length}-${depth}-${i}`,
          subtask: String(length),
          length,
          depth,
          messages: [{ role: "user", content: `${text}\n${question(person)}` }],
          gold: fullName(person),
        });
      }
    }
  }
  return records;
}

function conversation(random: Random, split: "train" | "calibration"): Conversation {
  const length = split === "train"
    ? random.integer(...random.pick(TRAINING_LENGTHS))
    : random.pick(LENGTHS);
  const count = split === "train" ? random.integer(1, Math.min(MOST_PEOPLE, length)) : 1;
  const people: Person[] = [];
  while (people.length < count) {
    people.push(
      drawPerson(
        random,
        split,
        ({ first, surname }) =>
          people.every((other) => other.first !== first && other.surname !== surname),
      ),
    );
  }
  const positions = random.sample(Array.from({ length }, (_, i) => i), count);
  const text = haystack(random, length, people, positions);
  const messages = random.sample(people, count).flatMap((person, turn): Message[] => [
    { role: "user", content: (turn === 0 ? `${text}\n` : "") + question(person) },
    { role: "assistant", content: fullName(person) },
  ]);
  return { suite: "needle", subtask: String(length), messages, instances: people.map(fullName) };
}

function drawPerson(random: Random, split: Split, accept: (person: Person) => boolean): Person {
  const draw = () => ({ first: random.pick(PEOPLE), surname: random.pick(SURNAMES) });
  return drawFrom(split, draw, fullName, accept);
}

/** Filler sentences, with each person's sentence at its position. */
function haystack(random: Random, length: number, people: Person[], positions: number[]): string {
  const sentences = Array.from({ length }, () => filler(random));
  people.forEach((person, i) => {
    sentences[positions[i] as number] = `${fullName(person)} ${random.pick(ACTIVITIES)}.`;
  });
  return sentences.join(" ");
}

function filler(random: Random): string {
  const subject = `${random.pick(ADJECTIVES)} ${random.pick(NOUNS)}`;
  return `The ${subject} ${random.pick(VERBS)} the ${random.pick(NOUNS)}.`;
}

function fullName({ first, surname }: Person): string {
  return `${first} ${surname}`;
}

function question({ first }: Person): string {
  return `What is the full name of ${first}?`;
}
