/**
 * Our own contestants: the kernels on one and more threads, plain TypeScript, and the analysis of files.
 *
 * @module
 */
import process from "node:process";
import { entropy } from "../../analysis/kernels/entropy.ts";
import { countPlain, noCounts } from "../../analysis/kernels/histogram.ts";
import { kendallTau } from "../../analysis/kernels/kendall_tau.ts";
import { klDivergenceRows } from "../../analysis/kernels/kl_divergence.ts";
import { logsumexpRows } from "../../analysis/kernels/logsumexp.ts";
import { sharedMemory } from "../../analysis/kernels/row_module.ts";
import { spearmanRho } from "../../analysis/kernels/spearman_rho.ts";
import { topIdsRows } from "../../analysis/kernels/top_ids.ts";
import { scanLogs, scanLogsInParallel } from "../../analysis/scan/scan_logs.ts";
import type { VectorSource } from "../../data/logs.ts";
import { type Contestant, HISTOGRAM, type Reference, type Timing } from "./contestant.ts";
import { type KernelWork, type Share, shareBytes, workShare } from "./kernel_share.ts";

/** Two logs in shared memory with the threads that work on them. */
export interface OurRuns extends Disposable {
  run(contestant: Contestant, reference: Reference): Promise<Timing>;
}

/** Loads both logs and starts workers. */
export function ourRuns(baseline: VectorSource, variant: VectorSource, threads: number): OurRuns {
  const { rows, width } = baseline;
  const bytes = Math.ceil(rows * width * 4 / 64) * 64;
  const space = shareBytes({ width, bins: HISTOGRAM.bins });
  const memory = sharedMemory(2 * bytes + threads * space);
  baseline.readInto(0, rows, new Uint8Array(memory.buffer, 0, rows * width * 4));
  variant.readInto(0, rows, new Uint8Array(memory.buffer, bytes, rows * width * 4));
  const logs = {
    a: new Float32Array(memory.buffer, 0, rows * width),
    b: new Float32Array(memory.buffer, bytes, rows * width),
  };
  const shared = (length: number) => new SharedArrayBuffer(length);
  const sums = new Float64Array(shared(rows * 5 * 8));
  const top = new Int32Array(shared(rows * 64 * 4));
  // This thread has the first share.
  const workers = Array.from(
    { length: threads - 1 },
    () => new Worker(new URL("./bench_worker.ts", import.meta.url), { type: "module" }),
  );
  const kernel = async (work: KernelWork, threads: number, k: number) => {
    const shares = Array.from({ length: threads }, (_, index): Share => ({
      work,
      memory,
      width,
      baseline: 0,
      variant: bytes,
      begin: Math.floor(rows * index / threads),
      end: Math.floor(rows * (index + 1) / threads),
      k,
      space: 2 * bytes + index * space,
      file: baseline.file!,
      ...HISTOGRAM,
      sums,
      top,
      counts: new Float64Array(shared(HISTOGRAM.bins * 8)),
    }));
    const others = shares.slice(1).map((share, index) => answer(workers[index]!, share));
    workShare(shares[0]!);
    await Promise.all(others);
    return shares;
  };
  return {
    async run({ work, implementation, threads, k }, reference) {
      const clock = stopwatch();
      if (work === "kendall" || work === "spearman") return rankings(logs, width, work, k!);
      if (work === "analyse") {
        await analyse(baseline, variant, threads);
        return { ...clock(), maxError: null };
      }
      if (implementation === "typescript") {
        const counts = plain(logs, width, rows, work as KernelWork, k ?? 0, sums, top);
        const times = clock();
        return { ...times, maxError: errorOf(work, sums, top, k, counts, reference) };
      }
      const shares = await kernel(work as KernelWork, threads, k ?? 0);
      const times = clock();
      const counts = shares[0]!.counts.map((_, bin) =>
        shares.reduce((sum, { counts }) => sum + counts[bin]!, 0)
      );
      return { ...times, maxError: errorOf(work, sums, top, k, counts, reference) };
    },
    [Symbol.dispose]() {
      for (const worker of workers) worker.terminate();
    },
  };
}

