import { meanOverLayers } from "./each_matrix.ts";
import { effectiveRanks, effectiveRanksOfWeights, type Form } from "./effective_ranks.ts";
import { measured } from "./measured.ts";
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
  const key = ({ sampleId, parameter }: Measured) => JSON.stringify([sampleId, parameter]);
  const from = new Map(baseline.map((value) => [key(value), value]));
  return variant.flatMap((of) => {
    const other = from.get(key(of));
    const at = {
      ...(of.sampleId === null ? {} : { sampleId: of.sampleId }),
      parameter: prefix(form) + of.parameter,
    };
    if (!other) return [measured({ reason: "the baseline has no such matrix" }, at)];
    if (of.value === null) return [measured({ reason: of.reason! }, at)];
    if (other.value === null) return [measured({ reason: `baseline: ${other.reason}` }, at)];
    return [measured(of.value - other.value, at)];
  });
}
