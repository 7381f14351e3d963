/**
 * The facts that the multiple-choice questions ask for. No prompt holds them: a model knows them from
 * its training or guesses.
 *
 * @module
 */
import { DAYS } from "../words.ts";

/** A question with one short answer. */
export interface Fact {
  question: string;
  answer: string;
  /** The answer as a sentence. */
  statement: string;
  /** What the fact is about; the same for both directions, of which one would give the other away. */
  topic: string;
  /** Answers to other questions: the wrong options come from here. */
  others: readonly string[];
}

/** Facts of one field, as MMLU has one file a subject. */
export interface Subject {
  name: string;
  facts: readonly Fact[];
}

type Pair = readonly [a: string, b: string];

/** One wording of a relation; `{a}` and `{b}` stand for its two sides, `{b}` is asked for. */
interface Wording {
  question: string;
  statement: string;
}

function pairs(text: string): Pair[] {
  return text.split(" ").map((pair) => pair.split("-") as [string, string]);
}

function turned(list: readonly Pair[]): Pair[] {
  return list.map(([a, b]) => [b, a]);
}

function relation(list: readonly Pair[], { question, statement }: Wording): Fact[] {
  const answers = [...new Set(list.map(([, b]) => b))];
  return list.map(([a, b]) => ({
    question: question.replace("{a}", a),
    answer: b,
    statement: statement.replace("{a}", a).replace("{b}", b),
    topic: [a, b].sort().join(" "),
    others: answers.filter((answer) => answer !== b),
  }));
}

const CAPITALS = pairs(
  "Norway-Oslo Italy-Rome France-Paris Germany-Berlin Spain-Madrid Peru-Lima Egypt-Cairo " +
    "India-Delhi Japan-Tokyo Austria-Vienna Ireland-Dublin Greece-Athens",
);
const YOUNG = pairs(
  "dog-puppy cat-kitten sheep-lamb cow-calf horse-foal hen-chick pig-piglet duck-duckling",
);
const OPPOSITES = pairs(
  "old-new big-small cold-warm dark-light up-down left-right day-night first-last",
);
const COLORS = pairs(
  "milk-white snow-white grass-green leaf-green blood-red banana-yellow sun-yellow sky-blue " +
    "sea-blue coal-black wood-brown stone-gray",
);
const JOBS = pairs(
  "bread-baker fish-fisher book-writer song-singer bus-driver door-painter school-teacher " +
    "garden-farmer plane-pilot",
);
const USES = pairs(
  "cut-knife write-pen open-key wash-soap sweep-broom eat-spoon drink-cup sleep-bed read-lamp",
);
const NEXT_DAYS = DAYS.map((day, i): Pair => [day, DAYS[(i + 1) % DAYS.length]!]);
const NEXT_NUMBERS = Array.from({ length: 12 }, (_, i): Pair => [`${i + 2}`, `${i + 3}`]);
const DOUBLES = Array.from({ length: 9 }, (_, i): Pair => [`${i + 2}`, `${2 * (i + 2)}`]);

const AFTER: Wording = {
  question: "What comes after {a}?",
  statement: "After {a} comes {b}.",
};
const BEFORE: Wording = {
  question: "What comes before {a}?",
  statement: "Before {a} comes {b}.",
};

/** All subjects. Each has at least seven topics and, of each split, questions enough. */
export const SUBJECTS: readonly Subject[] = [
  {
    name: "geography",
    facts: [
      ...relation(CAPITALS, {
        question: "What is the capital of {a}?",
        statement: "The capital of {a} is {b}.",
      }),
      ...relation(turned(CAPITALS), {
        question: "{a} is the capital of which country?",
        statement: "{a} is the capital of {b}.",
      }),
    ],
  },
  {
    name: "animals",
    facts: [
      ...relation(YOUNG, {
        question: "What is the young of a {a}?",
        statement: "The young of a {a} is a {b}.",
      }),
      ...relation(turned(YOUNG), {
        question: "A {a} is the young of which animal?",
        statement: "A {a} is the young of a {b}.",
      }),
    ],
  },
  {
    name: "opposites",
    facts: relation([...OPPOSITES, ...turned(OPPOSITES)], {
      question: "What is the opposite of {a}?",
      statement: "The opposite of {a} is {b}.",
    }),
  },
  { name: "days", facts: [...relation(NEXT_DAYS, AFTER), ...relation(turned(NEXT_DAYS), BEFORE)] },
  {
    name: "numbers",
    facts: [...relation(NEXT_NUMBERS, AFTER), ...relation(turned(NEXT_NUMBERS), BEFORE)],
  },
  {
    name: "doubles",
    facts: [
      ...relation(DOUBLES, { question: "What is double {a}?", statement: "Double {a} is {b}." }),
      ...relation(turned(DOUBLES), {
        question: "What is half of {a}?",
        statement: "Half of {a} is {b}.",
      }),
    ],
  },
  {
    name: "colors",
    facts: relation(COLORS, {
      question: "What is the color of {a}?",
      statement: "The color of {a} is {b}.",
    }),
  },
  {
    name: "jobs",
    facts: relation(JOBS, {
      question: "Which job goes with the {a}?",
      statement: "The job that goes with the {a} is {b}.",
    }),
  },
  {
    name: "uses",
    facts: relation(USES, {
      question: "What do you need to {a}?",
      statement: "To {a} you need the {b}.",
    }),
  },
  { name: "groups", facts: groupFacts() },
];

/** Which of four words belongs to a group; the words are those of the other subjects. */
function groupFacts(): Fact[] {
  const groups: Record<string, readonly string[]> = {
    city: CAPITALS.map(([, city]) => city),
    country: CAPITALS.map(([country]) => country),
    animal: YOUNG.map(([animal]) => animal),
    day: DAYS,
    color: [...new Set(COLORS.map(([, color]) => color))],
    job: JOBS.map(([, job]) => job),
  };
  return Object.entries(groups).flatMap(([group, members]) => {
    const others = Object.values(groups).flat().filter((word) => !members.includes(word));
    return members.map((member): Fact => ({
      question: `Which of these is ${group === "animal" ? "an" : "a"} ${group}?`,
      answer: member,
      statement: `The ${group} is ${member}.`,
      topic: member,
      others,
    }));
  });
}
