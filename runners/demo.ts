/**
 * `deno task demo`: the main job from nothing to a report, on the models and suites that the project carries.
 *
 * @module
 */
import { command, exitWith, runsOption } from "./command.ts";
import { formatSeconds } from "./format.ts";
import { interrupted, start } from "./shell.ts";

const EXPERIMENT = new URL("./experiments/demo.yaml", import.meta.url).pathname;
const ROOT = new URL("..", import.meta.url).pathname;

const program = command(
  "demo",
  "Compresses, evaluates and reports on the project's own tiny model.",
  `
  deno task demo                 everything; what is done already is not done again
  deno task demo --runs /tmp/r   keep the runs elsewhere
`,
)
  .option(...runsOption)
  .action((options: { runs: string }) => exitWith(() => demo(options.runs)));

/** Each stage is a command of its own that a user can repeat. */
async function demo(runs: string): Promise<number> {
  const began = performance.now();
  const stages: { says: string; task: string[]; mayFail?: boolean }[] = [
    { says: "Setting up", task: ["setup"] },
    // A failed cell is a result: the report shows it, and the exit code below says so.
    { says: "Running the experiment", task: ["run", EXPERIMENT, "--runs", runs], mayFail: true },
    { says: "Measuring", task: ["results", "demo", "--runs", runs] },
    { says: "Drawing and writing the report", task: ["report", "demo", "--runs", runs] },
  ];
  let worst = 0;
  for (const [index, { says, task, mayFail }] of stages.entries()) {
    console.log(`\n${index + 1}/${stages.length} ${says}: deno task ${shown(task)}`);
    const outcome = await start({
      command: [Deno.execPath(), "task", "--quiet", ...task],
      cwd: ROOT,
      stdout: "inherit",
      stderr: "inherit",
      signal: interrupted(),
    }).done;
    interrupted().throwIfAborted();
    const code = outcome.code ?? 1;
    worst = Math.max(worst, code);
    if (code !== 0 && !(mayFail && code === 1)) return code;
  }
  console.log(`\nThe demo took ${formatSeconds((performance.now() - began) / 1000)}.`);
  return worst;
}

function shown(task: string[]): string {
  return task.map((word) => word === EXPERIMENT ? "runners/experiments/demo.yaml" : word).join(" ");
}

if (import.meta.main) await program.parseAsync(Deno.args, { from: "user" });
