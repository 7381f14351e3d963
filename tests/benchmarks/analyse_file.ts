/**
 * Reads or analyses one log of logits and prints the seconds; a process of its own, so that its memory is told.
 *
 * @module
 */
import { scanLogs, scanLogsInParallel } from "../../analysis/scan/scan_logs.ts";
import { openVectors } from "../../data/logs.ts";
import { logits } from "../../data/schema.ts";
import type { ReadShare } from "./read_worker.ts";

/** What is printed, as JSON. */
export interface FileTimes {
  rows: number;
  seconds: number;
}

if (import.meta.main) {
  const [what, path, threads] = Deno.args as [string, string, string];
  const began = performance.now();
  const log = openVectors(path, logits);
  const { rows, file } = log;
  if (what === "read") {
    const next = new Int32Array(new SharedArrayBuffer(4));
    await Promise.all(
      Array.from({ length: Number(threads) }, () => readShare({ rows, file: file!, next })),
    );
  } else {
    const scan = { baseline: log, variant: null, k: 20, ranges: [{ begin: 0, end: rows }] };
    if (Number(threads) > 1) await scanLogsInParallel(scan, Number(threads), 0);
    else scanLogs(scan);
  }
  const times: FileTimes = { rows, seconds: (performance.now() - began) / 1000 };
  console.log(JSON.stringify(times));
}

async function readShare(share: ReadShare): Promise<void> {
  const worker = new Worker(new URL("./read_worker.ts", import.meta.url), { type: "module" });
  await new Promise<void>((resolve, reject) => {
    worker.onmessage = () => resolve();
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(event.message));
    };
    worker.postMessage(share);
  });
  worker.terminate();
}
