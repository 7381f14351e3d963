import { reasonAt } from "../../data/logs.ts";
import { meanOverLayers } from "./each_matrix.ts";
import { effectiveRanks, effectiveRanksOfWeights, type Form } from "./effective_ranks.ts";
import { valuesOver } from "./measured.ts";
import type { Measured, PairedMetric } from "./metric.ts";

const FORMS: readonly Form[] = ["erank", "erank_covariance"];

/**
 * Effective rank of the variant less that of the baseline. ACBench gives no equation, and three readings
 * are in use (compressed - original, original - compressed, untrained - trained); the parameter says that this
 * is the first, and of which effective rank.
 */
export const diffErank: PairedMetric = {
  name: "diff_erank",
  title: "Diff-ERank",
  unit: "",
  better: "neither",
  needs: ["logits", "hidden_states", "spectra"],
  needsBaseline: true,
  source: "ACBench, section 3 and Table 2 (no equation)",
  measureCapture: (variant, baseline) =>
    FORMS.flatMap((form) =>
      differences(form, effectiveRanks(variant, form), effectiveRanks(baseline, form))
    ),
  measureSpectra: (variant, baseline) =>
    FORMS.flatMap((form) => {
      const [of, from] = [variant, baseline].map((spectra) =>
        effectiveRanksOfWeights(spectra, form).filter((value) => !isMean(value))
      ) as [Measured[], Measured[]];
      const layers = differences(form, of, from);
      return layers.length === 0 ? [] : [...layers, meanOverLayers(layers, prefix(form))];
    }),
};

const isMean = ({ parameter }: Measured) => parameter === "source=weights,layer=mean";

const prefix = (form: Form) => `reading=compressed-minus-baseline,of=${form},`;

/** Variant less baseline of the values with the same sample and parameter. */
function differences(form: Form, variant: Measured[], baseline: Measured[]): Measured[] {
  const from = new Map(baseline.map((values) => [values.parameter, values]));
  return variant.map((of) => {
    const other = from.get(of.parameter);
    const indexes = new Map(other?.samples.map((sampleId, index) => [sampleId, index]));
    return valuesOver(of, prefix(form) + of.parameter, (index) => {
      // Each sample has one value, at the sample's own index.
      const theirs = indexes.get(of.samples[of.sample[index]!]!);
      if (!other || theirs === undefined) return { reason: "the baseline has no such matrix" };
      const [ownReason, theirReason] = [reasonAt(of, index), reasonAt(other, theirs)];
      if (ownReason !== null) return { reason: ownReason };
      if (theirReason !== null) return { reason: `baseline: ${theirReason}` };
      return of.value[index]! - other.value[theirs]!;
    });
  });
}
