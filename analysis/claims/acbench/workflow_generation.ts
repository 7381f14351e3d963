/** Claims of ACBench's Section 5. */
import { ALL, type Claim, MOST, type Pairs, type Rule, SOME } from "../claim.ts";
import { averageF1, beside, both, cell, MAGNITUDE, only, prints, PRUNED } from "./terms.ts";

const SECTION = { paper: "ACBench", section: "5 Workflow generation" } as const;

const average = { table: 10, group: "Average", column: "F1" };
const withBase: Pairs = beside(
  { ...average, except: { compression: ["none", "Distilled"] } },
  "none",
);
const largest: Pairs = beside({
  table: 10,
  model: "Qwen2.5-32B",
  group: ["Alfworld", "Lumos"],
  column: "F1",
  except: { compression: ["none"] },
}, "none");

const stable = (share: typeof ALL): Rule => ({
  each: {
    table: 10,
    group: ["OS", "Webshop"],
    column: "F1",
    except: { compression: ["none", "Distilled"] },
  },
  is: "between",
  to: [0.7, 0.9],
  share,
});

const above = (model: string): Rule => ({
  compare: { min: { ...average, model } },
  is: ">",
  to: { max: { ...average, model: "InternLM2.5-7B" } },
});

/** Claims of Section 5. */
export const WORKFLOW_GENERATION: Claim[] = [
  {
    ...SECTION,
    id: "workflow-methods",
    line: 215,
    sentence: "Three quantization and three pruning methods are compared.",
    readings: only(
      both(
        ...[
          ["AWQ(INT4)"],
          ["GPTQ(INT4)", "GPTQ(INT8)"],
          ["SmoothQ(W8A8)"],
          MAGNITUDE,
          ["SparseGPT(Un)", "SparseGPT(2:4)"],
          ["Wanda(Un)", "Wanda(2:4)"],
        ].map((compression): Rule => ({
          compare: { count: { table: 10, compression } },
          is: ">",
          to: 0,
        })),
      ),
      "each has rows in Table 10",
    ),
  },
  {
    ...SECTION,
    id: "workflow-within-5",
    line: 219,
    sentence: "Most compression methods stay within a 5 % loss of workflow generation.",
    readings: [
      {
        name: "average F1, at most 5 points lost, most rows with a base row",
        rule: { change: "points", pairs: withBase, is: ">=", to: -0.05, share: MOST },
      },
      {
        name: "at most 5 percent lost",
        rule: { change: "percent", pairs: withBase, is: ">=", to: -5, share: MOST },
      },
    ],
  },
  {
    ...SECTION,
    id: "workflow-only-magnitude",
    line: 219,
    sentence: "Only magnitude pruning loses much.",
    readings: [
      {
        name: "every other row with a base row loses at most 20 percent of average F1",
        rule: { change: "percent", pairs: withBase, is: ">=", to: -20, share: ALL },
      },
      {
        name: "no other pruned row of InternLM2.5-7B is below its magnitude rows",
        rule: {
          compare: {
            min: {
              ...average,
              model: "InternLM2.5-7B",
              compression: PRUNED.filter((name) => !MAGNITUDE.includes(name)),
            },
          },
          is: ">",
          to: { max: { ...average, model: "InternLM2.5-7B", compression: MAGNITUDE } },
        },
      },
    ],
  },
  {
    ...SECTION,
    id: "workflow-architectures",
    line: 226,
    sentence: "Mistral-7B and Qwen2.5-7B are clearly better than InternLM2.5-7B.",
    readings: [
      {
        name: "their lowest average F1 above its highest",
        rule: both(above("Mistral-7B"), above("Qwen2.5-7B")),
      },
      {
        name: "their highest above its highest",
        rule: both(
          ...["Mistral-7B", "Qwen2.5-7B"].map((model): Rule => ({
            compare: { max: { ...average, model } },
            is: ">",
            to: { max: { ...average, model: "InternLM2.5-7B" } },
          })),
        ),
      },
      {
        name: "on the methods that both have",
        rule: {
          change: "points",
          pairs: {
            cells: { ...average, model: ["Mistral-7B", "Qwen2.5-7B"] },
            against: { ...average, model: "InternLM2.5-7B" },
            by: ["compression"],
          },
          is: ">",
          to: 0,
          share: ALL,
        },
      },
    ],
  },
  {
    ...SECTION,
    id: "workflow-os-webshop",
    line: 228,
    sentence: "Under all compression methods, OS and Webshop stay at about 80 %.",
    readings: [
      { name: "F1 between 0.7 and 0.9 in every compressed row", rule: stable(ALL) },
      { name: "in most compressed rows", rule: stable(MOST) },
    ],
  },
  {
    ...SECTION,
    id: "workflow-3b-half",
    line: 230,
    sentence: "On Alfworld and Lumos, GPTQ and AWQ cost Qwen2.5-3B up to half.",
    readings: [
      {
        name: "of its own base",
        rule: { unprinted: "Table 10 has no uncompressed row of Qwen2.5-3B" },
      },
    ],
  },
  {
    ...SECTION,
    id: "workflow-32b-kept",
    line: 230,
    sentence: "On Alfworld and Lumos, Qwen2.5-32B keeps its performance under quantization.",
    readings: [
      {
        name: "F1 loses at most 5 percent, GPTQ and AWQ",
        rule: { change: "percent", pairs: largest, is: ">=", to: -5, share: ALL },
      },
      {
        name: "at most 5 points",
        rule: { change: "points", pairs: largest, is: ">=", to: -0.05, share: ALL },
      },
      {
        name: "AWQ alone, at most 5 percent",
        rule: {
          change: "percent",
          pairs: beside({
            table: 10,
            model: "Qwen2.5-32B",
            compression: ["AWQ(INT4)"],
            group: ["Alfworld", "Lumos"],
            column: "F1",
          }, "none"),
          is: ">=",
          to: -5,
          share: ALL,
        },
      },
    ],
  },
  {
    ...SECTION,
    id: "workflow-32b-better",
    line: 230,
    sentence: "There, quantization sometimes improves Qwen2.5-32B a little.",
    readings: only(
      { change: "points", pairs: largest, is: ">", to: 0, share: SOME },
      "F1 rises somewhere",
    ),
  },
  {
    ...SECTION,
    id: "workflow-size-resilience",
    line: 230,
    sentence: "There, larger models resist compression better.",
    readings: [
      {
        name: "the smaller of two models with a base row loses more (14B beside 32B, GPTQ)",
        rule: both(
          ...["Alfworld", "Lumos"].map((group): Rule => ({
            compare: {
              percentDrop: [
                cell(10, "Qwen2.5-14B", "none", group, "F1"),
                cell(10, "Qwen2.5-14B", "GPTQ(INT4)", group, "F1"),
              ],
            },
            is: ">",
            to: {
              percentDrop: [
                cell(10, "Qwen2.5-32B", "none", group, "F1"),
                cell(10, "Qwen2.5-32B", "GPTQ(INT4)", group, "F1"),
              ],
            },
          })),
        ),
      },
      {
        name: "the same under AWQ",
        rule: both(
          ...["Alfworld", "Lumos"].map((group): Rule => ({
            compare: {
              percentDrop: [
                cell(10, "Qwen2.5-14B", "none", group, "F1"),
                cell(10, "Qwen2.5-14B", "AWQ(INT4)", group, "F1"),
              ],
            },
            is: ">",
            to: {
              percentDrop: [
                cell(10, "Qwen2.5-32B", "none", group, "F1"),
                cell(10, "Qwen2.5-32B", "AWQ(INT4)", group, "F1"),
              ],
            },
          })),
        ),
      },
    ],
  },
  {
    ...SECTION,
    id: "workflow-distilled-20",
    line: 232,
    sentence: "The distilled Qwen 7B reaches an average F1 of 20 %.",
    readings: only(prints(averageF1("DeepSeek-R1-Distill-Qwen-7B", "Distilled"), 0.2)),
  },
  {
    ...SECTION,
    id: "workflow-undistilled-44",
    line: 232,
    sentence: "Qwen2.5-7B without distillation reaches 44 %.",
    readings: [
      {
        name: "uncompressed",
        rule: { unprinted: "Table 10 has no uncompressed row of Qwen2.5-7B" },
      },
      {
        name: "a quantized row, GPTQ (INT4) or SmoothQuant",
        rule: {
          each: {
            ...average,
            model: "Qwen2.5-7B",
            compression: ["GPTQ(INT4)", "SmoothQ(W8A8)"],
          },
          is: "==",
          to: 0.44,
          share: ALL,
        },
      },
    ],
  },
  {
    ...SECTION,
    id: "workflow-distilled-small",
    line: 232,
    sentence: "The distilled Qwen 1.5B beats the distilled 7B and 8B.",
    readings: only({
      compare: averageF1("DeepSeek-R1-Distill-Qwen-1.5B", "Distilled"),
      is: ">",
      to: {
        greatest: [
          averageF1("DeepSeek-R1-Distill-Qwen-7B", "Distilled"),
          averageF1("DeepSeek-R1-Distill-Llama-8B", "Distilled"),
        ],
      },
    }, "average F1"),
  },
  {
    ...SECTION,
    id: "workflow-megrez",
    line: 234,
    sentence: "Megrez-3B cannot generate workflows even uncompressed.",
    readings: [
      {
        name: "average F1 below 0.2",
        rule: { compare: averageF1("Megrez-3B", "none"), is: "<", to: 0.2 },
      },
      {
        name: "an F1 of 0 in most tasks",
        rule: {
          each: {
            table: 10,
            model: "Megrez-3B",
            column: "F1",
            except: { group: ["Average"] },
          },
          is: "==",
          to: 0,
          share: MOST,
        },
      },
    ],
  },
];
