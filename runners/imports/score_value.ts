import { shown } from "./fields.ts";
import type { ImportedScore } from "./result_format.ts";

/**
 * A score from a value of another tool: numbers and booleans as they are, text that is a number (Python writes
 * NumPy's own numbers so), and anything else null with the reason.
 */
export function scoreOf(metric: string, value: unknown): ImportedScore {
  const missing = (reason: string) => ({ metric, value: null, reason });
  if (typeof value === "bigint") return { metric, value: Number(value), reason: null };
  if (typeof value === "boolean") return { metric, value: Number(value), reason: null };
  if (value === null || value === undefined) return missing("the tool gave no value");
  if (typeof value === "number") {
    return Number.isNaN(value)
      ? missing("the tool's value is not a number (NaN)")
      : { metric, value, reason: null };
  }
  if (typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value))) {
    return { metric, value: Number(value), reason: null };
  }
  if (typeof value === "string") return missing(`the tool's value ${shown(value)} is not a number`);
  return missing(
    `a score of the whole set: the tool keeps ${
      shown(value)
    } for this sample and computes one number of all`,
  );
}
