/**
 * Captures made in memory for tests.
 *
 * @module
 */
import { type Capture, capture, type CaptureOptions } from "../../analysis/capture.ts";
import type { Measured } from "../../analysis/metrics/metric.ts";
import { metricNamed } from "../../analysis/metrics/registry.ts";
import { reasonAt, valueAt, type VectorLog } from "../../data/logs.ts";
import type { MetricValue } from "../../data/types.ts";

/** Samples by their rows of numbers; `prompt` rows come before the continuation. */
export interface TestSample {
  id: string;
  rows: ArrayLike<number>[];
  tokens?: number[];
  prompt?: number;
}

/** A log whose samples have these rows. */
export function vectorLog(samples: TestSample[]): VectorLog {
  const rows = samples.flatMap(({ rows }) => rows);
  const width = rows[0]!.length;
  const values = new Float32Array(rows.length * width);
  rows.forEach((row, index) => values.set(row, index * width));
  const each = (of: (sample: TestSample, index: number) => number) =>
    Int32Array.from(samples.flatMap((sample) => sample.rows.map((_, index) => of(sample, index))));
  return {
    rows: rows.length,
    width,
    sampleId: samples.flatMap(({ id, rows }) => rows.map(() => id)),
    tokenIndex: each((_, index) => index + 10),
    position: each(({ prompt = 0 }, index) => index - prompt),
    tokenId: each(({ tokens }, index) => tokens?.[index] ?? 0),
    values,
  };
}

/** A capture of these logits. */
export function captureOf(samples: TestSample[], options: CaptureOptions = {}): Capture {
  return capture("logits.arrow", vectorLog(samples), null, options);
}

/** A capture of one sample. */
export function oneSample(rows: ArrayLike<number>[], tokens?: number[]): Capture {
  return captureOf([{ id: "a", rows, ...(tokens ? { tokens } : {}) }]);
}

/** Rows of a row-major array. */
export function rowsOf(values: Float32Array, width: number): Float32Array[] {
  return Array.from(
    { length: values.length / width },
    (_, row) => values.subarray(row * width, (row + 1) * width),
  );
}

/** Values of a metric by its name, with or without a baseline as it needs. */
export function measureBy(name: string, variant: Capture, baseline: Capture): MetricValue[] {
  const metric = metricNamed(name)!;
  return valuesIn(
    metric.needsBaseline
      ? metric.measureCapture!(variant, baseline)
      : metric.measureCapture!(variant),
  );
}

/** Measured columns value by value. */
export function valuesIn(measured: Measured[]): MetricValue[] {
  return measured.flatMap((columns) =>
    Array.from(columns.value, (_, index) => ({
      sampleId: columns.samples[columns.sample[index]!]!,
      position: columns.position && columns.position[index]!,
      parameter: columns.parameter,
      value: valueAt(columns, index),
      reason: reasonAt(columns, index),
    }))
  );
}
