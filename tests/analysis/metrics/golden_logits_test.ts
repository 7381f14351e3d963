import assert from "node:assert/strict";
import type { Capture } from "../../../analysis/capture.ts";
import type { MetricValue } from "../../../data/types.ts";
import { measureBy, oneSample, rowsOf } from "../captures.ts";
import { deviation, float32, golden, type GoldenNumber } from "../golden/golden.ts";

interface Case {
  name: string;
  width: number;
  tokens: number[];
  baseline: string;
  variant: string;
  expected: Record<string, GoldenNumber | GoldenNumber[]>;
}

const cases = await golden<Case[]>("logits.json");

function capturesOf(of: Case): { variant: Capture; baseline: Capture } {
  const read = (values: string) => oneSample(rowsOf(float32(values), of.width), of.tokens);
  return { variant: read(of.variant), baseline: read(of.baseline) };
}

/** What the kernels promise of sums of exponentials in float32, see analysis/README.md. */
const BOUND = 3e-6;

for (const of of cases) {
  Deno.test(`metrics agree with SciPy and torch: ${of.name}`, () => {
    const { variant, baseline } = capturesOf(of);
    const at = (name: string) => of.expected[name] as GoldenNumber[];
    for (const name of ["kl_divergence", "negative_log_likelihood"]) {
      check(name, measureBy(name, variant, baseline), at(name), BOUND);
    }
    for (const name of ["kendall_tau", "spearman_rho", "topk_jaccard"]) {
      for (const k of [3, 10, 20]) {
        const values = measureBy(name, variant, baseline).filter((value) =>
          value.parameter === `k=${k}`
        );
        check(`${name} k=${k}`, values, at(`${name} k=${k}`), 1e-14);
      }
    }
    const energies = at("logsumexp").map((value) =>
      Number.isFinite(Number(value)) ? -Number(value) : null
    );
    check("energy", measureBy("energy", variant, baseline), energies, BOUND);
    const [perplexity] = measureBy("perplexity", variant, baseline);
    const error = deviation(perplexity!.value, of.expected.perplexity as GoldenNumber);
    assert.ok(error <= BOUND, `perplexity is off by ${error}`);
  });
}

function check(name: string, values: MetricValue[], expected: GoldenNumber[], bound: number): void {
  assert.equal(values.length, expected.length);
  values.forEach((value, row) => {
    const error = deviation(value.value, expected[row]!);
    assert.ok(error <= bound, `${name} of row ${row}: ${value.value}, expected ${expected[row]}`);
    assert.equal(value.reason === null, value.value !== null, "a missing value has a reason");
    assert.equal(value.position, row);
  });
}
