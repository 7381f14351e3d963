/**
 * `deno task results RUN`: measures the logs of a run.
 *
 * @module
 */
import { relative } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import type { Cell } from "../data/types.ts";
import { TEMPERATURES } from "./capture.ts";
import { DEFAULT_MARGIN } from "./choice/judge.ts";
import { experimentsIn, findRun, type Run } from "./find_run.ts";
import { HISTOGRAM_POSITIONS } from "./histograms.ts";
import { plural } from "./numbers.ts";
import { printable } from "./printable.ts";
import { progressLine } from "./progress_line.ts";
import { buildResults, type BuiltResults, UnknownExperimentError } from "./results.ts";
import { DEFAULT_POSITIONS, POSITIONS, type Positions } from "./sample_rows.ts";

const EXAMPLES = `
Writes into the run's folder: results.parquet (every metric of every cell, in long form),
summary.parquet (means over samples with intervals, differences from the baseline),
histograms.parquet (how the logits spread at some positions of the answers), comparisons.parquet
(each score of each method against the baseline, with tests), capabilities.parquet (what each
method keeps of each capability, and what it costs) and spans.parquet (damage in reasoning and in
actions). Then it says what to choose and where the damage sits.

Examples:
  deno task results demo
  deno task results demo --json
  deno task results /disk/runs/study
  deno task results study --runs /disk/runs --positions continuation
  deno task results study --energy-temperatures 0.5 1 2 --histogram-positions 0 10 100
  deno task results demo --margin 0.1     a loss of less than 0.1 counts as none

What was measured on a cell is kept in the folder "measured" of the run: after new cells only these
are measured. The folder may be deleted at any time.

Exit code: 0 built, 1 a log is damaged, 2 there is no such run, 130 after Ctrl-C.`;

/** Cells that a list names before it only counts. */
const SHOWN = 8;

interface Options {
  runs?: string;
  json?: boolean;
  positions: Positions;
  histogramPositions: readonly number[];
  energyTemperatures: readonly number[];
  margin: number;
}

const program = new Command("deno task results")
  .description("Measures every metric on the logs of a run.")
  .argument("<run>", "name of the experiment, or path of its folder of results")
  .option("--runs <folder>", "folder of all runs (default: $ACTGAUGE_RUNS, else data/runs)")
  .addOption(
    new Option(
      "--positions <which>",
      "tokens that the metrics of captures take in: the model's own (of an episode, those in its [REASON] and [ACT] " +
        "spans), all of the continuation, or the prompt too",
    ).choices(POSITIONS).default(DEFAULT_POSITIONS),
  )
  .addOption(
    new Option(
      "--histogram-positions <positions...>",
      "tokens of the answers whose logits are counted",
    )
      .argParser(wholeNumber).default(HISTOGRAM_POSITIONS, HISTOGRAM_POSITIONS.join(" ")),
  )
  .addOption(
    new Option("--energy-temperatures <temperatures...>", "temperatures of the energies")
      .argParser(temperature).default(TEMPERATURES, TEMPERATURES.join(" ")),
  )
  .addOption(
    new Option("--margin <number>", "largest difference of a score that counts as none")
      .argParser(marginOf).default(DEFAULT_MARGIN),
  )
  .option("--json", "print one JSON object instead of text")
  .addHelpText("after", EXAMPLES)
  .exitOverride((error) => Deno.exit(error.exitCode === 0 ? 0 : 2))
  .showHelpAfterError("(--help shows the options and examples)");

function marginOf(text: string): number {
  const margin = Number(text);
  if (text.trim() !== "" && margin > 0 && margin < 1) return margin;
  throw new InvalidArgumentError("Expected a number between 0 and 1, such as 0.05.");
}

