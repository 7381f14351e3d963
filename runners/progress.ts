import type { Cell, RunRecord } from "../data/types.ts";
import { formatSeconds } from "./format.ts";
import type { RunObserver } from "./run_context.ts";
import { cellName } from "./select_cells.ts";
import { plain } from "./shell.ts";

/** Says on standard error what is being done: a line for each cell, and on a terminal the time left below. */
export function showProgress(
  cells: Cell[],
  estimate: (cell: Cell) => number,
  titles: Map<string, string>,
): RunObserver & { close(): void } {
  const terminal = Deno.stderr.isTerminal();
  const encoder = new TextEncoder();
  const write = (text: string) => void Deno.stderr.writeSync(encoder.encode(text));
  const left = new Map(cells.map((cell) => [cell.id, estimate(cell)]));
  const total = cells.length;
  let spent = 0;
  let planned = 0;
  let current: { cell: Cell; share: number } | null = null;

  const paint = (code: number, text: string) =>
    terminal && !Deno.noColor ? `\x1b[${code}m${text}\x1b[0m` : text;
  const name = (cell: Cell) => {
    const title = titles.get(cell.variant) ?? cell.variant;
    if (cell.kind === "compress") return `${title}: compress`;
    return `${title}: ${cell.benchmark}${cell.kind === "capture" ? " logits" : ""}`;
  };

  function status(): void {
    if (!terminal) return;
    // How fast this machine is against the estimates, once there is something to go by.
    const pace = planned > 0 && spent > 5 ? spent / planned : 1;
    let rest = [...left.values()].reduce((sum, seconds) => sum + seconds, 0);
    if (current) rest -= (left.get(current.cell.id) ?? 0) * current.share;
    const done = total - left.size;
    const doing = current ? ` ${name(current.cell)} ${Math.round(100 * current.share)} %` : "";
    write(`\r\x1b[K[${done}/${total}] about ${formatSeconds(rest * pace)} left${doing}`);
  }

  return {
    onStart(cell) {
      current = { cell, share: 0 };
      status();
    },
    onProgress(cell, done, count) {
      current = { cell, share: count > 0 ? done / count : 0 };
      status();
    },
    onEnd(cell: Cell, record: RunRecord) {
      planned += left.get(cell.id) ?? 0;
      spent += record.seconds;
      left.delete(cell.id);
      current = null;
      if (terminal) write("\r\x1b[K");
      const mark = record.error ? paint(31, "failed") : paint(32, "done");
      const count = `[${total - left.size}/${total}]`;
      write(`${count} ${mark} ${name(cell)} (${record.seconds.toFixed(1)} s)\n`);
      for (const warning of record.warnings) {
        write(`        ${paint(33, "warning")}: ${plain(warning)}\n`);
      }
      if (record.error) {
        write(
          `        ${plain(record.error.message)}\n        cell ${cell.id} ${cellName(cell)}\n`,
        );
      }
      status();
    },
    close: () => terminal && write("\r\x1b[K"),
  };
}
