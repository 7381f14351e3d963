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
  workers: number,
): RunObserver & { close(): void } {
  const terminal = Deno.stderr.isTerminal();
  const encoder = new TextEncoder();
  const write = (text: string) => void Deno.stderr.writeSync(encoder.encode(text));
  const left = new Map(cells.map((cell) => [cell.id, estimate(cell)]));
  const total = cells.length;
  let spent = 0;
  let planned = 0;
  /** Shares done of the cells in work, by id; the one that moved last stands at the end. */
  const current = new Map<string, { cell: Cell; share: number }>();

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
    for (const { cell, share } of current.values()) rest -= (left.get(cell.id) ?? 0) * share;
    const done = total - left.size;
    const last = [...current.values()].at(-1);
    const doing = last ? ` ${name(last.cell)} ${Math.round(100 * last.share)} %` : "";
    const time = formatSeconds(rest * pace / workers);
    write(`\r\x1b[K[${done}/${total}] about ${time} left${doing}`);
  }

  function move(cell: Cell, share: number): void {
    current.delete(cell.id);
    current.set(cell.id, { cell, share });
    status();
  }

  return {
    onStart: (cell) => move(cell, 0),
    onProgress: (cell, done, count) => move(cell, count > 0 ? done / count : 0),
    onEnd(cell: Cell, record: RunRecord) {
      planned += left.get(cell.id) ?? 0;
      spent += record.seconds;
      left.delete(cell.id);
      current.delete(cell.id);
      if (terminal) write("\r\x1b[K");
      const mark = record.error ? paint(31, "failed") : paint(32, "done");
      const count = `[${total - left.size}/${total}]`;
      write(`${count} ${mark} ${name(cell)} (${record.seconds.toFixed(1)} s)\n`);
      const { substitute } = record;
      const notes = substitute ? [`by ${substitute.engine}: ${substitute.reason}`] : [];
      for (const warning of [...notes, ...record.warnings]) {
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
