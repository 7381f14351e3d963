/** A row of the log `spans`, as its columns are named. `data/result_schema.ts` tells what each holds. */
export interface SpanLine {
  variant: string;
  benchmark: string;
  metric: string;
  parameter: "span=reason" | "span=act" | "span=act-reason";
  n: number;
  calibration_seeds: number;
  tokens: number;
  mean: number | null;
  low: number | null;
  high: number | null;
  interval: string | null;
  difference: number | null;
  difference_low: number | null;
  difference_high: number | null;
  difference_interval: string | null;
}
