/**
 * `deno task bench`: the row kernels against plain TypeScript, numpy, SciPy and torch, on the same files in one
 * run.
 *
 * @module
 */
import { join } from "node:path";
import { command, exitWith } from "../../runners/command.ts";
import { REPOSITORY } from "../../runners/environment/places.ts";
import { openVectors } from "../../data/logs.ts";
import { logits } from "../../data/schema.ts";
import { type Contestant, contestants } from "./contestant.ts";
import { analyseLargeFile, largeFileLine } from "./large_file.ts";
import { erankRuns } from "./erank_runs.ts";
import { ourRuns } from "./our_runs.ts";
import { type PythonRuns, pythonRuns } from "./python_runs.ts";
import { type LargeFile, type Measurement, summarise } from "./summarise.ts";
import { writeBenchmark } from "./write_benchmark.ts";

/** Bytes of one log; the rows follow from the vocabulary. */
const LOG_BYTES = 1600 * 32000 * 4;

/** A contestant that takes longer than so many seconds runs in {@link SLOW_ROUNDS} rounds only. */
const SLOW_SECONDS = 0.7;
const SLOW_ROUNDS = 2;

const program = command(
  "bench",
  "Measures the kernels against numpy, SciPy and torch: seconds, GB/s, errors against float64.",
  `deno task bench                  three vocabularies and ERank, some minutes
   deno task bench --quick          one, on fewer rows, under a minute
   deno task bench --vocabulary 32000 --rounds 9
   deno task bench --quick --large 10   also a file of 10 GB, written below $TMPDIR
   deno task bench --large 10 --gallery all of it, for reports/gallery`,
)
  .option("--quick", "one vocabulary, an eighth of the rows, two rounds, small matrices")
  .option("--vocabulary <sizes...>", "sizes of the vocabulary", ["32000", "128256", "152064"])
  .option("--rounds <n>", "how often each contestant runs", "5")
  .option("--threads <n>", "most threads of ours and torch's", "2")
  .option("--large <gigabytes>", "also analyse one file of this size, and watch the memory")
  .option("--gallery", "also put the table and the figure into reports/gallery, to be committed")
  .option("--no-plain", "leave plain TypeScript out, which takes most of the time")
  .option("--out <folder>", "folder of the report", join(REPOSITORY, "reports/out/bench"));

interface Options {
  quick?: boolean;
  vocabulary: string[];
  rounds: string;
  threads: string;
  plain: boolean;
  large?: string;
  gallery?: boolean;
  out: string;
}

async function main(): Promise<number> {
  const options = program.opts<Options>();
  const vocabularies = options.quick ? [32000] : options.vocabulary.map(Number);
  const rounds = options.quick ? 2 : Number(options.rounds);
  const most = Number(options.threads);
  const list = contestants(most > 1 ? [1, most] : [1], options.plain);
  const measurements: Measurement[] = [];
  const load = Deno.loadavg()[0]!;
  let largeFile: LargeFile | null = null;
  const python = await pythonRuns();
  try {
    for (const vocabulary of vocabularies) {
      const rows = Math.round(LOG_BYTES / 4 / vocabulary / (options.quick ? 8 : 1));
      measurements.push(...await measure(python, list, rows, vocabulary, rounds, most));
    }
    measurements.push(...await erankRuns(most, Math.min(rounds, 3), options.quick ?? false));
    if (options.large) largeFile = await analyseLargeFile(python, Number(options.large), most);
  } finally {
    await python.close();
  }
  const benchmark = summarise(measurements, { rounds, load, largeFile });
  const paths = await writeBenchmark(options.out, benchmark);
  if (options.gallery) {
    for (const name of ["bench.md", "bench.svg"]) {
      await Deno.copyFile(join(options.out, name), join(REPOSITORY, "reports/gallery", name));
    }
  }
  for (const line of benchmark.ratios) {
    console.log(
      `${line.work}${line.k === null ? "" : ` k=${line.k}`}, V = ${line.vocabulary}: ` +
        `${line.median.toFixed(1)} times ${line.over}, ${line.threads} thread(s) ` +
        `(${line.low.toFixed(1)} to ${line.high.toFixed(1)}` +
        `${line.cpuMedian === null ? "" : `; processor time ${line.cpuMedian.toFixed(1)}`})`,
    );
  }
  if (largeFile) console.log(largeFileLine(largeFile));
  console.log(`Written: ${paths.join(", ")}`);
  return 0;
}

/** All rounds of one vocabulary; in each round every contestant runs once. */
async function measure(
  python: PythonRuns,
  list: Contestant[],
  rows: number,
  vocabulary: number,
  rounds: number,
  threads: number,
): Promise<Measurement[]> {
  const folder = await Deno.makeTempDir({ prefix: "actgauge-bench-" });
  try {
    await python.make(folder, rows, vocabulary);
    const [baseline, variant] = ["baseline.arrow", "variant.arrow"].map((name) =>
      join(folder, name)
    ) as [string, string];
    const reference = await python.open(baseline, variant);
    using ours = ourRuns(openVectors(baseline, logits), openVectors(variant, logits), threads);
    const found = list.map((contestant): Measurement => ({
      ...contestant,
      rows,
      vocabulary,
      seconds: [],
      cpuSeconds: [],
      maxError: null,
    }));
    // The first round warms up caches, compilers and thread pools, and does not count.
    for (let round = -1; round < rounds; round++) {
      for (const [index, contestant] of list.entries()) {
        const of = found[index]!;
        const slow = of.seconds.some((seconds) => seconds > SLOW_SECONDS);
        const plain = contestant.implementation === "typescript";
        if ((slow && of.seconds.length >= SLOW_ROUNDS) || (plain && round < 0)) continue;
        const own = contestant.implementation === "actgauge" || plain;
        const timing = own ? await ours.run(contestant, reference) : await python.run(contestant);
        if (round < 0) continue;
        of.seconds.push(timing.seconds);
        of.cpuSeconds.push(timing.cpuSeconds);
        of.maxError = timing.maxError;
      }
    }
    return found;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

if (import.meta.main) {
  program.parse(Deno.args, { from: "user" });
  await exitWith(main);
}
