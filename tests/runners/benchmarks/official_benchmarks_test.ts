import assert from "node:assert/strict";
import fc from "fast-check";
import { LONGBENCH_SETS } from "../../../runners/benchmarks/longbench/datasets.ts";
import { BENCHMARKS } from "../../../runners/benchmarks/registry.ts";
import type { ScorerMode } from "../../../runners/scoring/score_context.ts";
import { cpuSeconds } from "../scoring/cpu_seconds.ts";
import { context, type Fixture, FIXTURES, garbage } from "./official_fixtures.ts";

const MODES: ScorerMode[] = ["upstream", "fixed"];

function score({ benchmark, sample }: Fixture, completion: string, mode: ScorerMode) {
  return BENCHMARKS[benchmark]!.score(sample, completion, context(mode));
}

/** LongBench has 21 subtasks, but 9 scorers. */
function scorerOf({ benchmark, sample }: Fixture): string {
  return benchmark === "longbench" ? LONGBENCH_SETS[sample.subtask]!.metric : sample.subtask;
}

function assertInRange(fixture: Fixture, completion: string): void {
  for (const mode of MODES) {
    for (const { metric, value, reason } of score(fixture, completion, mode)) {
      const label = `${fixture.benchmark} ${fixture.sample.subtask} ${metric} ${mode}: ${value}`;
      if (value === null) assert.ok(reason, label);
      else assert.ok(value >= 0 && value <= 1 && reason === null, label);
    }
  }
}

Deno.test("a perfect completion scores 1 in fixed mode on every subtask", () => {
  for (const fixture of FIXTURES) {
    const { mainMetric } = BENCHMARKS[fixture.benchmark]!;
    const main = score(fixture, fixture.perfect, "fixed").find(({ metric }) =>
      metric === mainMetric
    );
    assert.equal(main?.value, 1, `${fixture.benchmark} ${fixture.sample.subtask}`);
  }
});

Deno.test("every subtask scores the same metrics for a good and a bad completion", () => {
  for (const fixture of FIXTURES) {
    for (const mode of MODES) {
      const names = (text: string) => score(fixture, text, mode).map(({ metric }) => metric);
      assert.deepEqual(names("no answer"), names(fixture.perfect));
    }
  }
});

Deno.test("scores of any text lie between 0 and 1, or are null with a reason", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.array(
      fc.constantFrom(
        "Node:",
        "\n",
        "1: a",
        "(START,1)",
        "(1,END)",
        "{",
        "}",
        "[",
        "]",
        '"',
        "'",
        "name",
        "args",
        ":",
        ",",
        "A",
        "5",
        "Answer_9:",
        "answer is ",
        "Finish[x]",
        "the",
      ),
    ).map((
      words,
    ) => words.join("")),
  );
  fc.assert(
    fc.property(fc.constantFrom(...FIXTURES), text, fc.nat(), (fixture, noise, at) => {
      const { perfect } = fixture;
      const cut = at % (perfect.length + 1);
      assertInRange(fixture, noise);
      assertInRange(fixture, perfect.slice(0, cut) + noise + perfect.slice(cut));
    }),
    { numRuns: 400 },
  );
});

Deno.test("garbage neither throws nor takes a second a sample", () => {
  const scorers = new Map(FIXTURES.map((fixture) => [scorerOf(fixture), fixture]));
  for (const text of garbage()) {
    for (const fixture of scorers.values()) {
      for (const mode of MODES) {
        const start = cpuSeconds();
        score(fixture, text, mode);
        const seconds = cpuSeconds() - start;
        const label = `${fixture.benchmark} ${fixture.sample.subtask} ${mode}`;
        assert.ok(seconds < 1, `${label}: ${seconds} s for ${JSON.stringify(text.slice(0, 30))}`);
      }
    }
  }
});

Deno.test("a score without its hook is null and says what is missing", () => {
  const bare = { ...context("fixed"), similarity: null, segment: null };
  const missing = FIXTURES.filter(({ sample }) =>
    /^(plan|rru|reason|os$|alfworld|webshop|dureader|vcsum|multifieldqa_zh)/.test(sample.subtask)
  );
  assert.equal(missing.length, 10);
  for (const { benchmark, sample, perfect } of missing) {
    for (const { reason, value } of BENCHMARKS[benchmark]!.score(sample, perfect, bare)) {
      assert.equal(value, null);
      assert.match(reason!, /needs/);
    }
  }
});
