import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { buildSuites, conversations } from "../../../data/suites/build_suites.ts";
import { createRandom } from "../../../data/suites/random.ts";
import { suites } from "../../../data/suites/registry.ts";
import { renderChat } from "../../../data/suites/chat_template.ts";

const SUITES = join(import.meta.dirname!, "../../../data/suites");

Deno.test("the committed suites are what the generator makes, byte for byte", async () => {
  const files = buildSuites();
  assert.ok(files.has("calibration/agentic.jsonl"));
  for (const [name, content] of files) {
    assert.ok(
      (await readFile(join(SUITES, name), "utf8")) === content,
      `data/suites/${name} differs from what \`deno task suites\` writes`,
    );
  }
});

for (const suite of Object.values(suites)) {
  Deno.test(`${suite.name}: train, calibration and test share no instance`, () => {
    const test = suite.testInstances();
    const random = createRandom(`${suite.name}/calibration/1`);
    const calibration = Array.from(
      { length: 1000 },
      () => suite.conversation(random, "calibration").instances,
    ).flat();
    const train = [...conversations(suite.name, "train", 5000)].flatMap((c) => c.instances);
    assert.equal(new Set(test).size, test.length, "a test instance occurs twice");
    assert.ok(calibration.length >= 1000 && train.length >= 5000);
    const heldOut = new Set([...test, ...calibration]);
    assert.equal(heldOut.size, test.length + new Set(calibration).size);
    assert.deepEqual(train.filter((instance) => heldOut.has(instance)), []);
  });

  Deno.test(`${suite.name}: no conversation to train on holds a test prompt`, () => {
    const text = [...suite.files().values()].join("\n");
    for (const { messages } of conversations(suite.name, "train", 200)) {
      const prompt = messages.find(({ role }) => role === "user")!.content;
      assert.ok(!text.includes(JSON.stringify(prompt).slice(1, -1)), renderChat(messages));
    }
  });
}

Deno.test("conversations() of more records starts with those of fewer", () => {
  const few = [...conversations("worfbench", "train", 10)];
  assert.deepEqual([...conversations("worfbench", "train", 20)].slice(0, 10), few);
});

Deno.test("10,000 conversations of each suite take less than 10 seconds", () => {
  for (const name of Object.keys(suites)) {
    const started = performance.now();
    assert.equal([...conversations(name, "train", 10_000)].length, 10_000);
    assert.ok(performance.now() - started < 10_000, name);
  }
});
