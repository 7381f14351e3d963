/**
 * The files of the suites as texts, one JSON object a line.
 *
 * @module
 */
import { renderChat } from "./chat_template.ts";
import { jsonLines } from "./json_lines.ts";
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
  for (const suite of Object.values(suites)) {
    for (const [path, content] of suite.files()) files.set(`${suite.name}/${path}`, content);
  }
  files.set("calibration/agentic.jsonl", jsonLines(calibration()));
  return files;
}

/**
 * Conversations of a suite, to train on or to check a training with.
 *
 * @param name A key of the registry.
 * @param count How many; a larger count goes on where a smaller one ends.
 */
export function* conversations(
  name: string,
  split: "train" | "calibration",
  count: number,
): Generator<Conversation> {
  const suite = suites[name]!;
  const random = createRandom(`${name}/${split}/1`);
  for (let i = 0; i < count; i++) yield suite.conversation(random, split);
}

/** Calibration texts, the suites that are tested in turn. */
function calibration(): { text: string }[] {
  const tested = Object.values(suites).filter((suite) => suite.files().size > 0);
  const streams = tested.map((suite) => ({
    suite,
    random: createRandom(`${suite.name}/calibration/1`),
  }));
  const texts = new Set<string>();
  for (let i = 0; texts.size < CALIBRATION_RECORDS; i++) {
    const { suite, random } = streams[i % streams.length]!;
    const { messages, chat } = suite.conversation(random, "calibration");
    texts.add(chat === false ? messages.map((m) => m.content).join("") : renderChat(messages));
  }
  return Array.from(texts, (text) => ({ text }));
}
