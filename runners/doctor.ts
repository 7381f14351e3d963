/**
 * `deno task doctor`: what this machine has of what Actgauge needs, and how to mend the rest.
 *
 * @module
 */
import { command, exitWith } from "./command.ts";
import type { Check } from "./doctor/check.ts";
import { checkCache, checkChromium, checkMachine } from "./doctor/machine.ts";
import { checkPythonSide } from "./doctor/python.ts";
import { transientLine } from "./environment/transient_line.ts";
import { plain } from "./shell.ts";

const program = command(
  "doctor",
  "Looks at what this machine has of what Actgauge needs. Exit code 1 when something needed is wrong.",
  `deno task doctor           one line for each check
   deno task doctor --json    the same for programs`,
).option("--json", "print the checks as JSON");

/** Looks at everything. */
export async function checkAll(): Promise<Check[]> {
  return [
    ...await checkMachine(),
    await checkCache(),
    ...await checkPythonSide(),
    checkChromium(),
  ];
}

/** One check in a line or two, the mend included. */
export function checkLine(check: Check, colour: boolean): string {
  const mark = { good: "✓", weak: "!", bad: "✗" }[check.state];
  const code = { good: 32, weak: 33, bad: 31 }[check.state];
  const shown = colour ? `\x1b[${code}m${mark}\x1b[0m` : mark;
  const found = check.found.split("\n").map(plain).join("\n    ");
  const mend = check.mend === null ? "" : `\n    → ${plain(check.mend)}`;
  return `${shown} ${check.name.padEnd(20)} ${found}${mend}`;
}

async function doctor(options: { json?: true }): Promise<number> {
  const progress = transientLine();
  progress.show("importing everything (up to a minute) …");
  const checks = await checkAll();
  progress.clear();
  const wrong = checks.filter((check) => check.state === "bad").length;
  if (options.json) {
    console.log(JSON.stringify({ ok: wrong === 0, checks }, null, 2));
  } else {
    const colour = Deno.stdout.isTerminal() && !Deno.noColor;
    for (const check of checks) console.log(checkLine(check, colour));
    console.log(wrong === 0 ? "Ready." : `${wrong} of ${checks.length} checks failed.`);
  }
  return wrong === 0 ? 0 : 1;
}

if (import.meta.main) {
  program.parse(Deno.args, { from: "user" });
  await exitWith(() => doctor(program.opts()));
}
