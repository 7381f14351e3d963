/**
 * Makers of measured values.
 *
 * @module
 */
import type { Capture, SampleRows } from "../capture.ts";
import type { Measured } from "./metric.ts";

/** The reason where a capture kept a sketch alone, and that does not tell. */
export const NEEDS_FULL_LOGITS = { reason: "needs the full logits" };

/** A number, or the reason why there is none. */
export type Outcome = number | { reason: string };

/** Value of one sample, or of a whole run where `sampleId` is null. NaN becomes null. */
export function measured(
  outcome: Outcome,
  at: { sampleId?: string; position?: number; parameter?: string },
): Measured {
  const missing = typeof outcome !== "number"
    ? outcome.reason
    : Number.isNaN(outcome)
    ? "not defined on these values (NaN or infinite logits)"
    : null;
  return {
    sampleId: at.sampleId ?? null,
    position: at.position ?? null,
    parameter: at.parameter ?? null,
    value: missing === null ? outcome as number : null,
    reason: missing,
  };
}

/**
 * One value for each row that enters, by sample and position.
 *
 * @param outcome Gives the value of a row.
 */
export function eachPosition(
  capture: Capture,
  parameter: string | null,
  outcome: (row: number) => Outcome,
): Measured[] {
  const values: Measured[] = [];
  const at = parameter === null ? {} : { parameter };
  for (const { sampleId, begin, end } of capture.samples) {
    for (let row = begin; row < end; row++) {
      const position = capture.tokens.position[row]!;
      values.push(measured(outcome(row), { ...at, sampleId, position }));
    }
  }
  return values;
}

/** One value for each sample. A sample without rows gets null. */
export function eachSample(
  capture: Capture,
  parameter: string | null,
  outcome: (sample: SampleRows) => Outcome,
): Measured[] {
  const at = parameter === null ? {} : { parameter };
  return capture.samples.map((sample) =>
    measured(
      sample.end > sample.begin ? outcome(sample) : { reason: "the sample has no tokens" },
      { ...at, sampleId: sample.sampleId },
    )
  );
}
