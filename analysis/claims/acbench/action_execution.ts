/** Claims of ACBench's Section 4 and of its captions. */
import { ALL, type Claim, MOST, type Pairs, type Rule } from "../claim.ts";
import {
  both,
  cell,
  MAGNITUDE,
  only,
  overall,
  prints,
  SPARSEGPT,
  STANDARD_7B,
  TWO_FORMATS,
  WANDA,
} from "./terms.ts";

const SECTION = { paper: "ACBench", section: "4 Action execution" } as const;

const MODELS = ["InternLM2.5-7B", "Mistral-7B", "Qwen2.5-14B", "Qwen2.5-7B"];
const QUANTIZED = ["AWQ", "GPTQ"];
const UNCOMPRESSED = ["none", "FP16"];

/** JSON cells beside the string cells of the same row and capability. */
const jsonBesideString = (model: string[], compression?: string[]): Pairs => ({
  cells: {
    table: 8,
    model,
    group: TWO_FORMATS,
    column: "Json",
    ...(compression ? { compression } : { except: { compression: UNCOMPRESSED } }),
  },
  against: { table: 8, model, group: TWO_FORMATS, column: "String" },
  by: ["model", "compression", "group"],
});

/** Every compressed row and capability: JSON falls further from FP16 than string does. */
function jsonFallsFurther(model: string): Rule[] {
  const rows = model === "Qwen2.5-14B"
    ? [...MAGNITUDE, ...SPARSEGPT, "Wanda(2:4)"]
    : [...QUANTIZED, "FP8", ...MAGNITUDE, ...SPARSEGPT, ...WANDA];
  return rows.flatMap((compression) =>
    TWO_FORMATS.map((group): Rule => {
      const fall = (column: string) => ({
        minus: [cell(8, model, "FP16", group, column), cell(8, model, compression, group, column)],
      } as { minus: [ReturnType<typeof cell>, ReturnType<typeof cell>] });
      return { compare: fall("Json"), is: ">", to: fall("String") };
    })
  );
}

const quantizedAbovePruned = (model: string): Rule => ({
  compare: { min: { table: 8, model, compression: QUANTIZED, group: "Overall" } },
  is: ">",
  to: { max: { table: 8, model, compression: [...SPARSEGPT, ...WANDA], group: "Overall" } },
});

const wandaNear = (points: number): Rule[] =>
  ["InternLM2.5-7B", "Mistral-7B", "Qwen2.5-7B"].map((model) => ({
    compare: {
      minus: [
        { min: { table: 8, model, compression: QUANTIZED, group: "Overall" } },
        overall(model, "Wanda(Un)"),
      ],
    },
    is: "<=",
    to: points,
  }));

const aboveMistral = (model: string): Pairs => ({
  cells: { table: 8, model, group: "Overall" },
  against: { table: 8, model: "Mistral-7B", group: "Overall" },
  by: ["compression"],
});

