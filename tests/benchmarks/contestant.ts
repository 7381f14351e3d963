/**
 * What the benchmark measures, and by whom.
 *
 * @module
 */

/** The kinds of work. */
export type Work =
  | "memory"
  | "read"
  | "logsumexp"
  | "fused"
  | "top_k"
  | "kendall"
  | "spearman"
  | "histogram"
  | "analyse"
  | `erank_${Spectrum}`;

/** Spectra of the matrices whose effective rank is measured; `erank_bench.py` makes them. */
export type Spectrum = "normal" | "flat" | "power-law" | "decaying" | "rank-deficient";

/** What each work does, for the table. */
export const WORKS: Record<Work, string> = {
  memory: "read one log in memory",
  read: "read one file from the page cache into memory",
  logsumexp: "ln sum exp of both logs",
  fused: "ln sum exp and entropy of both logs, KL",
  top_k: "top-k of both logs",
  kendall: "Kendall's tau-b on the baseline's top-k",
  spearman: "Spearman's rho on the baseline's top-k",
  histogram: "64-bin histogram of one log",
  "erank_normal": "ERank, normal entries",
  "erank_flat": "ERank, flat spectrum",
  "erank_power-law": "ERank, singular values as 1/i",
  "erank_decaying": "ERank, singular values decaying to 1e-9",
  "erank_rank-deficient": "ERank, an eighth of full rank",
  analyse: "files to all statistics of every row (k = 20, JS divergence, ranks)",
};

/** Who does it. */
export type Implementation =
  | "actgauge"
  | "typescript"
  | "numpy"
  | "scipy"
  | "torch"
  | "torch_gram"
  | "torch_float32"
  | "torch_gram_float32";

/** What the table calls them; ERank by torch is svdvals in float64 where no more is said. */
export const IMPLEMENTATIONS: Record<Implementation, string> = {
  actgauge: "actgauge",
  typescript: "TypeScript",
  numpy: "numpy",
  scipy: "SciPy",
  torch: "torch",
  torch_gram: "torch Gram + eigvalsh",
  torch_float32: "torch in float32",
  torch_gram_float32: "torch Gram + eigvalsh in float32",
};

/** One line of the benchmark: a work by an implementation. */
export interface Contestant {
  work: Work;
  implementation: Implementation;
  threads: number;
  /** Null where the work has none. */
  k: number | null;
}

/** One run of a contestant. */
export interface Timing {
  seconds: number;
  /** Processor time of all threads: tells on a busy machine what the clock does not. */
  cpuSeconds: number;
  /**
   * Largest difference from float64; for top-k the number of rows with other ids, for a histogram the largest
   * difference of a count from numpy's. Null where there is nothing to compare.
   */
  maxError: number | null;
}

/** What the first rows' results are held against. */
export interface Reference {
  /** Five numbers a row in float64: both ln sum exp, KL, both entropies. */
  sums: number[][];
  /** 64 ids a row, equal logits by the lower id. */
  top: number[][];
  /** Of `bins` bins over [low, high], numpy's. */
  histogram: number[];
}

/** The histogram's bins. */
export const HISTOGRAM = { bins: 64, low: -20, high: 20 };

/** The rank correlations' k, and the top-k's. */
export const KS = [3, 10, 20] as const;

/** Every contestant over rows; `threads` are ours and torch's, the others have one. */
export function contestants(threads: readonly number[], plain: boolean): Contestant[] {
  const list: Contestant[] = [];
  const add = (
    work: Work,
    implementations: Partial<Record<Implementation, readonly number[]>>,
    ks: readonly (number | null)[] = [null],
  ) => {
    for (const k of ks) {
      for (const [implementation, counts] of Object.entries(implementations)) {
        if (implementation === "typescript" && !plain) continue;
        for (const threads of counts) {
          list.push({ work, implementation: implementation as Implementation, threads, k });
        }
      }
    }
  };
  add("memory", { actgauge: threads, torch: threads });
  add("read", { actgauge: threads, numpy: [1] });
  add("logsumexp", { actgauge: threads, typescript: [1], scipy: [1], torch: threads });
  add("fused", { actgauge: threads, typescript: [1], numpy: [1], scipy: [1], torch: threads });
  add("top_k", { actgauge: threads, typescript: [1], numpy: [1], torch: threads }, KS);
  add("kendall", { actgauge: [1], scipy: [1] }, KS);
  add("spearman", { actgauge: [1], scipy: [1] }, KS);
  add("histogram", { actgauge: threads, typescript: [1], numpy: [1], torch: threads });
  add("analyse", { actgauge: threads });
  return list;
}

/** Bytes of logits that a work goes over; null where it does not go over whole rows. */
export function bytesOf(work: Work, rows: number, vocabulary: number): number | null {
  const log = rows * vocabulary * 4;
  if (work === "kendall" || work === "spearman" || work.startsWith("erank")) return null;
  return work === "memory" || work === "read" || work === "histogram" ? log : 2 * log;
}
