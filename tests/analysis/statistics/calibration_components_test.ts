import assert from "node:assert/strict";
import { calibrationComponents } from "../../../analysis/statistics/calibration_components.ts";

const near = (found: number, expected: number) =>
  assert.ok(Math.abs(found - expected) < 1e-12, `${found}, expected ${expected}`);

Deno.test("calibrationComponents() of a table worked out by hand", () => {
  // Means of seeds 2 and 4, of samples 2, 3, 4; residuals 0, -1, 1 and 0, 1, -1.
  const { mean, calibrationSd, samplingError, standardError } = calibrationComponents([
    [1, 1, 4],
    [3, 5, 4],
  ]);
  // MS(seeds) = 3 (1 + 1) / 1 = 6, MS(samples) = 2 (1 + 0 + 1) / 2 = 2, MS(rest) = 4 / 2 = 2.
  assert.equal(mean, 3);
  near(calibrationSd, Math.sqrt((6 - 2) / 3));
  near(samplingError, Math.sqrt((0 + 2) / 3));
  near(standardError, Math.sqrt(4 / 3 / 2 + 2 / 6));
});

Deno.test("calibrationComponents() of seeds that agree is the error of the samples alone", () => {
  const row = [0, 1, 1, 0, 1];
  const { calibrationSd, samplingError, standardError } = calibrationComponents([row, row, row]);
  assert.equal(calibrationSd, 0);
  // The standard error of the mean of five scores with a variance of 0.3.
  near(samplingError, Math.sqrt(0.3 / 5));
  near(standardError, Math.sqrt(0.3 / 5));
});

Deno.test("calibrationComponents() of seeds that shift every score is the calibration alone", () => {
  const { calibrationSd, samplingError } = calibrationComponents([[1, 1], [2, 2], [3, 3]]);
  near(calibrationSd, 1);
  near(samplingError, 0);
});

Deno.test("calibrationComponents() needs the same samples under several seeds", () => {
  for (const scores of [[], [[1, 2]], [[1], [2]], [[1, 2], [1]]]) {
    assert.throws(() => calibrationComponents(scores), RangeError);
  }
});
