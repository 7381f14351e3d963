/**
 * ERank by this project, by torch's SVD and by torch's Gram route: seconds, and errors against a float64 SVD.
 *
 *     deno run -A tests/benchmarks/erank_bench.ts [--work normal:2048x4096]… [--threads N] [--rounds N] [--out FILE]
 *
 * Prints JSON, a measurement a line: seconds (wall) and cpuSeconds of each round, and maxError, the relative error of the
 * ERank; `vocabulary` is the number of columns. On a busy machine compare cpuSeconds. `deno task bench` runs it as a
 * process of its own, since OpenBLAS takes its number of threads from the environment when it is opened.
 *
 * @module
 */
import process from "node:process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { effectiveRank } from "../../analysis/kernels/effective_rank.ts";
import { openblas } from "../../analysis/kernels/openblas.ts";
import { singularValues } from "../../analysis/kernels/singular_values.ts";
import { writeAtomically } from "../../data/atomic_write.ts";
import { pythonPath } from "../../runners/environment.ts";
import { start } from "../../runners/shell.ts";
import type { Implementation, Spectrum } from "./contestant.ts";
import type { Measurement } from "./summarise.ts";

/** Spectra of a size that every way does in seconds, then the size of a layer. */
const WORKS = [
  "normal:512x1024",
  "flat:512x1024",
  "power-law:512x1024",
  "decaying:512x1024",
  "rank-deficient:512x1024",
  "normal:2048x4096",
  "rank-deficient:2048x4096",
];

/** Above it plain TypeScript is left out: it takes minutes. */
const LARGEST_PLAIN = 512;

/** Wall and processor seconds of each round. */
type Times = [number, number][];

interface PythonReport {
  versions: Record<string, string>;
  singularValues: number[];
  implementations: Partial<Record<Implementation, { times: Times; erank: number }>>;
}

const { values: options } = parseArgs({
  options: {
    work: { type: "string", multiple: true, default: WORKS },
    threads: { type: "string", default: "1" },
    rounds: { type: "string", default: "3" },
    out: { type: "string" },
  },
});
const threads = Number(options.threads);
const rounds = Number(options.rounds);
const environment = {
  OMP_NUM_THREADS: options.threads,
  MKL_NUM_THREADS: options.threads,
  OPENBLAS_NUM_THREADS: options.threads,
};
// OpenBLAS reads it when it is opened, which is later.
for (const [name, value] of Object.entries(environment)) Deno.env.set(name, value);

const folder = await Deno.makeTempDir({ prefix: "actgauge-erank-" });
try {
  const lines: Measurement[] = [];
  for (const work of options.work) lines.push(...await benchmark(work));
  const text = lines.map((line) => JSON.stringify(line) + "\n").join("");
  if (options.out) await writeAtomically(options.out, text);
} finally {
  await Deno.remove(folder, { recursive: true });
}

async function benchmark(name: string): Promise<Measurement[]> {
  const [, work, height, width] = /^([a-z-]+):(\d+)x(\d+)$/.exec(name) ?? [];
  if (!work) throw new Error(`--work ${name}: expected SPECTRUM:ROWSxCOLUMNS`);
  const [rows, columns] = [Number(height), Number(width)];
  const file = join(folder, "matrix");
  const script = join(import.meta.dirname!, "erank_bench.py");
  const parameters = [work, rows, columns, threads, rounds].map(String);
  const { ok, stdout, logTail } = await start({
    command: [await pythonPath(), "-B", script, ...parameters, file],
    env: { ...Deno.env.toObject(), ...environment },
    stdout: "capture",
  }).done;
  if (!ok) throw new Error(logTail);
  const report = JSON.parse(stdout) as PythonReport;
  const expected = effectiveRank(report.singularValues);
  const matrix = new Float64Array((await Deno.readFile(file)).buffer);
  const found: [Implementation, number, Times, number][] = Object.entries(report.implementations)
    .map(([name, { times, erank }]) => [name as Implementation, threads, times, erank]);
  const blas = openblas();
  if (blas) found.push(["actgauge", threads, ...timed(matrix, rows, columns, blas)]);
  if (Math.min(rows, columns) <= LARGEST_PLAIN) {
    found.push(["typescript", 1, ...timed(matrix, rows, columns, null)]);
  }
  return found.map(([implementation, threads, times, erank]) => {
    const line: Measurement = {
      work: `erank_${work as Spectrum}`,
      implementation,
      threads,
      k: null,
      rows,
      vocabulary: columns,
      seconds: times.map(([wall]) => wall),
      cpuSeconds: times.map(([, processor]) => processor),
      maxError: Math.abs(erank - expected) / expected,
    };
    console.log(JSON.stringify(line));
    return line;
  });
}

function timed(
  matrix: Float64Array,
  rows: number,
  columns: number,
  blas: ReturnType<typeof openblas>,
): [Times, number] {
  const times: Times = [];
  let erank = NaN;
  for (let round = 0; round < rounds; round++) {
    const [wall, processor] = [performance.now(), process.cpuUsage()];
    erank = effectiveRank(singularValues(matrix, 0, rows, columns, blas));
    const { user, system } = process.cpuUsage(processor);
    times.push([(performance.now() - wall) / 1000, (user + system) / 1e6]);
  }
  return [times, erank];
}
