/**
 * Use of tools step by step, in the files of T-Eval: some tools of the catalogue are offered, and a
 * request is to be answered in one of nine ways.
 *
 * @module
 */
import { createRandom, type Random } from "../random.ts";
import type { Conversation, Message, Split, Suite } from "../suite.ts";
import type { Tool } from "./catalogue.ts";
import { drawInstruct } from "./instruct.ts";
import { VERDICTS } from "./judged.ts";
import { drawNextCall } from "./next_call.ts";
import { drawPlan } from "./plan.ts";
import { renderSignature } from "./render.ts";
import { drawReview } from "./review.ts";
import { drawTools } from "./steps.ts";
import type { Turn } from "./turn.ts";

type Draw = (random: Random, split: Split, tools: readonly Tool[]) => Turn;

/** The ways to ask, by the benchmark's subtasks. */
const SUBTASKS: Record<string, Draw> = {
  instruct_json: (...given) => drawInstruct(...given, "json"),
  instruct_string: (...given) => drawInstruct(...given, "string"),
  plan_json: (...given) => drawPlan(...given, "json"),
  plan_str: (...given) => drawPlan(...given, "str"),
  reason_str: (...given) => drawNextCall(...given, "reason_str"),
  retrieve_str: (...given) => drawNextCall(...given, "retrieve_str"),
  understand_str: (...given) => drawNextCall(...given, "understand_str"),
  rru_json: (...given) => drawNextCall(...given, "rru_json"),
  review_str: drawReview,
};

/** The official file of a subtask where it has another name. */
const FILES: Record<string, string> = {
  instruct_json: "instruct",
  instruct_string: "instruct",
  rru_json: "reason_retrieve_understand_json",
};

const RECORDS_PER_SUBTASK = 20;

/** Of ten conversations to train on, so many have one turn, as tests have. */
const SINGLE_OF_TEN = 4;
const MOST_TURNS = 6;

/** A conversation gets no further turn that would bring it above so many words and signs. */
const MOST_WORDS = 310;

/** A record of a test file, with what generated it. */
export interface TevalRecord {
  /** Key of the record in its file. */
  id: string;
  subtask: string;
  messages: Message[];
  turn: Turn;
}

/** Six abilities of an agent that uses tools. */
export const teval: Suite = {
  name: "teval",
  files,
  testInstances: () => tevalRecords().map(({ turn }) => turn.instance),
  conversation,
};

/** The test records, in the order of their files. */
export function tevalRecords(): TevalRecord[] {
  const random = createRandom("teval/test/1");
  const seen = new Set<string>();
  return Object.entries(SUBTASKS).flatMap(([subtask, draw]) =>
    Array.from({ length: RECORDS_PER_SUBTASK }, (_, i): TevalRecord => {
      let tools: Tool[], turn: Turn;
      do {
        tools = offeredTools(random);
        turn = draw(random, "test", tools);
      } while (seen.has(turn.instance) || !isInTurn(subtask, turn, i));
      seen.add(turn.instance);
      const messages: Message[] = [offer(tools), { role: "user", content: turn.prompt }];
      return { id: `${subtask}_${i}`, subtask, messages, turn };
    })
  );
}

/** Whether the verdicts of a test come equally often. */
function isInTurn(subtask: string, turn: Turn, i: number): boolean {
  const verdicts = Object.keys(VERDICTS);
  return subtask !== "review_str" || turn.answer === verdicts[i % verdicts.length];
}

function files(): Map<string, string> {
  const contents = new Map<string, Record<string, unknown>>();
  for (const { id, subtask, messages, turn } of tevalRecords()) {
    const path = `${FILES[subtask] ?? subtask}_v2.json`;
    if (!contents.has(path)) contents.set(path, {});
    contents.get(path)![id] = { origin_prompt: messages, ...turn.fields };
  }
  return new Map(
    Array.from(contents, ([path, records]) => [path, `${JSON.stringify(records, null, 2)}\n`]),
  );
}

/** Turns about the same tools, each asked in a way of its own; the first names the subtask. */
function conversation(random: Random, split: "train" | "calibration"): Conversation {
  const tools = offeredTools(random);
  const single = split === "calibration" || random.integer(1, 10) <= SINGLE_OF_TEN;
  const wanted = single ? 1 : random.integer(2, MOST_TURNS);
  const messages = [offer(tools)];
  const instances: string[] = [];
  let subtask = "";
  let words = countWords(messages[0]!.content);
  while (instances.length < wanted) {
    const drawn = random.pick(Object.keys(SUBTASKS));
    const { prompt, answer, instance } = SUBTASKS[drawn]!(random, split, tools);
    words += countWords(prompt) + countWords(answer);
    if (instances.length > 0 && words > MOST_WORDS) break;
    if (instances.length === 0) subtask = drawn;
    instances.push(instance);
    messages.push({ role: "user", content: prompt }, { role: "assistant", content: answer });
  }
  return { suite: "teval", subtask, messages, instances };
}

function offeredTools(random: Random): Tool[] {
  return drawTools(random, random.integer(3, 5));
}

function offer(tools: readonly Tool[]): Message {
  return { role: "system", content: ["Tools:", ...tools.map(renderSignature)].join("\n") };
}

/** Words, digits and signs: about the tokens of a text. */
function countWords(text: string): number {
  return text.match(/[A-Za-z]+|\S/g)?.length ?? 0;
}
