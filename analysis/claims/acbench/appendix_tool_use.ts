/** Claims of ACBench's Appendix C.2. */
import { ALL, type Claim, MOST, type Rule, type Share } from "../claim.ts";
import {
  beside,
  both,
  DISTILLED,
  only,
  overall,
  prints,
  SEMI_STRUCTURED,
  TWO_FORMATS,
  UNSTRUCTURED,
} from "./terms.ts";

const C2 = { paper: "ACBench", section: "C.2 Tool use" } as const;

const INTERNLM = "InternLM2.5-7B";

const QWEN = "Qwen2.5-7B";

const jsonBelowString = (share: Share): Rule => ({
  change: "points",
  pairs: {
    cells: { table: 8, group: TWO_FORMATS, column: "Json" },
    against: { table: 8, group: TWO_FORMATS, column: "String" },
    by: ["model", "compression", "group"],
  },
  is: "<",
  to: 0,
  share,
});

const patternPairs: Rule = both(
  ...UNSTRUCTURED.map((compression, i): Rule => ({
    compare: overall("Mistral-7B", compression),
    is: ">",
    to: overall("Mistral-7B", SEMI_STRUCTURED[i]!),
  })),
);

/** Claims of ACBench's Appendix C.2. */
export const APPENDIX_TOOL_USE: Claim[] = [
  {
    ...C2,
    id: "c2-internlm-awq-best",
    line: 751,
    sentence: "On InternLM2.5-7B, AWQ (68.6) is the best compression, GPTQ (71.8) follows.",
    readings: [
      {
        name: "the numbers",
        rule: both(
          prints(overall(INTERNLM, "AWQ"), 68.6),
          prints(overall(INTERNLM, "GPTQ"), 71.8),
        ),
      },
      {
        name: "AWQ above GPTQ",
        rule: { compare: overall(INTERNLM, "AWQ"), is: ">", to: overall(INTERNLM, "GPTQ") },
      },
    ],
  },
  {
    ...C2,
    id: "c2-internlm-base",
    line: 751,
    sentence: "The base model has 71.4.",
    readings: [
      { name: "the row Base", rule: prints(overall(INTERNLM, "none"), 71.4) },
      { name: "the row FP16", rule: prints(overall(INTERNLM, "FP16"), 71.4) },
    ],
  },
  {
    ...C2,
    id: "c2-mistral-unstructured",
    line: 751,
    sentence: "On Mistral-7B, unstructured pruning beats 2:4.",
    readings: only(patternPairs, "overall score, method by method"),
  },
  {
    ...C2,
    id: "c2-mistral-below",
    line: 751,
    sentence: "Its pruned scores are below those of InternLM2.5-7B.",
    readings: only({
      change: "points",
      pairs: {
        cells: {
          table: 8,
          model: "Mistral-7B",
          compression: UNSTRUCTURED,
          group: "Overall",
        },
        against: { table: 8, model: INTERNLM, group: "Overall" },
        by: ["compression"],
      },
      is: "<",
      to: 0,
      share: ALL,
    }, "overall score, unstructured methods"),
  },
  {
    ...C2,
    id: "c2-qwen-14b",
    line: 768,
    sentence: "Qwen2.5-14B resists compression: 77.0 of 77.5 with unstructured SparseGPT.",
    readings: [
      {
        name: "the numbers",
        rule: both(
          prints(overall("Qwen2.5-14B", "SparseGPT(Un)"), 77),
          prints(overall("Qwen2.5-14B", "FP16"), 77.5),
        ),
      },
      {
        name: "most of its compressed rows lose at most 5 points",
        rule: {
          change: "points",
          pairs: beside({
            table: 8,
            model: "Qwen2.5-14B",
            group: "Overall",
            except: { compression: ["FP16"] },
          }, "FP16"),
          is: ">=",
          to: -5,
          share: MOST,
        },
      },
    ],
  },
  {
    ...C2,
    id: "c2-qwen-7b",
    line: 768,
    sentence: "Qwen2.5-7B has about 70 % with AWQ and with GPTQ.",
    readings: only({
      each: { table: 8, model: QWEN, compression: ["AWQ", "GPTQ"], group: "Overall" },
      is: "between",
      to: [69, 71],
      share: ALL,
    }, "within 1 point of 70"),
  },
  {
    ...C2,
    id: "c2-distilled",
    line: 768,
    sentence: "Distilled models underperform.",
    readings: [[INTERNLM, QWEN, "Qwen2.5-14B"], [INTERNLM, QWEN, "Qwen2.5-14B", "Mistral-7B"]].map(
      (models) => ({
        name: `their highest overall score below the lowest FP16 of ${models.join(", ")}`,
        rule: {
          compare: { max: { table: 8, model: DISTILLED, group: "Overall" } },
          is: "<",
          to: { min: { table: 8, model: models, compression: "FP16", group: "Overall" } },
        },
      }),
    ),
  },
  {
    ...C2,
    id: "c2-string-json",
    line: 768,
    sentence: "For all models, string tasks are better than JSON tasks.",
    readings: [
      { name: "in every row and capability", rule: jsonBelowString(ALL) },
      { name: "in most", rule: jsonBelowString(MOST) },
    ],
  },
];
