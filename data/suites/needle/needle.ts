/**
 * Needle in a haystack: small sentences, one of which gives the full name of the person that the
 * question is about. Other people appear too, so the question's name must be found, not any name.
 *
 * @module
 */
import { createRandom, type Random } from "../random.ts";
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

/** One sentence of ten is about somebody else. */
const SENTENCES_PER_PERSON = 10;

/** Questions of one conversation to train on: several answers for one reading of the haystack. */
const MOST_TURNS = 10;

interface Person {
  first: string;
  surname: string;
}

/** Needle in a haystack of small sentences, by length and depth. */
export const needle: Suite = { name: "needle", test, conversation };

function test(): NeedleRecord[] {
  const random = createRandom("needle/test/1");
  const seen = new Set<string>();
  const records: NeedleRecord[] = [];
  for (const length of LENGTHS) {
    for (const depth of DEPTHS) {
      for (let i = 0; i < RECORDS_PER_CELL; i++) {
        const [person, ...others] = drawPeople(random, "test", 1, length, seen);
        seen.add(fullName(person as Person));
        const position = Math.round((depth / 100) * (length - 1));
        const text = haystack(random, length, [person as Person, ...others], position);
        records.push({
          id: `needle-${length}-${depth}-${i}`,
          subtask: String(length),
          length,
          depth,
          messages: [{ role: "user", content: `${text}\n${question(person as Person)}` }],
          gold: fullName(person as Person),
        });
      }
    }
  }
  return records;
}

function conversation(random: Random, split: "train" | "calibration"): Conversation {
  const length = split === "train" ? random.integer(4, 44) : random.pick(LENGTHS);
  const asked = split === "train" ? random.integer(1, Math.min(MOST_TURNS, length)) : 1;
  const people = drawPeople(random, split, asked, length, new Set());
  const text = haystack(random, length, people, random.integer(0, length - 1));
  const messages = random.sample(people.slice(0, asked), asked).flatMap((person, i): Message[] => [
    { role: "user", content: (i === 0 ? `${text}\n` : "") + question(person) },
    { role: "assistant", content: fullName(person) },
  ]);
  return { suite: "needle", subtask: String(length), messages };
}

/** The people that are asked for, of the split, then the other people of the haystack. */
function drawPeople(
  random: Random,
  split: Split,
  asked: number,
  length: number,
  seen: Set<string>,
): Person[] {
  const count = Math.max(asked, 1 + Math.floor(length / SENTENCES_PER_PERSON));
  const people: Person[] = [];
  while (people.length < count) {
    const draw = () => ({ first: random.pick(PEOPLE), surname: random.pick(SURNAMES) });
    const isNew = (person: Person) =>
      !seen.has(fullName(person)) &&
      people.every(({ first, surname }) => first !== person.first && surname !== person.surname);
    people.push(drawFrom(people.length < asked ? split : "train", draw, fullName, isNew));
  }
  return people;
}

/** The first person's sentence at `position`, the others' elsewhere, the rest filled. */
function haystack(random: Random, length: number, people: Person[], position: number): string {
  const sentences: string[] = Array.from({ length }, () => filler(random));
  const elsewhere = Array.from({ length }, (_, i) => i).filter((i) => i !== position);
  const positions = [position, ...random.sample(elsewhere, people.length - 1)];
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
