import assert from "node:assert/strict";
import { Summary } from "../../analysis/summary.ts";

function summaryOf(metric: string, values: number[]) {
  const summary = new Summary(() => "m/none");
  summary.add({
    cellId: "0".repeat(16),
    variant: "m/none",
    benchmark: "b",
    subtask: "all",
    metric,
    parameter: null,
    seed: 0,
    samples: values.map((_, sample) => String(sample)),
    sample: Int32Array.from(values, (_, sample) => sample),
    position: null,
    value: Float64Array.from(values),
    reason: null,
    reasons: [],
  });
  return summary.rows()[0]!;
}

Deno.test("a summary cuts the interval of a score that is a share at 0 and 1, and of no other", () => {
  const share = summaryOf("f1", [0.9, 1, 1, 0.4]);
  assert.ok(share.high === 1 && share.low! > 0 && share.low! < share.mean!);
  assert.equal(summaryOf("f1", [0.02, 0, 0, 0.4]).low, 0);
  const steps = summaryOf("steps", [0.5, 1, 9, 30]);
  assert.ok(steps.low! < 0 && steps.high! > 1);
});
