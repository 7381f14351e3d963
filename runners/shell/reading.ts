import { lineSplitter } from "./lines.ts";
import type { Log } from "./log.ts";

/** Sees one line; answers false when the line was not meant for it, so that it goes to the log. */
export type OnLine = (line: string) => boolean | void;

/** A child's output being read. */
export interface Reading {
  ended: Promise<void>;
  cancel(): void;
}

/** Reads a stream to its end: line by line, or into the log. */
export function read(
  how: OnLine | "log" | "inherit" | "capture",
  stream: () => ReadableStream<Uint8Array>,
  log: Log,
  fail: (error: unknown) => void,
): Reading {
  if (how === "inherit") return { ended: Promise.resolve(), cancel() {} };
  if (typeof how === "string") return drain(stream(), log.write, fail);
  const lines = lineSplitter((line) => {
    if (how(line) === false) log.write(new TextEncoder().encode(line + "\n"));
  });
  return drain(stream(), lines.push, fail, lines.end);
}

/** Hands out a stream's bytes. Reads to the end whatever happens, so that the child never waits for a full pipe. */
export function drain(
  stream: ReadableStream<Uint8Array>,
  take: (bytes: Uint8Array) => void,
  fail: (error: unknown) => void,
  end: () => void = () => {},
): Reading {
  const reader = stream.getReader();
  let failed = false;
  const attempt = (action: () => void) => {
    try {
      if (!failed) action();
    } catch (error) {
      failed = true;
      fail(error);
    }
  };
  const ended = (async () => {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const bytes = part.value;
      attempt(() => take(bytes));
    }
    attempt(end);
  })();
  return { ended, cancel: () => void reader.cancel().catch(() => {}) };
}
