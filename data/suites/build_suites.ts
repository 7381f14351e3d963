/**
 * The files of the suites as texts, one JSON object a line.
 *
 * @module
 */
import { renderChat } from "./chat_template.ts";
import { createRandom } from "./random.ts";
import { suites } from "./registry.ts";
import type { Conversation } from "./suite.ts";

const CALIBRATION_RECORDS = 256;

/**
 * The committed files: the test records of every suite and the calibration texts.
 *
 * @returns File name below `data/suites` -> content.
 */
export function buildSuites(): Map<string, string> {
  const files = new Map<string, string>();
  for (const { name, test } of Object.values(suites)) {
    files.set(`${name}/test.jsonl`, jsonLines(test()));
  }
  files.set("calibration/agentic.jsonl", jsonLines(calibration()));
  return files;
}

/**
 * Conversations to train on, the suites in turn.
 *
 * @param count How many; a larger count goes on where a smaller one ends.
 */
export function* trainingConversations(count: number): Generator<Conversation> {
  yield* conversations("train", count);
}

/** A JSON object a line, the last line ended too. */
export function jsonLines(records: Iterable<unknown>): string {
  return Array.from(records, (record) => `${JSON.stringify(record)}\n`).join("");
}

function calibration(): { text: string }[] {
  const texts = new Set<string>();
  for (const { messages } of conversations("calibration", Infinity)) {
    texts.add(renderChat(messages));
    if (texts.size === CALIBRATION_RECORDS) break;
  }
  return Array.from(texts, (text) => ({ text }));
}

function* conversations(split: "train" | "calibration", count: number): Generator<Conversation> {
  const streams = Object.values(suites).map((suite) => ({
    suite,
    random: createRandom(`${suite.name}/${split}/1`),
  }));
  for (let i = 0; i < count; i++) {
    const { suite, random } = streams[i % streams.length] as (typeof streams)[number];
    yield suite.conversation(random, split);
  }
}
