/**
 * Progress on standard error.
 *
 * @module
 */
import { printable } from "./printable.ts";
import type { Progress } from "./progress.ts";

/** Milliseconds between two lines where the output is no terminal. */
const BETWEEN_LINES = 20_000;

/** A line that each report replaces, with the time left. Where the output is no terminal, a line of its own now and then. */
export function progressLine(
  terminal = Deno.stderr.isTerminal(),
  now: () => number = () => performance.now(),
  write = (text: string) => void Deno.stderr.writeSync(new TextEncoder().encode(text)),
): { show(progress: Progress): void; clear(): void } {
  let kind = "";
  let [beganAt, beganWith, nextAt, shown] = [0, 0, now() + BETWEEN_LINES, false];
  return {
    show({ doing, share }) {
      const first = doing.split(" ")[0]!;
      if (first !== kind) [kind, beganAt, beganWith] = [first, now(), share];
      const spent = (now() - beganAt) / 1000;
      const left = spent * (1 - share) / (share - beganWith);
      const time = spent > 1 && share > beganWith ? `, about ${inWords(left)} left` : "";
      const line = printable(`${Math.floor(100 * share)} %${time}: ${doing}`).slice(0, 78);
      if (terminal) {
        write(`\r\x1b[K${line}`);
        shown = true;
      } else if (now() >= nextAt) {
        nextAt = now() + BETWEEN_LINES;
        write(`${line}\n`);
      }
    },
    clear() {
      if (shown) write("\r\x1b[K");
      shown = false;
    },
  };
}

function inWords(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
