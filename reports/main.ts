/**
 * `deno task report RUN`: tables, figures and one page of a run.
 *
 * @module
 */
import { relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Command, CommanderError, Option } from "commander";
import { experimentsIn, findRun } from "../analysis/find_run.ts";
import { LogError } from "../data/logs.ts";
import { plainLine } from "./render/plain_line.ts";
import { findVenue, VENUES } from "./render/venues.ts";
import { writeGallery } from "./write_gallery.ts";
import { writeReport } from "./write_report.ts";

const OUT = fileURLToPath(new URL("./out", import.meta.url));

const EXAMPLES = `
Writes index.html, which opens from disk, and the figures (SVG, PDF, PNG) and tables (Markdown, CSV,
LaTeX, Typst, HTML) beside it. It reads results.parquet and summary.parquet, which
\`deno task results\` makes.

Examples:
  deno task report demo
  deno task report demo --venue neurips
  deno task report /disk/runs/study --out /tmp/reports
  deno task report study --runs /disk/runs --json
  deno task report study --gallery --out reports/gallery --model tiny-agent-l

Exit code: 0 written, 1 a log is damaged, 2 there is no such run.`;

interface Options {
  runs?: string;
  out: string;
  venue: string;
  gallery?: boolean;
  model?: string;
  json?: boolean;
}

const program = new Command("deno task report")
  .description("Makes the tables, figures and page of a run.")
  .argument("<run>", "name of the experiment, or path of its folder of results")
  .option("--runs <folder>", "folder of runs (default: data/runs)")
  .option("--out <folder>", "folder of reports", relative(Deno.cwd(), OUT) || ".")
  .addOption(
    new Option("--venue <name>", "whose widths the figures have")
      .choices(Object.keys(VENUES)).default("icml"),
  )
  .option("--gallery", "write one Markdown page with its pictures instead, as for a repository")
  .option("--model <name>", "of figures that show one model, only that model's (with --gallery)")
  .option("--json", "print one JSON object instead of text")
  .addHelpText("after", EXAMPLES)
  .exitOverride();

if (import.meta.main) Deno.exit(await main(Deno.args));

/** Runs the command and returns its exit code. */
async function main(args: string[]): Promise<number> {
  try {
    program.parse(args, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
  const options = program.opts<Options>();
  const run = findRun(program.args[0]!, options.runs);
  const known = await experimentsIn(run.runs);
  if (!known.includes(run.experiment)) {
    console.error(plainLine(unknownRun(run, known)));
    return 2;
  }
  try {
    const venue = findVenue(options.venue);
    const request = { ...run, out: resolve(options.out), venue };
    const written = options.gallery
      ? await writeGallery({ ...request, ...options.model && { model: options.model } })
      : await writeReport(request);
    console.log(
      options.json
        ? JSON.stringify(written)
        : `${written.files.length} figures and tables written beside the page.\n${written.page}`,
    );
    return 0;
  } catch (error) {
    if (!(error instanceof LogError)) throw error;
    console.error(plainLine(error.message));
    return 1;
  }
}

function unknownRun({ runs, experiment }: { runs: string; experiment: string }, known: string[]) {
  const there = known.length > 0
    ? `There are: ${known.join(", ")}.`
    : "It holds no run yet: start one with `deno task run`, or name another folder with --runs.";
  return `There is no run "${experiment}" in ${runs}. ${there}`;
}
