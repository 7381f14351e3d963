/** Claims of ACBench's Section 3 and of the caption of Table 2. */
import { ALL, type Claim, type Expression, MOST } from "../claim.ts";
import { both, only, prints } from "./terms.ts";

const SECTION = { paper: "ACBench", section: "3 Statistical analysis" } as const;

const SIZES = ["OPT-125M", "OPT-1.3B", "OPT-2.7B", "OPT-6.7B"];
const row = (column: string) => ({ table: 2, column });
const at = (model: string, column: string): Expression => ({ cell: { table: 2, model, column } });

/** The row rises from each size to the next. */
const rising = (column: string, strict = true) =>
  SIZES.slice(1).map((model, i) => ({
    compare: at(model, column),
    is: strict ? ">" as const : ">=" as const,
    to: at(SIZES[i]!, column),
  }));

/** Claims of Section 3. */
export const STATISTICAL_ANALYSIS: Claim[] = [
  {
    ...SECTION,
    id: "erank-precision",
    line: 157,
    sentence: "ERank falls as the bit width of the weights does.",
    readings: only({ unprinted: "Figure 2 plots it; no number is printed" }),
  },
  {
    ...SECTION,
    id: "erank-two-models",
    line: 150,
    sentence: "LLaMA-2-7B and Mistral-7B show the same trend of ERank.",
    readings: only({ unprinted: "Figure 2 plots it; no number is printed" }),
  },
  {
    ...SECTION,
    id: "erank-range",
    line: 157,
    sentence: "Over 125M to 6.7B, ERank at 4 bit ranges from 13.898 to 17.877.",
    readings: only(
      both(
        prints({ min: row("ERank (4bit)") }, 13.898),
        prints({ max: row("ERank (4bit)") }, 17.877),
      ),
    ),
  },
  {
    ...SECTION,
    id: "erank-accuracy",
    line: 157,
    sentence: "ERank goes up with accuracy.",
    readings: [
      {
        name: "Pearson correlation above 0",
        rule: { compare: { pearson: [row("ACC"), row("ERank (4bit)")] }, is: ">", to: 0 },
      },
      {
        name: "Pearson correlation of at least 0.5",
        rule: { compare: { pearson: [row("ACC"), row("ERank (4bit)")] }, is: ">=", to: 0.5 },
      },
      {
        name: "Spearman correlation above 0",
        rule: { compare: { spearman: [row("ACC"), row("ERank (4bit)")] }, is: ">", to: 0 },
      },
    ],
  },
  {
    ...SECTION,
    id: "erank-size",
    line: 157,
    sentence: "Larger models generally keep a higher ERank.",
    readings: [
      {
        name: "it rises from each size to the next",
        rule: { rules: rising("ERank (4bit)"), share: ALL },
      },
      { name: "in most steps", rule: { rules: rising("ERank (4bit)"), share: MOST } },
    ],
  },
  {
    ...SECTION,
    id: "erank-largest",
    line: 157,
    sentence: "The 6.7B model has the highest ERank, 17.877.",
    readings: only(
      both(
        prints(at("OPT-6.7B", "ERank (4bit)"), 17.877),
        { compare: at("OPT-6.7B", "ERank (4bit)"), is: ">=", to: { max: row("ERank (4bit)") } },
      ),
    ),
  },
  {
    ...SECTION,
    id: "erank-largest-accuracy",
    line: 157,
    sentence: "The 6.7B model is correspondingly accurate, at 0.360.",
    readings: [
      { name: "the number", rule: prints(at("OPT-6.7B", "ACC"), 0.36) },
      {
        name: "the highest accuracy beside the highest ERank",
        rule: { compare: at("OPT-6.7B", "ACC"), is: ">=", to: { max: row("ACC") } },
      },
    ],
  },
  {
    ...SECTION,
    id: "erank-third",
    line: 157,
    sentence: "The 2.7B model has a lower ERank, 13.898, at a comparable accuracy.",
    readings: only(
      both(
        prints(at("OPT-2.7B", "ERank (4bit)"), 13.898),
        {
          compare: { minus: [at("OPT-2.7B", "ACC"), at("OPT-6.7B", "ACC")] },
          is: "between",
          to: [-0.02, 0.02],
        },
      ),
      "comparable: within 0.02 of the 6.7B model",
    ),
  },
  {
    ...SECTION,
    id: "diff-erank-size",
    line: 157,
    sentence: "Diff-ERank grows with size, from 1.410 to 2.280.",
    readings: [
      {
        name: "the numbers of the smallest and the largest model",
        rule: both(
          prints(at("OPT-125M", "Diff-ERank"), 1.41),
          prints(at("OPT-6.7B", "Diff-ERank"), 2.28),
        ),
      },
      {
        name: "it rises from each size to the next",
        rule: { rules: rising("Diff-ERank"), share: ALL },
      },
    ],
  },
  {
    ...SECTION,
    id: "top-k-degradation",
    line: 159,
    sentence: "Rankings agree less, and less stably, as k goes from 10 to 3.",
    readings: only({ unprinted: "Figure 4 plots it; no number is printed" }),
  },
  {
    ...SECTION,
    id: "top-k-perplexity",
    line: 159,
    sentence: "Perplexity and top-k correlation go together strongly.",
    readings: only({ unprinted: "Figure 5 plots it; no number is printed" }),
  },
  {
    ...SECTION,
    id: "energy-sizes",
    line: 175,
    sentence: "Energy is alike for all model sizes.",
    readings: [
      {
        name: "largest at most 10 % above smallest",
        rule: {
          compare: { percentDrop: [{ max: row("Energy") }, { min: row("Energy") }] },
          is: "<=",
          to: 10,
        },
      },
      {
        name: "largest at most 5 % above smallest",
        rule: {
          compare: { percentDrop: [{ max: row("Energy") }, { min: row("Energy") }] },
          is: "<=",
          to: 5,
        },
      },
    ],
  },
  {
    ...SECTION,
    id: "energy-positions",
    line: 175,
    sentence: "Energies of compressed and uncompressed models differ at first and merge later.",
    readings: only({ unprinted: "Figure 15 plots it; no number is printed" }),
  },
  {
    ...SECTION,
    id: "table-2-erank-energy",
    section: "Caption of Table 2",
    line: 173,
    sentence: "ERank and energy correlate with model performance.",
    readings: [
      {
        name: "both Spearman correlations with accuracy above 0",
        rule: both(
          { compare: { spearman: [row("ACC"), row("ERank (4bit)")] }, is: ">", to: 0 },
          { compare: { spearman: [row("ACC"), row("Energy")] }, is: ">", to: 0 },
        ),
      },
      {
        name: "both Pearson correlations with accuracy at least 0.5",
        rule: both(
          { compare: { pearson: [row("ACC"), row("ERank (4bit)")] }, is: ">=", to: 0.5 },
          { compare: { pearson: [row("ACC"), row("Energy")] }, is: ">=", to: 0.5 },
        ),
      },
    ],
  },
];
