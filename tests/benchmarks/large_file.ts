/**
 * A file larger than the memory that it is analysed in.
 *
 * @module
 */
import { join } from "node:path";
import { start } from "../../runners/shell.ts";
import type { FileTimes } from "./analyse_file.ts";
import type { PythonRuns } from "./python_runs.ts";
import type { LargeFile } from "./summarise.ts";

const VOCABULARY = 128256;

const SCRIPT = new URL("./analyse_file.ts", import.meta.url).pathname;

/** Writes the file, reads it once and analyses it, each in a process of its own. */
export async function analyseLargeFile(
  python: PythonRuns,
  gigabytes: number,
  threads: number,
): Promise<LargeFile> {
  const folder = await Deno.makeTempDir({ prefix: "actgauge-bench-large-" });
  try {
    const path = join(folder, "logits.arrow");
    await python.makeLarge(path, gigabytes, VOCABULARY);
    const run = async (what: "read" | "analyse") => {
      const { ok, stdout, logTail, peakRssBytes } = await start({
        command: [Deno.execPath(), "run", "-A", SCRIPT, what, path, String(threads)],
        stdout: "capture",
      }).done;
      if (!ok) throw new Error(`The large file could not be analysed:\n${logTail}`);
      return { ...JSON.parse(stdout) as FileTimes, peakRssBytes };
    };
    const read = await run("read");
    const analysed = await run("analyse");
    return {
      bytes: Deno.statSync(path).size,
      rows: analysed.rows,
      vocabulary: VOCABULARY,
      readSeconds: read.seconds,
      analyseSeconds: analysed.seconds,
      peakBytes: analysed.peakRssBytes,
    };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** One line about it. */
export function largeFileLine(file: LargeFile): string {
  const gb = (bytes: number) => (bytes / 1e9).toFixed(2);
  const speed = (seconds: number) => `${seconds.toFixed(1)} s (${gb(file.bytes / seconds)} GB/s)`;
  return `A file of ${gb(file.bytes)} GB (${file.rows} rows, V = ${file.vocabulary}): read in ` +
    `${speed(file.readSeconds)}, analysed in ${speed(file.analyseSeconds)}, highest memory ` +
    `${file.peakBytes === null ? "unknown" : `${gb(file.peakBytes)} GB`}.`;
}
