/**
 * Runs golden files of upstream scorers against our scorers in upstream mode.
 *
 *     deno task conformance FILE…
 *
 * Prints how many entries of each function agree, the first disagreements in full, and a last line
 * `N passed, N failed`. Exit code 0 when all agree, 1 when one does not, 2 for files that cannot be read.
 *
 * @module
 */
import { BENCHMARKS } from "./benchmarks/registry.ts";
import { type Outcome, runCheck } from "./conformance/check.ts";
import { readGolden } from "./conformance/documents.ts";
import { pythonRepr } from "./scoring/python_repr.ts";
import { UserError } from "./errors.ts";

/** Disagreements that are printed of each function. */
const SHOWN = 3;

/** Runs the files and prints the report; returns the exit code. */
export async function conformance(paths: string[], print: (line: string) => void): Promise<number> {
  if (paths.length === 0) {
    throw new UserError("name at least one golden file: deno task conformance FILE…");
  }
  let passed = 0;
  let failed = 0;
  for (const path of paths) {
    const { benchmark, checks, unchecked } = await readGolden(path);
    const outcomes = checks.map(runCheck);
    const { title, upstream } = BENCHMARKS[benchmark]!;
    print(`${path}: ${title}, ${upstream}`);
    for (const [fn, group] of groupByFunction(outcomes)) report(fn, group, print);
    for (const name of unchecked) {
      print(`  ${name}: not checked; the file lacks the inputs, or the field is not known`);
    }
    passed += outcomes.filter((outcome) => outcome.passed).length;
    failed += outcomes.filter((outcome) => !outcome.passed).length;
  }
  print(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

function groupByFunction(outcomes: Outcome[]): Map<string, Outcome[]> {
  const groups = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    const group = groups.get(outcome.check.fn);
    if (group === undefined) groups.set(outcome.check.fn, [outcome]);
    else group.push(outcome);
  }
  return groups;
}

function report(fn: string, outcomes: Outcome[], print: (line: string) => void): void {
  const agree = outcomes.filter((outcome) => outcome.passed).length;
  const raised = outcomes.filter((outcome) => outcome.passed && outcome.upstreamRaised).length;
  const byNoise = outcomes.filter((outcome) => outcome.byNoise).length;
  const notes = [
    raised > 0 ? `${raised} where upstream raises: no score, with a reason` : "",
    byNoise > 0 ? `${byNoise} by a tie that rounding of the similarities decides` : "",
  ].filter((note) => note !== "").join("; ");
  print(`  ${fn}: ${agree} of ${outcomes.length} agree${notes === "" ? "" : ` (${notes})`}`);
  for (const { actual, check } of outcomes.filter(({ passed }) => !passed).slice(0, SHOWN)) {
    print(`    ${check.id}`);
    print(`      expected ${pythonRepr(check.expected)}`);
    print(`      computed ${show(actual)}`);
  }
}

function show(value: unknown): string {
  return Deno.inspect(value, {
    depth: 20,
    strAbbreviateSize: Infinity,
    iterableLimit: Infinity,
    breakLength: Infinity,
    compact: true,
  });
}

if (import.meta.main) {
  try {
    Deno.exit(await conformance(Deno.args, console.log));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    console.error(`error: ${error.message}`);
    Deno.exit(2);
  }
}