async function main(args: string[]): Promise<number> {
  program.parse(args, { from: "user" });
  const options = program.opts<Options>();
  const run = findRun(program.args[0]!, options.runs);
  const started = performance.now();
  const line = progressLine();
  const interrupted = new AbortController();
  const onInterrupt = () => {
    // A second Ctrl-C ends the process at once.
    Deno.removeSignalListener("SIGINT", onInterrupt);
    interrupted.abort();
  };
  Deno.addSignalListener("SIGINT", onInterrupt);
  try {
    const built = await buildResults(run.runs, run.experiment, {
      positions: options.positions,
      histogramPositions: options.histogramPositions,
      energyTemperatures: options.energyTemperatures,
      margin: options.margin,
      onProgress: line.show,
      signal: interrupted.signal,
    });
    line.clear();
    const seconds = (performance.now() - started) / 1000;
    console.log(options.json ? asJson(built) : asText(built, seconds));
    return 0;
  } catch (error) {
    line.clear();
    if (interrupted.signal.aborted) {
      console.error("Interrupted: the earlier files are as they were. The next call goes on here.");
      return 130;
    }
    if (error instanceof UnknownExperimentError) {
      console.error(printable(await unknownRun(run)));
      return 2;
    }
    console.error(printable(error instanceof Error ? error.message : String(error)));
    if (Deno.env.has("ACTGAUGE_DEBUG")) console.error(error);
    return 1;
  } finally {
    if (!interrupted.signal.aborted) Deno.removeSignalListener("SIGINT", onInterrupt);
  }
}

/** Gathers the numbers of an option; the first one replaces the default. */
function wholeNumber(text: string, before: readonly number[]): readonly number[] {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number >= 2 ** 31) {
    throw new InvalidArgumentError("Expected whole numbers from 0, such as 2 82 134.");
  }
  return before === HISTOGRAM_POSITIONS ? [number] : [...before, number];
}

/** Likewise for temperatures. */
function temperature(text: string, before: readonly number[]): readonly number[] {
  const number = Number(text);
  if (!(number >= 0.01 && number <= 100)) {
    throw new InvalidArgumentError("Expected numbers from 0.01 to 100, such as 0.5 1 2.");
  }
  return before === TEMPERATURES ? [number] : [...before, number];
}

async function unknownRun({ runs, experiment }: Run): Promise<string> {
  const names = await experimentsIn(runs);
  const known = names.length > 0
    ? `There are: ${names.join(", ")}.`
    : "No run is there yet: start one with `deno task run`, or name another folder with --runs.";
  return `There is no run "${experiment}" in ${runs}. ${known}`;
}

function asText(built: BuiltResults, seconds: number): string {
  const { cells, failed, missing, unpaired } = built;
  const lines = [
    `${plural(built.rows, "result")} of ${plural(cells, "cell")} in ${seconds.toFixed(1)} s` +
    `${built.measured < cells ? ` (${built.measured} measured now)` : ""}: ${shown(built.results)}`,
    `${plural(built.summaryRows, "summary row")}: ${shown(built.summary)}`,
    `${plural(built.histogramRows, "histogram")}: ${shown(built.histograms)}`,
    `${plural(built.comparisonRows, "comparison")}: ${shown(built.comparisons)}`,
    ...listed(
      failed.map(({ cell, message }) => `failed: ${named(cell)}: ${message.split("\n")[0]}`),
    ),
    ...listed(missing.map((cell) => `not finished: ${named(cell)}`)),
    ...listed(
      unpaired.map((cell) => `not compared, its baseline has not finished: ${named(cell)}`),
    ),
    ...(built.choices.length === 0 ? [] : ["", "What to choose:"]),
    ...built.choices.map(({ sentence }) => `- ${sentence}`),
    ...(built.damage.length === 0 ? [] : ["", "Where the damage sits:"]),
    ...built.damage.map((sentence) => `- ${sentence}`),
  ];
  return lines.map(printable).join("\n");
}

function asJson({ failed, missing, unpaired, ...built }: BuiltResults): string {
  const brief = ({ id, kind, variant, benchmark, seed }: Cell) => ({
    id,
    kind,
    variant,
    benchmark,
    seed,
  });
  return JSON.stringify({
    ...built,
    failed: failed.map(({ cell, message }) => ({ ...brief(cell), message })),
    missing: missing.map(brief),
    unpaired: unpaired.map(brief),
  });
}

/** The first lines of many, and how many more there are. */
function listed(lines: string[]): string[] {
  if (lines.length <= SHOWN) return lines;
  const kind = lines[0]!.split(":")[0];
  return [...lines.slice(0, SHOWN), `${kind}: ${lines.length - SHOWN} more (--json lists all)`];
}

function named({ id, kind, variant, benchmark, seed }: Cell): string {
  const what = benchmark === null ? kind : `${kind} ${benchmark}, seed ${seed}`;
  return `${variant}: ${what} (cell ${id})`;
}

function shown(path: string): string {
  const short = relative(Deno.cwd(), path);
  return short.startsWith("..") ? path : short;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
