import type { Capture } from "../capture.ts";
import { rangesOf } from "../sample_rows.ts";
import { type Rows, squaredProductNorm } from "../kernels/product_norm.ts";
import { measured, type Outcome, withoutRows } from "./measured.ts";
import type { PairedMetric } from "./metric.ts";
import { readRanges } from "./read_ranges.ts";

/**
 * Linear centred kernel alignment of the hidden states of both over all tokens of the run: 1 where one is
 * the other rotated, shifted and scaled, near 0 where they have nothing in common. Changes that the output
 * layer hides are seen here, and a change of basis that the next layer undoes is not counted as damage.
 *
 * `estimator=biased` is Kornblith's, which tends to 1 as the tokens become fewer than the dimensions;
 * `estimator=unbiased` puts Song's unbiased HSIC in it, which can come out below 0.
 */
export const cka: PairedMetric = {
  name: "cka",
  title: "CKA of hidden states",
  unit: "",
  better: "higher",
  range: { high: 1 },
  needs: ["hidden_states"],
  needsBaseline: true,
  source: "Kornblith et al. 2019; Nguyen et al. 2021, with Song et al. 2012, Eq. 5 (unbiased)",
  measureCapture(variant, baseline) {
    if (variant.hiddenStates === null || baseline.hiddenStates === null) return [];
    const found = withoutRows(variant) ?? alignments(variant, baseline);
    return (["biased", "unbiased"] as const).map((estimator) =>
      measured("reason" in found ? found : found[estimator], {
        parameter: `source=hidden_states,estimator=${estimator}`,
      })
    );
  },
};

/** By estimator. */
interface HsicParts {
  biased: number;
  unbiased: number;
}

interface CentredRows extends Rows {
  rows: number;
  /** Squared length of each row. */
  lengths: Float64Array;
}

function alignments(variant: Capture, baseline: Capture): Record<keyof HsicParts, Outcome> {
  const [x, y] = [centredRows(variant), centredRows(baseline)];
  const products = [hsicParts(x, y), withItself(variant), withItself(baseline)];
  const of = (estimator: keyof HsicParts) =>
    alignment(products.map((parts) => parts[estimator]), x.rows);
  return { biased: of("biased"), unbiased: of("unbiased") };
}

function alignment([xy, xx, yy]: number[], rows: number): Outcome {
  if (rows < 4) return { reason: "centring and the unbiased estimator need four tokens" };
  if (![xy, xx, yy].every(Number.isFinite)) {
    return { reason: "hidden states hold NaN or infinity" };
  }
  if (!(xx! > 0 && yy! > 0)) return { reason: "the hidden states of one model do not vary" };
  return Math.min(xy! / Math.sqrt(xx! * yy!), 1);
}

function withItself(capture: Capture): HsicParts {
  return capture.memo("HSIC with itself", () => {
    const rows = centredRows(capture);
    return hsicParts(rows, rows);
  });
}

/** The hidden states that enter, less the mean over all tokens. */
function centredRows(capture: Capture): CentredRows {
  return capture.memo("centred hidden states", () => {
    const log = capture.hiddenStates!;
    const columns = log.width;
    const rows = capture.samples.reduce((sum, { count }) => sum + count, 0);
    const values = readRanges(
      log,
      rangesOf(capture.samples),
      new Float64Array(rows * columns),
    );
    const mean = new Float64Array(columns);
    for (let i = 0; i < values.length; i++) mean[i % columns] = mean[i % columns]! + values[i]!;
    const lengths = new Float64Array(rows);
    for (let row = 0; row < rows; row++) {
      for (let c = 0; c < columns; c++) {
        const centred = values[row * columns + c]! - mean[c]! / rows;
        values[row * columns + c] = centred;
        lengths[row] = lengths[row]! + centred * centred;
      }
    }
    return { values, columns, rows, lengths };
  });
}

/**
 * HSIC of the linear kernels K = XXᵀ and L = YYᵀ up to a factor that depends on the rows alone. Of centred rows
 * K1 = 0, so what Song's estimator takes out of K with its diagonal is known from the diagonals.
 */
function hsicParts(x: CentredRows, y: CentredRows): HsicParts {
  const n = x.rows;
  const trace = squaredProductNorm(x, y, n);
  let [both, ofX, ofY] = [0, 0, 0];
  for (let row = 0; row < n; row++) {
    both += x.lengths[row]! * y.lengths[row]!;
    ofX += x.lengths[row]!;
    ofY += y.lengths[row]!;
  }
  const unbiased = trace - both + ofX * ofY / ((n - 1) * (n - 2)) - 2 * both / (n - 2);
  return { biased: trace, unbiased };
}
