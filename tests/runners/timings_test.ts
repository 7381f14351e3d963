import assert from "node:assert/strict";
import type { Cell, RunRecord } from "../../data/types.ts";
import { timingsOf } from "../../runners/timings.ts";

const model = { hash: "", bytes: 0, vocabulary: 1, hiddenSize: 1 };
const facts = {
  models: { s: { ...model, parameters: 1e6 }, l: { ...model, parameters: 4e6 } },
};

function cell(variant: string, inputs: Cell["inputs"], kind: Cell["kind"] = "evaluate"): Cell {
  const benchmark = kind === "compress" ? null : "teval";
  return { id: "", kind, variant, benchmark, seed: null, needs: [], inputs };
}

const record = (of: Cell, seconds: number, status: RunRecord["status"] = "done") =>
  ({ cell: of, seconds, status }) as RunRecord;

Deno.test("timings come from the cells most alike: the same variant's draws, the model, other models scaled", () => {
  const asked = { benchmark: { name: "teval", samples: "a" } };
  const timings = timingsOf([
    record(cell("s/gptq-w2-c0", asked), 10),
    record(cell("s/gptq-w2-c1", asked), 20),
    record(cell("s/none", asked), 3),
    record(cell("s/awq", asked), 1000, "failed"),
  ], facts);
  assert.equal(timings.cells, 3);
  assert.equal(timings.seconds(cell("s/gptq-w2-c2", asked)), 15);
  assert.equal(timings.seconds(cell("s/rtn-w4", asked)), 11);
  // Four times the parameters: twice the seconds.
  assert.equal(timings.seconds(cell("l/rtn-w4", asked)), 22);
  assert.equal(
    timings.seconds(cell("s/none", { benchmark: { name: "teval", samples: "b" } })),
    null,
  );
  assert.equal(timings.seconds(cell("s/none", asked, "capture")), null);
  assert.equal(timings.seconds(cell("unknown/none", asked)), null);
});

Deno.test("timings of compression depend on the recipe and the amount of calibration", () => {
  const work = (samples: number) => ({
    recipe: [{ modifier: "GPTQModifier", arguments: {} }],
    simulate: true,
    calibration: { texts: "x", samples, maxLength: 512, seed: samples },
  });
  const timings = timingsOf([record(cell("s/gptq-c0", work(32), "compress"), 5)], facts);
  assert.equal(timings.seconds(cell("s/gptq-c1", work(32), "compress")), 5);
  assert.equal(timings.seconds(cell("l/gptq-c1", work(32), "compress")), 10);
  assert.equal(timings.seconds(cell("s/gptq-c1", work(128), "compress")), null);
});
