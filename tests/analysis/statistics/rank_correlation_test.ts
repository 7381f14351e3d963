import assert from "node:assert/strict";
import { meanBySample } from "../../../analysis/statistics/mean_by_sample.ts";
import { rankCorrelation } from "../../../analysis/statistics/rank_correlation.ts";

const x = [1.2, 1.5, 1.5, 3, 2, 9, 4];
const y = [0.9, 0.8, 0.85, 0.5, 0.8, 0.1, 0.45];
const things = x.map((value, i) => ({ group: String(i), x: value, y: y[i]! }));
const near = (a: number | null, b: number) => assert.ok(Math.abs(a! - b) < 1e-12, `${a} ${b}`);

Deno.test("rankCorrelation() agrees with scipy.stats.spearmanr 1.17.1 and its Fisher interval", () => {
  const { mean, low, high, interval, n } = rankCorrelation(things);
  near(mean, -0.9727272727272728);
  // tanh(atanh(rho) -+ norm.ppf(0.975) * sqrt((1 + rho**2 / 2) / (n - 3)))
  near(low, -0.9974412892676547);
  near(high, -0.7403374385508099);
  assert.equal(interval, "95 % Fisher z");
  assert.equal(n, 7);
});

Deno.test("rankCorrelation() counts a group once, at its means", () => {
  const [first, ...rest] = things;
  const halves = [-1, 1].map((sign) => ({ ...first!, x: first!.x + sign, y: first!.y + 2 * sign }));
  assert.deepEqual(rankCorrelation([...halves, ...rest]), rankCorrelation(things));
});

Deno.test("rankCorrelation() has no interval at 1 or below 4 groups, and no value for a constant", () => {
  const line = (n: number, y = (i: number) => i) =>
    Array.from({ length: n }, (_, i) => ({ group: String(i), x: i, y: y(i) }));
  assert.deepEqual(rankCorrelation(line(9)), {
    n: 9,
    mean: 1,
    low: null,
    high: null,
    interval: null,
  });
  assert.equal(rankCorrelation(line(3, (i) => (i - 1) ** 2)).low, null);
  assert.equal(rankCorrelation(line(5, () => 2)).mean, null);
  assert.equal(rankCorrelation([]).mean, null);
});

Deno.test("meanBySample() counts a sample once, however often it was measured", () => {
  const of = (sampleId: string | null, value: number | null) => ({ sampleId, value });
  const { mean, n } = meanBySample([of("a", 1), of("a", 3), of("b", 5), of("c", null)]);
  assert.deepEqual([mean, n], [3.5, 2]);
  assert.deepEqual(meanBySample([of(null, 1), of(null, 3)]).interval, null);
  assert.equal(meanBySample([]).mean, null);
});
