/**
 * numpy, SciPy and torch, in one Python process that stays up.
 *
 * @module
 */
import { pythonPath } from "../../runners/environment.ts";
import { start } from "../../runners/shell.ts";
import { type Contestant, HISTOGRAM, type Reference, type Timing } from "./contestant.ts";

const SCRIPT = new URL("./rows_bench.py", import.meta.url).pathname;

/** The Python process. */
export interface PythonRuns {
  /** Makes both logs in a folder. */
  make(folder: string, rows: number, vocabulary: number): Promise<void>;
  /** Makes one log of about so many gigabytes. */
  makeLarge(path: string, gigabytes: number, vocabulary: number): Promise<void>;
  /** Loads them; answers what results are held against. */
  open(baseline: string, variant: string): Promise<Reference>;
  run(contestant: Contestant): Promise<Timing>;
  close(): Promise<void>;
}

/**
 * Starts the process.
 *
 * @throws {Error} On the first request, with the end of its log, when Python fails.
 */
export async function pythonRuns(): Promise<PythonRuns> {
  let waiting: { resolve(text: string): void; reject(error: Error): void } | null = null;
  const python = start({
    command: [await pythonPath(), SCRIPT],
    stdin: "pipe",
    stdout: (line) => waiting?.resolve(line),
  });
  python.done.then(({ logTail }) =>
    waiting?.reject(new Error(`The Python side of the benchmark ended:\n${logTail}`))
  );
  const ask = async <T>(request: object): Promise<T> => {
    const answer = new Promise<string>((resolve, reject) => waiting = { resolve, reject });
    await python.write(JSON.stringify(request) + "\n");
    return JSON.parse(await answer);
  };
  return {
    async make(folder, rows, vocabulary) {
      await ask({ do: "make", folder, rows, vocabulary });
    },
    async makeLarge(path, gigabytes, vocabulary) {
      await ask({ do: "make_large", path, gigabytes, vocabulary });
    },
    async open(baseline, variant) {
      return await ask<Reference>({ do: "open", baseline, variant, ...HISTOGRAM });
    },
    async run({ work, implementation, threads, k }) {
      return await ask<Timing>({ do: "run", work, implementation, threads, k: k ?? 0 });
    },
    async close() {
      await python.closeInput();
      await python.done;
    },
  };
}
