import { plain } from "../shell.ts";

/** Seconds between two lines where the output is no terminal. */
const SECONDS_BETWEEN_LINES = 20;

/**
 * A line on standard error that each new text replaces. Where that is no terminal, a line of its own now and then.
 */
export function transientLine(): { show(text: string): void; clear(): void } {
  const terminal = Deno.stderr.isTerminal();
  let shown = false;
  let nextAt = performance.now() + SECONDS_BETWEEN_LINES * 1000;
  const write = (text: string) => Deno.stderr.writeSync(new TextEncoder().encode(text));
  return {
    show(text) {
      const line = plain(text);
      if (terminal) {
        const { columns } = Deno.consoleSize();
        write(`\r\x1b[K${line.slice(0, Math.max(columns - 1, 20))}`);
        shown = true;
      } else if (performance.now() >= nextAt) {
        nextAt = performance.now() + SECONDS_BETWEEN_LINES * 1000;
        console.error(line);
      }
    },
    clear() {
      if (shown) write("\r\x1b[K");
      shown = false;
    },
  };
}
