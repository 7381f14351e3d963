/**
 * The effective rank's part of the benchmark, in a process of its own.
 *
 * @module
 */
import { start } from "../../runners/shell.ts";
import type { Measurement } from "./summarise.ts";

const SCRIPT = new URL("./erank_bench.ts", import.meta.url).pathname;

/** Spectra and sizes: the speed on a matrix as large as a layer, the errors on small ones. */
const WORKS = [
  "normal:2048x4096",
  "flat:512x1024",
  "power-law:512x1024",
  "decaying:512x1024",
  "rank-deficient:512x1024",
];

/** Measures the effective rank by this project and by torch; `quick` only on two small matrices. */
export async function erankRuns(
  threads: number,
  rounds: number,
  quick: boolean,
): Promise<Measurement[]> {
  const works = quick ? WORKS.slice(-2) : WORKS;
  const { ok, stdout, logTail } = await start({
    command: [
      ...[Deno.execPath(), "run", "-A", SCRIPT, "--threads", String(threads)],
      ...["--rounds", String(rounds), ...works.flatMap((work) => ["--work", work])],
    ],
    stdout: "capture",
  }).done;
  if (!ok) throw new Error(`The effective rank could not be measured:\n${logTail}`);
  return stdout.trim().split("\n").map((line) => JSON.parse(line) as Measurement);
}