/** Claims of Section 4. */
export const ACTION_EXECUTION: Claim[] = [
  {
    ...SECTION,
    id: "same-memory-small",
    line: 185,
    sentence: "At 1.5B to 3B parameters, 16-bit models are ahead of quantized larger ones.",
    readings: only({
      unprinted: "Figure 7 plots it; Table 10 has no 16-bit row of 1.5B, 3B or 7B",
    }),
  },
  {
    ...SECTION,
    id: "same-memory-large",
    line: 185,
    sentence: "At about 7B, quantized larger models such as Qwen2.5-32B with AWQ are ahead.",
    readings: [
      {
        name: "of Qwen2.5-7B in 16 bit",
        rule: { unprinted: "Table 10 has no 16-bit row of Qwen2.5-7B" },
      },
      {
        name: "of every quantized Qwen2.5-7B (average F1)",
        rule: {
          compare: cell(10, "Qwen2.5-32B", "AWQ(INT4)", "Average", "F1"),
          is: ">",
          to: {
            max: {
              table: 10,
              model: "Qwen2.5-7B",
              compression: ["SmoothQ(W8A8)", "GPTQ(INT4)", "AWQ(INT4)"],
              group: "Average",
              column: "F1",
            },
          },
        },
      },
    ],
  },
  {
    ...SECTION,
    id: "json-falls-further",
    line: 187,
    sentence: "Compression consistently hurts JSON output more than string output.",
    readings: [
      {
        name: "JSON falls further from FP16, in every compressed row and capability",
        rule: { rules: MODELS.flatMap(jsonFallsFurther), share: ALL },
      },
      {
        name: "JSON falls further in most of them",
        rule: { rules: MODELS.flatMap(jsonFallsFurther), share: MOST },
      },
      {
        name: "JSON scores lower than string, in every compressed row and capability",
        rule: {
          change: "points",
          pairs: jsonBesideString(MODELS),
          is: "<",
          to: 0,
          share: ALL,
        },
      },
      {
        name: "JSON scores lower in most of them",
        rule: {
          change: "points",
          pairs: jsonBesideString(MODELS),
          is: "<",
          to: 0,
          share: MOST,
        },
      },
    ],
  },
  {
    ...SECTION,
    id: "json-two-models",
    line: 187,
    sentence: "The gap of JSON to string is most pronounced in InternLM2.5-7B and Qwen2.5-7B.",
    readings: only({
      compare: {
        greatest: STANDARD_7B.map((model) => ({
          meanChange: "points",
          pairs: jsonBesideString([model]),
        })),
      },
      is: "<",
      to: {
        least: ["Mistral-7B", "Qwen2.5-14B"].map((model) => ({
          meanChange: "points",
          pairs: jsonBesideString([model]),
        })),
      },
    }, "mean JSON minus string over compressed rows is lower than in the other two models"),
  },
  {
    ...SECTION,
    id: "quantization-above-pruning",
    line: 189,
    sentence: "GPTQ and AWQ keep tool use better than SparseGPT and Wanda.",
    readings: [
      {
        name: "lowest quantized above highest pruned overall score, every model",
        rule: {
          rules: ["InternLM2.5-7B", "Mistral-7B", "Qwen2.5-7B"].map(quantizedAbovePruned),
          share: ALL,
        },
      },
      {
        name: "InternLM2.5-7B and Qwen2.5-7B",
        rule: { rules: STANDARD_7B.map(quantizedAbovePruned), share: ALL },
      },
    ],
  },
  {
    ...SECTION,
    id: "wanda-comparable",
    line: 189,
    sentence: "Unstructured Wanda comes close to quantization.",
    readings: [
      {
        name: "within 5 points of the lower of AWQ and GPTQ, every model",
        rule: { rules: wandaNear(5), share: ALL },
      },
      {
        name: "within 5 points, most models",
        rule: { rules: wandaNear(5), share: MOST },
      },
    ],
  },
  {
    ...SECTION,
    id: "architectures",
    line: 191,
    sentence: "InternLM2.5-7B and Qwen2.5-7B are better at tools than Mistral-7B.",
    readings: [
      {
        name: "overall score at FP16",
        rule: both(
          ...STANDARD_7B.map((model): Rule => ({
            compare: overall(model, "FP16"),
            is: ">",
            to: overall("Mistral-7B", "FP16"),
          })),
        ),
      },
      {
        name: "in every row that both have",
        rule: both(
          ...STANDARD_7B.map((model): Rule => ({
            change: "points",
            pairs: aboveMistral(model),
            is: ">",
            to: 0,
            share: ALL,
          })),
        ),
      },
    ],
  },
  {
    ...SECTION,
    id: "distillation-tools",
    line: 205,
    sentence: "Distillation takes Qwen2.5-7B from 70 % to 43.6 % overall.",
    readings: only(
      both(
        prints(overall("Qwen2.5-7B", "FP16"), 70),
        prints(overall("DeepSeek-R1-Distill-Qwen-7B", "FP16"), 43.6),
      ),
    ),
  },
  {
    ...SECTION,
    id: "recommend-quantization",
    line: 207,
    sentence: "Quantization is the most effective compression for tool use in all scenarios.",
    readings: only({
      rules: ["InternLM2.5-7B", "Mistral-7B", "Qwen2.5-7B"].map((model): Rule => ({
        compare: {
          max: { table: 8, model, compression: [...QUANTIZED, "FP8"], group: "Overall" },
        },
        is: ">",
        to: {
          max: {
            table: 8,
            model,
            compression: [...MAGNITUDE, ...SPARSEGPT, ...WANDA],
            group: "Overall",
          },
        },
      })),
      share: ALL,
    }, "best quantized above best pruned overall score, every model that has both"),
  },
  {
    ...SECTION,
    id: "recommend-gptq-fp8",
    line: 207,
    sentence: "GPTQ at 4 bit and FP8 are the best quantizations.",
    readings: [
      {
        name: "both above AWQ, InternLM2.5-7B and Qwen2.5-7B",
        rule: both(
          ...STANDARD_7B.flatMap((model) =>
            ["GPTQ", "FP8"].map((method): Rule => ({
              compare: overall(model, method),
              is: ">",
              to: overall(model, "AWQ"),
            }))
          ),
        ),
      },
      {
        name: "the better of the two above AWQ, InternLM2.5-7B and Qwen2.5-7B",
        rule: both(
          ...STANDARD_7B.map((model): Rule => ({
            compare: { greatest: [overall(model, "GPTQ"), overall(model, "FP8")] },
            is: ">",
            to: overall(model, "AWQ"),
          })),
        ),
      },
    ],
  },
  {
    ...SECTION,
    id: "recommend-wanda",
    line: 207,
    sentence: "Among pruning methods, Wanda at 2:4 is the best choice.",
    readings: [
      {
        name: "the best 2:4 overall score, every model",
        rule: both(
          ...MODELS.map((model): Rule => ({
            compare: overall(model, "Wanda(2:4)"),
            is: ">=",
            to: {
              max: {
                table: 8,
                model,
                compression: ["Mag(2:4)", "SparseGPT(2:4)"],
                group: "Overall",
              },
            },
          })),
        ),
      },
      {
        name: "the best pruned overall score, every model",
        rule: both(
          ...MODELS.map((model): Rule => ({
            compare: overall(model, "Wanda(2:4)"),
            is: ">=",
            to: {
              max: {
                table: 8,
                model,
                compression: [...MAGNITUDE, ...SPARSEGPT, ...WANDA],
                group: "Overall",
              },
            },
          })),
        ),
      },
    ],
  },
];
