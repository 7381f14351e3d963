import assert from "node:assert/strict";
import fc from "fast-check";
import type { Benchmark, Sample } from "../../../runners/benchmarks/benchmark.ts";
import { BENCHMARKS } from "../../../runners/benchmarks/registry.ts";
import { needle } from "../../../runners/benchmarks/needle/needle.ts";
import { toolCall } from "../../../runners/benchmarks/tool_call/tool_call.ts";
import { context } from "./official_fixtures.ts";
import { renderJsonCall, renderStringCall } from "../../../data/suites/tool_call/render_call.ts";

function scores(benchmark: Benchmark, sample: Sample, completion: string): Record<string, number> {
  return Object.fromEntries(
    benchmark.score(sample, completion, context("fixed")).map((
      { metric, value },
    ) => [metric, value!]),
  );
}

const gold = { name: "book_hotel", args: { city: 'Sao "P"', nights: 3 } };
const asked = (subtask: string): Sample => ({ id: "a", subtask, messages: [], gold });

Deno.test("tool_call: every gold call of the suite, rendered as asked, is exact", async () => {
  for (const sample of await toolCall.load(toolCall.data!.pathname)) {
    const call = sample.gold as unknown as Parameters<typeof renderJsonCall>[0];
    const text = sample.subtask === "json" ? renderJsonCall(call) : renderStringCall(call);
    assert.deepEqual(scores(toolCall, sample, text), { exact: 1, name: 1, args: 1, format: 1 });
  }
});

Deno.test("tool_call: what each kind of mistake costs", () => {
  const json: [string, Record<string, number>][] = [
    ['{"args": {"nights": 3, "city": "Sao \\"P\\""}, "name": "book_hotel"}', {
      exact: 1,
      name: 1,
      args: 1,
      format: 1,
    }],
    ['{"name": "book_train", "args": {"city": "Sao \\"P\\"", "nights": 3}}', {
      exact: 0,
      name: 0,
      args: 1,
      format: 1,
    }],
    ['{"name": "book_hotel", "args": {"city": "Rome", "nights": 3}}', {
      exact: 0,
      name: 1,
      args: 0.5,
      format: 1,
    }],
    ['{"name": "book_hotel", "args": {"city": "Sao \\"P\\"", "nights": "3"}}', {
      exact: 0,
      name: 1,
      args: 0.5,
      format: 1,
    }],
    ['{"name": "book_hotel", "args": {"city": "Sao \\"P\\"", "nights": 3, "stars": 4}}', {
      exact: 0,
      name: 1,
      args: 2 / 3,
      format: 1,
    }],
    ['{"name": "book_hotel", "args": {"city": "Sao', { exact: 0, name: 0, args: 0, format: 0 }],
    ['book_hotel(city="Sao \\"P\\"", nights=3)', { exact: 0, name: 0, args: 0, format: 0 }],
  ];
  for (const [text, expected] of json) {
    assert.deepEqual(scores(toolCall, asked("json"), text), expected, text);
  }
  const string: [string, Record<string, number>][] = [
    ['book_hotel(city="Sao \\"P\\"", nights=3)', { exact: 1, name: 1, args: 1, format: 1 }],
    ['book_hotel( nights=3 , city="Sao \\"P\\"" )', { exact: 1, name: 1, args: 1, format: 1 }],
    ["book_hotel()", { exact: 0, name: 1, args: 0, format: 1 }],
    ["book_hotel(nights=3,)", { exact: 0, name: 0, args: 0, format: 0 }],
    ['book_hotel(city="Sao \\q", nights=3)', { exact: 0, name: 0, args: 0, format: 0 }],
    ["book_hotel(nights=3", { exact: 0, name: 0, args: 0, format: 0 }],
  ];
  for (const [text, expected] of string) {
    assert.deepEqual(scores(toolCall, asked("string"), text), expected, text);
  }
});

Deno.test("needle: case, full stop and spaces do not matter, other words do", () => {
  const sample: Sample = { id: "a", subtask: "10", messages: [], gold: "Nils Rose" };
  assert.deepEqual(scores(needle, sample, " nils  rose.\n"), { exact: 1, contains: 1 });
  assert.deepEqual(scores(needle, sample, "It is Nils Rose."), { exact: 0, contains: 1 });
  assert.deepEqual(scores(needle, sample, "Nils Roses"), { exact: 0, contains: 0 });
  assert.deepEqual(scores(needle, sample, ""), { exact: 0, contains: 0 });
});

Deno.test("own benchmarks: scores lie in 0..1 for any completion, and none takes long", async () => {
  const hostile = fc.oneof(
    fc.string({ unit: "binary", maxLength: 200 }),
    fc.constantFrom(
      "[".repeat(1e6),
      "a(" + 'b="c", '.repeat(1e5),
      "\ud800\0",
      'a(b="' + "\\".repeat(1e5),
    ),
    fc.json(),
  );
  for (const benchmark of Object.values(BENCHMARKS).filter(({ upstream }) => upstream === null)) {
    const samples = (await benchmark.load(benchmark.data!.pathname)).slice(0, 70).filter((_, i) =>
      i % 10 === 0
    );
    fc.assert(
      fc.property(fc.constantFrom(...samples), hostile, (sample, completion) => {
        const start = performance.now();
        for (const { value } of benchmark.score(sample, completion, context("fixed"))) {
          assert(value !== null && value >= 0 && value <= 1);
        }
        assert(performance.now() - start < 1000);
      }),
      { numRuns: 200 },
    );
  }
});

Deno.test("own benchmarks: a record that does not fit is named by file, line and field", async () => {
  const path = await Deno.makeTempFile({ suffix: ".jsonl" });
  const good = { id: "a", subtask: "json", messages: [{ role: "user", content: "" }], gold };
  const refused: [string, RegExp][] = [
    ["", /holds no samples/],
    ["{", /line 1: not JSON/],
    [
      JSON.stringify(good) + "\n" + JSON.stringify({ ...good, subtask: "yaml" }),
      /line 2, field "subtask"/,
    ],
    [JSON.stringify(good) + "\n" + JSON.stringify(good), /the id "a" stands twice/],
  ];
  for (const [text, message] of refused) {
    await Deno.writeTextFile(path, text);
    await assert.rejects(toolCall.load(path), message);
  }
  await Deno.remove(path);
});
