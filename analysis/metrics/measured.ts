/**
 * Makers of measured values.
 *
 * @module
 */
import type { ValueColumns } from "../../data/logs.ts";
import type { Capture } from "../capture.ts";
import type { SampleRows } from "../sample_rows.ts";
import type { Measured } from "./metric.ts";

/** The reason where a capture kept a sketch alone, and that does not tell. */
export const NEEDS_FULL_LOGITS = { reason: "needs the full logits" };

/** A number, or the reason why there is none. */
export type Outcome = number | { reason: string };

const NOT_A_NUMBER = { reason: "not defined on these values (NaN or infinite logits)" };

/** The samples and positions of some values. */
type Places = Pick<ValueColumns, "samples" | "sample" | "position">;

/** Value of one sample, or of a whole run where `sampleId` is null. NaN becomes a missing one. */
export function measured(
  outcome: Outcome,
  at: { sampleId?: string; parameter?: string },
): Measured {
  const places = { samples: [at.sampleId ?? null], sample: new Int32Array(1), position: null };
  return valuesOver(places, at.parameter ?? null, () => outcome);
}

/** One value for each place, from `outcome` of its index. NaN becomes a missing one. */
export function valuesOver(
  places: Places,
  parameter: string | null,
  outcome: (index: number) => Outcome,
): Measured {
  const count = places.sample.length;
  const value = new Float64Array(count);
  const reasons: string[] = [];
  let reason: Uint32Array | null = null;
  for (let index = 0; index < count; index++) {
    const found = outcome(index);
    if (typeof found === "number" && found === found) {
      value[index] = found;
      continue;
    }
    const why = (typeof found === "number" ? NOT_A_NUMBER : found).reason;
    let code = reasons.lastIndexOf(why);
    if (code === -1) code = reasons.push(why) - 1;
    reason ??= new Uint32Array(count);
    reason[index] = code + 1;
    value[index] = NaN;
  }
  return { ...places, parameter, value, reason, reasons };
}

/**
 * One value for each row that enters, by sample and position; a missing one for each sample of which it is not known
 * which rows would.
 *
 * @param outcome Gives the value of a row.
 */
export function eachPosition(
  capture: Capture,
  parameter: string | null,
  outcome: (row: number) => Outcome,
): Measured[] {
  const { rows, ...places } = positionsOf(capture);
  return [
    valuesOver(places, parameter, (index) => outcome(rows[index]!)),
    ...unknownSamples(capture).map(({ reasons, ...places }) =>
      valuesOver(places, parameter, (index) => ({ reason: reasons[index]! }))
    ),
  ];
}

/** One value for each sample. A sample without rows gets none. */
export function eachSample(
  capture: Capture,
  parameter: string | null,
  outcome: (sample: SampleRows) => Outcome,
): Measured[] {
  const { samples, ...places } = samplesOf(capture);
  return [
    valuesOver(
      { ...places, samples: samples.map(({ sampleId }) => sampleId) },
      parameter,
      (index) => {
        const sample = samples[index]!;
        return sample.count > 0
          ? outcome(sample)
          : { reason: sample.unknown ?? "the sample has no tokens" };
      },
    ),
  ];
}

/** The samples in the order of results, that of their ids, whatever the log's. */
function samplesOf(capture: Capture) {
  return capture.memo("samples in order", () => {
    const samples = capture.samples.toSorted((a, b) => a.sampleId < b.sampleId ? -1 : 1);
    return { samples, sample: Int32Array.from(samples.keys()), position: null };
  });
}

/** The rows that enter in the order of results. All metrics of a capture share these arrays. */
function positionsOf(capture: Capture) {
  return capture.memo("positions in order", () => {
    const { samples } = samplesOf(capture);
    const total = samples.reduce((sum, { count }) => sum + count, 0);
    const [rows, sample] = [new Int32Array(total), new Int32Array(total)];
    let at = 0;
    samples.forEach(({ ranges }, index) => {
      for (const { begin, end } of ranges) {
        for (let row = begin; row < end; row++) {
          sample[at] = index;
          rows[at++] = row;
        }
      }
    });
    const position = rows.map((row) => capture.tokens.position[row]!);
    return { samples: samples.map(({ sampleId }) => sampleId), sample, position, rows };
  });
}

/** The samples of which it is not known which rows enter, and why; an empty list where there is none. */
function unknownSamples(capture: Capture) {
  return capture.memo("unknown samples", () => {
    const samples = samplesOf(capture).samples.filter(({ unknown }) => unknown !== null);
    if (samples.length === 0) return [];
    return [{
      samples: samples.map(({ sampleId }) => sampleId),
      sample: Int32Array.from(samples.keys()),
      position: null,
      reasons: samples.map(({ unknown }) => unknown!),
    }];
  });
}

/** Why a run has no value: no row enters. Null where some do. */
export function withoutRows({ samples }: Capture): { reason: string } | null {
  if (samples.some(({ count }) => count > 0)) return null;
  return { reason: samples.find(({ unknown }) => unknown)?.unknown ?? "there are no tokens" };
}
