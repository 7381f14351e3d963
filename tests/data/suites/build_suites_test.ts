import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  buildSuites,
  jsonLines,
  trainingConversations,
} from "../../../data/suites/build_suites.ts";
import type { Message } from "../../../data/suites/suite.ts";

const SUITES = join(import.meta.dirname!, "../../../data/suites");

/**
 * What a prompt asks for, read from the text alone: the request without the wording of the system, or
 * the sentence that holds the needle's name with the question.
 */
function asked(messages: Message[]): string[] {
  const [first] = messages;
  const haystack = first!.content.split("\n")[0]!;
  return messages.filter(({ role }) => role === "user").map(({ content }) => {
    const line = content.split("\n").at(-1)!;
    const name = /^What is the full name of (\w+)\?$/.exec(line)?.[1];
    if (name === undefined) return line;
    return RegExp(`${name} [A-Z]\\w+`).exec(haystack)![0];
  });
}

/** Undoes ChatML. */
function parseChat(text: string): Message[] {
  return Array.from(
    text.matchAll(/<\|im_start\|>(\w+)\n(.*?)<\|im_end\|>\n/gs),
    ([, role, content]) => ({ role, content } as Message),
  );
}

function records<T>(file: string): T[] {
  return buildSuites().get(file)!.trimEnd().split("\n").map((line) => JSON.parse(line));
}

Deno.test("the committed suites are what the generator makes, byte for byte", async () => {
  const files = buildSuites();
  assert.equal(files.size, 3);
  for (const [name, content] of files) {
    assert.ok(
      (await readFile(join(SUITES, name), "utf8")) === content,
      `data/suites/${name} differs from what \`deno task suites\` writes`,
    );
  }
});

Deno.test("train, calibration and test share no instance", () => {
  const test = ["tool_call", "needle"].flatMap((suite) =>
    records<{ messages: Message[] }>(`${suite}/test.jsonl`).flatMap(({ messages }) =>
      asked(messages)
    )
  );
  const calibration = records<{ text: string }>("calibration/agentic.jsonl")
    .flatMap(({ text }) => asked(parseChat(text)));
  const train = [...trainingConversations(20_000)].flatMap(({ messages }) => asked(messages));
  assert.equal(test.length, 240);
  assert.equal(calibration.length, 256);
  assert.ok(train.length > 50_000);
  assert.equal(new Set(test).size, 240, "a test instance occurs twice");
  assert.equal(new Set([...test, ...calibration]).size, 240 + new Set(calibration).size);
  const heldOut = new Set([...test, ...calibration]);
  assert.deepEqual(train.filter((instance) => heldOut.has(instance)), []);
});

Deno.test("trainingConversations() of more records starts with those of fewer", () => {
  const few = jsonLines(trainingConversations(10));
  assert.ok(jsonLines(trainingConversations(20)).startsWith(few));
  assert.equal(few.split("\n").length, 11);
});

Deno.test("10,000 conversations take less than 10 seconds", () => {
  const started = performance.now();
  assert.equal([...trainingConversations(10_000)].length, 10_000);
  assert.ok(performance.now() - started < 10_000);
});
