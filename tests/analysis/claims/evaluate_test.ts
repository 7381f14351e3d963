import assert from "node:assert/strict";
import type { Claim, Expression, Rule } from "../../../analysis/claims/claim.ts";
import { auditClaim } from "../../../analysis/claims/audit.ts";
import { evaluateExpression, meets } from "../../../analysis/claims/evaluate_expression.ts";
import { evaluateRule } from "../../../analysis/claims/evaluate_rule.ts";
import { readPaperTables } from "../../../data/paper/acbench.ts";

const cells = await readPaperTables();
const value = (expression: Expression) => evaluateExpression(expression, cells).value;
const row = (column: string) => ({ table: 2, column });

Deno.test("correlations over Table 2 agree with SciPy", () => {
  // SciPy 1.17.1: pearsonr and spearmanr of the printed rows.
  const close = (expression: Expression, expected: number) =>
    assert.ok(Math.abs(value(expression)! - expected) < 1e-12, `${value(expression)}`);
  close({ pearson: [row("ACC"), row("ERank (4bit)")] }, 0.027692822016070817);
  close({ pearson: [row("ACC"), row("Energy")] }, -0.009255914977719992);
  close({ spearman: [row("ACC"), row("ERank (4bit)")] }, -0.2);
  close({ spearman: [row("ERank (4bit)"), row("Energy")] }, 1);
});

Deno.test("changes of paired cells agree with NumPy", () => {
  // NumPy 2.3.5: mean and std(ddof=1) of the five differences.
  const pattern = { table: 9, model: "InternLM2.5-7B", column: "P" };
  const pairs = {
    cells: { ...pattern, compression: "GPTQ" },
    against: { ...pattern, compression: "none" },
    by: ["group" as const],
  };
  const close = (expression: Expression, expected: number) =>
    assert.ok(Math.abs(value(expression)! - expected) < 1e-9, `${value(expression)}`);
  close({ meanChange: "points", pairs }, 0.78);
  close({ meanChange: "percent", pairs }, 18.99867689069311);
  close({ spread: "points", pairs }, 7.090860314517555);
  assert.equal(value({ shareOf: "points", pairs, is: ">", to: 0 }), 3 / 5);
});

Deno.test("a flagged cell counts with its best reading, a missing one without stays missing", () => {
  assert.equal(value({ cell: { table: 1, column: "Retrieve", metric: "size" } }), 6426);
  const lost = evaluateExpression({ mean: { table: 3, column: "RB-P" } }, cells);
  assert.equal(lost.value, null);
  assert.equal(lost.missing.length, 6);
});

Deno.test("a pattern that finds no cell, or several for one, names the claim", () => {
  const claim = (rule: Rule): Claim => ({
    id: "test",
    paper: "ACBench",
    section: "",
    line: 1,
    sentence: "",
    readings: [{ name: "as stated", rule }],
  });
  assert.throws(
    () => auditClaim(claim({ compare: { cell: { table: 8 } }, is: ">", to: 0 }), cells),
    /^RangeError: claim test, reading "as stated": .* means one cell, and 480 match/,
  );
  assert.throws(
    () => auditClaim(claim({ compare: { mean: { table: 11 } }, is: ">", to: 0 }), cells),
    /no cell matches/,
  );
});

Deno.test("a share is decided only when the unprinted members cannot turn it", () => {
  // Table 4, SparseGPT(2:4) on InternLM2.5-7B: 15 cells printed, 4 lost.
  const each = { table: 4, model: "InternLM2.5-7B", compression: "SparseGPT(2:4)" };
  const decide = (of: number) =>
    evaluateRule({ each, is: ">", to: 20, share: { is: ">=", of } }, cells).outcome;
  // 8 of the 15 exceed 20, and 0 to 4 of the lost ones may.
  assert.equal(decide(8 / 19), "supported");
  assert.equal(decide(9 / 19), "cannot be checked");
  assert.equal(decide(12 / 19), "cannot be checked");
  assert.equal(decide(13 / 19), "contradicted");
});

Deno.test("meets() does not turn on binary fractions", () => {
  assert.ok(meets(0.69 - 0.72, ">=", -0.03));
  assert.ok(!meets(0.1 + 0.2, ">", 0.3));
  assert.ok(meets(61.33, "==", 61, 0.5));
  assert.ok(meets(-3, "between", [-3, -1]));
  assert.ok(!meets(Number.NaN, "==", 0));
  assert.ok(!meets(Number.NaN, ">=", 0));
});
