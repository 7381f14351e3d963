import assert from "node:assert/strict";
import { linesFrame, showChoices, summaryFrame } from "../../reports/notebook.ts";
import { loadResults } from "../../reports/results.ts";
import { EXPERIMENT, HOSTILE, writeFixture } from "./fixture.ts";

const runs = await Deno.makeTempDir();
await writeFixture(runs);
const results = await loadResults(runs, EXPERIMENT);
await Deno.remove(runs, { recursive: true });

Deno.test("linesFrame() holds the lines that fit, in the log's columns", () => {
  const { model, capability } = results.capabilities[0]!;
  const frame = linesFrame(results.capabilities, { model, capability });
  const fitting = results.capabilities.filter((line) =>
    line.model === model && line.capability === capability
  );
  assert.ok(fitting.length > 1 && fitting.length < results.capabilities.length);
  assert.deepEqual(frame.columns, Object.keys(fitting[0]!));
  assert.deepEqual(frame.getColumn("mean").toArray(), fitting.map(({ mean }) => mean));
  assert.equal(linesFrame(results.capabilities, { model: "unknown" }).height, 0);
});

Deno.test("summaryFrame() names what there is where nothing fits", () => {
  assert.throws(
    () => summaryFrame(results, { metric: "unknown" }),
    /no row with \{"metric":"unknown"\}; there are: metric .*kl_divergence/,
  );
});

Deno.test("showChoices() has a line a sentence as text, and a list as HTML whose titles are escaped", () => {
  const [text, html] = ["text/plain", "text/html"].map((type) =>
    showChoices({
      ...results,
      capabilities: results.capabilities.map((line) => ({ ...line, model: HOSTILE })),
    })[Symbol.for("Jupyter.display")]!()[type]!
  );
  assert.equal(text!.split("\n").length, html!.match(/<li>|<p>Where/g)!.length);
  assert.ok(!html!.includes("<script"));
});
