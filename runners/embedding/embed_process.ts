/**
 * The Python process behind the vectors of sentences. Its start costs seconds and its work little, so that
 * a run keeps one for all of its cells.
 *
 * @module
 */
import { type Handle, scriptEnvironment, start } from "../shell.ts";

const SCRIPT = new URL("./embed.py", import.meta.url).pathname;

/** A process that starts with the first texts, and again after it failed. Calls wait for each other. */
export interface EmbedProcess {
  /** Vectors of texts, in their order. @throws {Error} With the tail of the process's log when it fails. */
  vectors(texts: string[]): Promise<Float32Array[]>;
  /** Ends the process, if it was started. */
  close(): Promise<void>;
}

/** A process that is running, and who waits for its next answer. */
interface Running {
  handle: Handle;
  logFile: string;
  answer: (line: string) => void;
}

/**
 * A process for one model.
 *
 * @param model As {@linkcode EmbedOptions} names it.
 * @param python Python of the runners' environment.
 */
export function embedProcess(model: string, python: string): EmbedProcess {
  let running: Running | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  async function begin(): Promise<Running> {
    const logFile = await Deno.makeTempFile({ suffix: ".log" });
    const begun: Running = {
      logFile,
      answer: () => {},
      handle: start({
        command: [python, "-u", SCRIPT],
        env: scriptEnvironment(1),
        stdin: "pipe",
        stdout: (line) => begun.answer(line),
        logFile,
      }),
    };
    return begun;
  }

  async function close(): Promise<void> {
    const ended = running;
    running = null;
    if (ended === null) return;
    await ended.handle.closeInput().catch(() => {});
    await ended.handle.done;
    await Deno.remove(ended.logFile).catch(() => {});
  }

  async function ask(job: unknown): Promise<{ dimensions: number }> {
    const asked = running ??= await begin();
    const answered = new Promise<string>((resolve) => asked.answer = resolve);
    await asked.handle.write(JSON.stringify(job) + "\n").catch(() => {});
    const line = await Promise.race([answered, asked.handle.done]);
    if (typeof line === "string") return JSON.parse(line);
    await close();
    throw new Error(`embed.py failed (exit code ${line.code}):\n${line.logTail}`);
  }

  async function vectors(texts: string[]): Promise<Float32Array[]> {
    const out = await Deno.makeTempFile();
    try {
      const { dimensions } = await ask({ model, texts, out });
      const all = new Float32Array((await Deno.readFile(out)).buffer);
      return texts.map((_, i) => all.slice(i * dimensions, (i + 1) * dimensions));
    } finally {
      await Deno.remove(out).catch(() => {});
    }
  }

  return {
    vectors(texts) {
      const answer = turn.then(() => vectors(texts));
      turn = answer.catch(() => {});
      return answer;
    },
    close,
  };
}
