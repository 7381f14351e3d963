import assert from "node:assert/strict";
import { createRandom } from "../../../../data/suites/random.ts";
import { CATALOGUE, TEXT, type Value } from "../../../../data/suites/teval/catalogue.ts";
import { judged } from "../../../../data/suites/teval/judged.ts";
import { callOf, planOf, type Step } from "../../../../data/suites/teval/steps.ts";
import { tevalRecords } from "../../../../data/suites/teval/teval.ts";
import { request, thought } from "../../../../data/suites/teval/wording.ts";

function step(name: string, args: Record<string, Value>, uses: number | null = null): Step {
  const tool = CATALOGUE.find((candidate) => candidate.name === name)!;
  return { tool, args, uses, result: tool.results[0] ?? "" };
}

const weather = step("Weather.get", { city: "Oslo", day: "Monday" });
const mail = step("Mail.send", { [TEXT]: "", name: "Ben" }, 0);

Deno.test("request() words two steps in either order, with the order in time kept", () => {
  const random = createRandom("test/request");
  const requests = new Set(Array.from({ length: 500 }, () => request(random, [weather, mail])));
  assert.equal(requests.size, 6 * 2 * 2);
  for (
    const expected of [
      "Please get the weather in Oslo on Monday, then mail it to Ben.",
      "After you get the weather in Oslo on Monday, mail it to Ben.",
      "Before you mail it to Ben, get the weather in Oslo on Monday.",
      "Please mail it to Ben, but first get the weather in Oslo on Monday.",
    ]
  ) assert.ok(requests.has(expected), expected);
});

Deno.test("thought() gives the step in the first wording, and the tool", () => {
  assert.equal(
    thought(weather),
    "I should get the weather in Oslo on Monday, so I use Weather.get.",
  );
  assert.equal(thought(mail), "I should mail it to Ben, so I use Mail.send.");
  const report = step("Mail.send", { [TEXT]: "report", name: "Ben" });
  assert.equal(thought(report), "I should mail the report to Ben, so I use Mail.send.");
});

Deno.test("a text that is to be found is named in a plan, and its value stands in the call", () => {
  assert.deepEqual(planOf([weather, mail])[1], {
    name: "Mail.send",
    args: { text: "result 0", name: "Ben" },
  });
  assert.deepEqual(callOf([weather, mail], 1).args, { text: "sun", name: "Ben" });
});

Deno.test("judged() makes the verdict's case and no other's", () => {
  const random = createRandom("test/judged");
  const whole = { name: "Weather.get", args: weather.args };
  for (let i = 0; i < 200; i++) {
    const right = judged(random, weather, "A");
    assert.deepEqual(right.call, whole);
    assert.match(right.said, /^(ok, |done, )?the weather is sun$/);
    const wrong = judged(random, weather, "C");
    const faults = ["city", "day"].filter((key) => !wrong.call.args[key]);
    assert.equal(faults.length, 1);
    assert.match(wrong.said, RegExp(`\\b${faults[0]}\\b`));
    const another = judged(random, weather, "D");
    assert.deepEqual(another.call, whole);
    assert.match(another.said, /^(ok, |done, )?the /);
    assert.ok(!another.said.includes("weather"));
    for (const verdict of ["B", "E"] as const) {
      const { call, said } = judged(random, weather, verdict);
      assert.deepEqual(call, whole);
      assert.equal(/error|server|broke/.test(said), verdict === "B", said);
    }
  }
});

Deno.test("the values of an answer stand in the prompt, and its tool was not called before", () => {
  const asked = tevalRecords().filter(({ subtask }) => /reason|retr|underst|rru/.test(subtask));
  assert.equal(asked.length, 80);
  let later = 0;
  for (const { messages, turn } of asked) {
    const [, name, args] = /^(.*?)\((.*)\)$/.exec(turn.instance)!;
    for (const [, value] of args!.matchAll(/="?([^",]+)/g)) {
      assert.match(turn.prompt, RegExp(`\\b${value}\\b`), turn.instance);
    }
    assert.ok(!turn.prompt.includes(`Call: ${name}`));
    assert.ok(messages[0]!.content.includes(`\n${name}(`), "the tool is offered");
    if (turn.prompt.includes("\nCall: ")) later++;
  }
  assert.ok(later >= 20 && later <= 60, `${later} of 80 ask after a first call`);
});
