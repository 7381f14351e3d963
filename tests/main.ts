/**
 * `deno task test [FILTER…]`: sets up what the tests need and runs them.
 *
 * The last line is `N passed, N failed` (`, N skipped` when there are any); steps of a test count as tests.
 *
 * @module
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { command, exitWith } from "../runners/command.ts";
import { REPOSITORY } from "../runners/environment/places.ts";
import { transientLine } from "../runners/environment/transient_line.ts";
import { choosePython, ensureEnvironment } from "../runners/environment.ts";
import { start } from "../runners/shell.ts";
import { type Counts, countsLine, countsOf } from "./counts.ts";

const program = command(
  "test",
  "Makes the Python environment when it is missing, and runs the tests.",
  `deno task test                            all of them
   deno task test tests/analysis             those of a folder or a file
   deno task test erank "plan()"             those whose name contains one of these`,
).argument("[filter...]", "files, folders, or parts of test names");

async function main(filters: string[]): Promise<number> {
  const progress = transientLine();
  if (choosePython() === null) {
    await ensureEnvironment({
      say(line) {
        progress.clear();
        console.error(line);
      },
      progress: progress.show,
    });
    progress.clear();
  }
  const report = await Deno.makeTempFile({ prefix: "actgauge-tests-", suffix: ".xml" });
  try {
    const { code, aborted } = await start({
      command: [Deno.execPath(), "test", "-A", `--junit-path=${report}`, ...selection(filters)],
      cwd: REPOSITORY,
      stdout: "inherit",
      stderr: "inherit",
    }).done;
    if (aborted) throw new DOMException("The tests were interrupted", "AbortError");
    const counts = honest(countsOf(await Deno.readTextFile(report)), code ?? 1);
    console.log(countsLine(counts));
    return code ?? 1;
  } finally {
    await Deno.remove(report);
  }
}

function selection(filters: string[]): string[] {
  const paths = filters.filter((filter) => existsSync(join(REPOSITORY, filter)));
  const names = filters.filter((filter) => !paths.includes(filter));
  const escaped = names.map((name) => name.replaceAll(/[.*+?^${}()|[\]\\/]/g, "\\$&"));
  return [
    ...(names.length > 0 ? ["--filter", `/${escaped.join("|")}/`] : []),
    ...(paths.length > 0 ? paths : ["tests"]),
  ];
}

/** A test file that does not even load fails the run, but is in no report: it counts as one failure. */
function honest(counts: Counts, code: number): Counts {
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

if (import.meta.main) {
  program.parse(Deno.args, { from: "user" });
  await exitWith(() => main(program.args));
}
