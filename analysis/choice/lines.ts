/**
 * Rows of the logs `comparisons` and `capabilities`, as their columns are named.
 *
 * @module
 */

/** Whether a method may stand in for its baseline. */
export type Verdict = "equivalent" | "better" | "worse" | "undecided";

/** What a comparison with the baseline says. `data/schema.ts` tells what each column holds. */
export interface Judgement {
  n: number;
  calibration_seeds: number;
  mean: number | null;
  baseline_mean: number | null;
  difference: number | null;
  standard_error: number | null;
  low: number | null;
  high: number | null;
  interval: string | null;
  p: number | null;
  p_holm: number | null;
  test: string | null;
  margin: number | null;
  low_90: number | null;
  high_90: number | null;
  p_equivalence: number | null;
  p_equivalence_holm: number | null;
  p_non_inferiority: number | null;
  p_non_inferiority_holm: number | null;
  non_inferior: boolean | null;
  verdict: Verdict | null;
  reason: string | null;
}

/** One score of one method against its baseline. */
export interface ComparisonLine extends Judgement {
  model: string;
  variant: string;
  benchmark: string;
  subtask: string;
  metric: string;
  parameter: string | null;
}

/** What one method keeps of one capability, and what it costs. */
export interface CapabilityLine extends Judgement {
  model: string;
  capability: string;
  variant: string;
  title: string;
  baseline: boolean;
  benchmarks: string;
  stored_bytes: number | null;
  effective_bits: number | null;
  score_low: number | null;
  score_high: number | null;
  samples_needed: number | null;
  stored_bytes_front: boolean | null;
  stored_bytes_front_share: number | null;
  effective_bits_front: boolean | null;
  effective_bits_front_share: number | null;
}
