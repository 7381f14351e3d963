import type { ScoreEstimate } from "../score_estimates.ts";
import type { PaperBar } from "./paper_panels.ts";

/**
 * A bar with its interval from an estimate; one without a value where there is none.
 *
 * @param scale What 1 is drawn as: 100 for percent.
 */
export function estimateBar(
  category: string,
  series: string,
  estimate: ScoreEstimate | undefined,
  scale: number,
): PaperBar {
  const scaled = (value: number | null | undefined) => value == null ? null : scale * value;
  return {
    category,
    series,
    value: scaled(estimate?.mean),
    low: scaled(estimate?.low),
    high: scaled(estimate?.high),
    flagged: false,
  };
}
