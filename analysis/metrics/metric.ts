/**
 * What a metric is.
 *
 * @module
 */
import type { ValueColumns } from "../../data/logs.ts";
import type { Capture } from "../capture.ts";
import type { Spectrum } from "../spectra.ts";

/** The values of a metric with one parameter, in columns: makers of them are in `measured.ts`. */
export interface Measured extends ValueColumns {
  /** What else identifies the values, e.g. `k=3`, `layer=model.layers.0.mlp.up_proj`; null when nothing. */
  parameter: string | null;
  /** Tokens behind each value, for metrics with `pooling: "tokens"`. */
  weight?: Float64Array;
}

interface MetricFacts {
  /** Registry key, file name and value of the `metric` column. */
  name: string;
  /** What a figure or table calls it. */
  title: string;
  /** `nats`, `tokens`, …; empty for a pure number. */
  unit: string;
  better: "higher" | "lower" | "neither";
  /** Values that it can have; an interval does not reach beyond them. All numbers unless told. */
  range?: { low?: number; high?: number };
  /** Logs that it can be made from; it measures on those that a cell has. */
  needs: readonly ("logits" | "logit_sketch" | "hidden_states" | "spectra")[];
  /** Paper and equation. */
  source: string;
  /**
   * How the summary makes one number of many samples. `samples` (the default) is the plain mean of the
   * samples' values; `tokens` the geometric mean weighted by tokens, which makes a corpus perplexity
   * of the samples' perplexities.
   */
  pooling?: "samples" | "tokens";
}

/** A metric of one variant alone. */
export interface SingleMetric extends MetricFacts {
  needsBaseline: false;
  /** On a capture cell. */
  measureCapture?(variant: Capture): Measured[];
  /** On a checkpoint's spectra. */
  measureSpectra?(variant: Spectrum[]): Measured[];
}

/** A metric of a variant against its baseline. It is not measured on the baseline itself. */
export interface PairedMetric extends MetricFacts {
  needsBaseline: true;
  /** On two captures whose rows are aligned: row i of both is the same token of the same sample. */
  measureCapture?(variant: Capture, baseline: Capture): Measured[];
  measureSpectra?(variant: Spectrum[], baseline: Spectrum[]): Measured[];
}

/** One file in this folder and one line in `registry.ts`. */
export type Metric = SingleMetric | PairedMetric;