/** Started now; gives the time since then. */
function stopwatch(): () => Pick<Timing, "seconds" | "cpuSeconds"> {
  const began = performance.now();
  const cpu = process.cpuUsage();
  return () => {
    const seconds = (performance.now() - began) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    return { seconds, cpuSeconds: (user + system) / 1e6 };
  };
}

function answer(worker: Worker, share: Share): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.onmessage = () => resolve();
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(event.message));
    };
    worker.postMessage(share);
  });
}

async function analyse(
  baseline: VectorSource,
  variant: VectorSource,
  threads: number,
): Promise<void> {
  const scan = { baseline, variant, k: 20, ranges: [{ begin: 0, end: baseline.rows }] };
  if (threads === 1) scanLogs(scan);
  else await scanLogsInParallel(scan, threads, 0);
}

interface Logs {
  a: Float32Array;
  b: Float32Array;
}

function plain(
  { a, b }: Logs,
  width: number,
  rows: number,
  work: KernelWork,
  k: number,
  sums: Float64Array,
  top: Int32Array,
): Float64Array {
  const out = noCounts(HISTOGRAM);
  if (work === "histogram") countPlain(a, HISTOGRAM, out);
  else if (work === "top_k") {
    const ids = new Int32Array(rows * k);
    topIdsRows(b, width, rows, k, ids);
    topIdsRows(a, width, rows, k, ids);
    for (let row = 0; row < rows; row++) {
      top.set(ids.subarray(row * k, (row + 1) * k), row * 64);
    }
  } else {
    const parts = [a, b].map((values) => {
      const of = { values, max: new Float64Array(rows), rest: new Float64Array(rows) };
      logsumexpRows(values, width, rows, of.max, of.rest);
      return of;
    });
    const [p, q] = parts as [typeof parts[0], typeof parts[0]];
    const divergence = new Float64Array(rows);
    if (work === "fused") klDivergenceRows(p, q, width, rows, divergence);
    for (let row = 0; row < rows; row++) {
      sums[row * 5] = p.max[row]! + p.rest[row]!;
      sums[row * 5 + 1] = q.max[row]! + q.rest[row]!;
      if (work !== "fused") continue;
      sums[row * 5 + 2] = divergence[row]!;
      [p, q].forEach(({ values, max, rest }, which) => {
        const of = entropy(values, row * width, width, max[row]!, rest[row]!);
        sums[row * 5 + 3 + which] = of;
      });
    }
  }
  return out.counts;
}

function rankings({ a, b }: Logs, width: number, work: "kendall" | "spearman", k: number): Timing {
  const rows = a.length / width;
  const ids = new Int32Array(rows * k);
  topIdsRows(a, width, rows, k, ids);
  const [x, y] = [a, b].map((values) =>
    Float32Array.from(ids, (id, place) => values[Math.floor(place / k) * width + id]!)
  ) as [Float32Array, Float32Array];
  const correlation = work === "kendall" ? kendallTau : spearmanRho;
  const out = new Float64Array(rows);
  const clock = stopwatch();
  for (let row = 0; row < rows; row++) out[row] = correlation(x, y, row * k, k);
  return { ...clock(), maxError: null };
}

function errorOf(
  work: string,
  sums: Float64Array,
  top: Int32Array,
  k: number | null,
  counts: Float64Array,
  reference: Reference,
): number | null {
  const largest = (values: number[]) => values.reduce((a, b) => Math.max(a, b), 0);
  if (work === "histogram") {
    return largest([...counts].map((count, bin) => Math.abs(count - reference.histogram[bin]!)));
  }
  if (work === "top_k") {
    return reference.top.filter((ids, row) =>
      ids.slice(0, k!).some((id, place) => top[row * 64 + place] !== id)
    ).length;
  }
  const columns = work === "fused" ? 5 : work === "logsumexp" ? 2 : 0;
  if (columns === 0) return null;
  return largest(
    reference.sums.flatMap((row, index) =>
      row.slice(0, columns).map((value, column) => Math.abs(sums[index * 5 + column]! - value))
    ),
  );
}
