import type { Progress } from "./progress.ts";
import type { Positions } from "./sample_rows.ts";

/** How results are built. */
export interface ResultsOptions {
  /** Tokens that the metrics of captures take in; by default `own`, those that the model wrote. */
  positions?: Positions;
  /** Positions of the continuation whose logits are counted; by default those of ACBench's Figure 14. */
  histogramPositions?: readonly number[];
  /** Temperatures of the energies, above 0; by default 1 alone. */
  energyTemperatures?: readonly number[];
  /** Largest difference that counts as none, for scores between 0 and 1. */
  margin?: number;
  /** Called now and then. */
  onProgress?(progress: Progress): void;
  /** Ends the work early, with the earlier files as they were; cells that were measured need not be again. */
  signal?: AbortSignal;
}
