/** Claims of ACBench's Appendix B. */
import type { Claim, Rule } from "../claim.ts";
import { both, cell, columnPairs, only, overall, prints, RESULT_TABLES } from "./terms.ts";

const SECTION = { paper: "ACBench", section: "B Settings" } as const;

const SMALL = ["Qwen2.5-3B", "Megrez-3B", "MiniCPM-4B", "Gemma-2B", "Phi-3.5"];
const DISTILLED_7B = "DeepSeek-R1-Distill-Qwen-7B";
const DISTILLED_SMALL = "DeepSeek-R1-Distill-Qwen-1.5B";

/** Claims of Appendix B. */
export const APPENDIX_SETTINGS: Claim[] = [
  {
    ...SECTION,
    id: "settings-two-quantizers",
    line: 615,
    sentence: "Two quantization methods are used, AWQ and GPTQ.",
    readings: [
      {
        name: "no table has another",
        rule: prints({
          count: { table: RESULT_TABLES, compression: ["FP8", "SmoothQ(W8A8)"] },
        }, 0),
      },
      {
        name: "they have more rows than any other",
        rule: {
          compare: {
            least: ["AWQ", "GPTQ"].map((method) => ({
              count: { table: [3, 5, 6, 7, 8, 9, 10], compression: [method, `${method}(INT4)`] },
            })),
          },
          is: ">",
          to: {
            greatest: ["FP8", "SmoothQ(W8A8)"].map((compression) => ({
              count: { table: RESULT_TABLES, compression },
            })),
          },
        },
      },
    ],
  },
  {
    ...SECTION,
    id: "settings-pruning-variants",
    line: 617,
    sentence: "Magnitude, Wanda and SparseGPT each prune unstructured and at 2:4.",
    readings: only(
      both(
        ...[4, 6, 8, 9, 10].map((table): Rule => ({
          compare: {
            distinct: "compression",
            of: {
              table,
              compression: [
                "Mag(Un)",
                "Mag(2:4)",
                "Wanda(Un)",
                "Wanda(2:4)",
                "SparseGPT(Un)",
                "SparseGPT(2:4)",
              ],
            },
          },
          is: "==",
          to: 6,
        })),
      ),
      "all six have rows in Tables 4, 6, 8, 9 and 10",
    ),
  },
  {
    ...SECTION,
    id: "settings-pruning-sparsity",
    line: 619,
    sentence: "The 2:4 pattern and unstructured pruning both remove about 50 %.",
    readings: only({ unprinted: "no table prints a measured sparsity" }),
  },
  {
    ...SECTION,
    id: "settings-qwen-3b",
    line: 625,
    sentence: "Qwen2.5-3B is evaluated with AWQ and with GPTQ.",
    readings: only(
      both(
        ...["AWQ", "GPTQ"].flatMap((method) =>
          [5, 7, 9, 10].map((table): Rule => ({
            compare: {
              count: {
                table,
                model: "Qwen2.5-3B",
                compression: [method, `${method}(INT4)`, `${method}(W4)`],
              },
            },
            is: ">",
            to: 0,
          }))
        ),
      ),
      "both have rows in Tables 5, 7, 9 and 10",
    ),
  },
  {
    ...SECTION,
    id: "settings-megrez-multi-doc",
    line: 625,
    sentence: "Megrez-3B is strong in multi-document QA.",
    readings: [
      {
        name: "the highest mean of Table 5",
        rule: {
          compare: { mean: { table: 5, model: "Megrez-3B", group: "Multi-Doc QA" } },
          is: ">=",
          to: {
            greatest: [
              ["Qwen2.5-3B", "none"],
              ["Qwen2.5-1.5B", "none"],
              ["MiniCPM-4B", "none"],
              ["Gemma-2B", "none"],
              ["Phi-3.5", "none"],
            ].map(([model, compression]) => ({
              mean: { table: 5, model: model!, compression: compression!, group: "Multi-Doc QA" },
            })),
          },
        },
      },
    ],
  },
  {
    ...SECTION,
    id: "settings-distilled-llama",
    line: 627,
    sentence: "The distilled Llama 8B is moderate at few-shot learning.",
    readings: only({
      compare: {
        mean: { table: 5, model: "DeepSeek-R1-Distill-Llama-8B", group: "Few-shot Learning" },
      },
      is: "between",
      to: [40, 70],
    }, "mean score between 40 and 70"),
  },
  {
    ...SECTION,
    id: "settings-distilled-sizes",
    line: 627,
    sentence: "The distilled Qwen 7B performs better than the distilled 1.5B.",
    readings: [
      {
        name: "LongBench, mean over columns",
        rule: {
          compare: {
            meanChange: "points",
            pairs: columnPairs([5, DISTILLED_7B, "Distilled"], [5, DISTILLED_SMALL, "Distilled"]),
          },
          is: ">",
          to: 0,
        },
      },
      {
        name: "T-Eval, overall",
        rule: {
          compare: overall(DISTILLED_7B, "FP16"),
          is: ">",
          to: overall(DISTILLED_SMALL, "FP16"),
        },
      },
      {
        name: "WorfBench, average F1",
        rule: {
          compare: cell(10, DISTILLED_7B, "Distilled", "Average", "F1"),
          is: ">",
          to: cell(10, DISTILLED_SMALL, "Distilled", "Average", "F1"),
        },
      },
      {
        name: "LongGenBench, MMLU",
        rule: {
          compare: cell(7, DISTILLED_7B, "Distilled", "", "MMLU"),
          is: ">",
          to: cell(7, DISTILLED_SMALL, "Distilled", "", "MMLU"),
        },
      },
    ],
  },
  {
    ...SECTION,
    id: "settings-all-tasks",
    line: 627,
    sentence: "All these models are evaluated on long contexts, tool use and applications.",
    readings: only(
      both(
        ...SMALL.flatMap((model) =>
          [[5, 7], [8], [9]].map((table): Rule => ({
            compare: { count: { table, model } },
            is: ">",
            to: 0,
          }))
        ),
      ),
      "each small model has rows in Tables 5 or 7, 8 and 9",
    ),
  },
  {
    ...SECTION,
    id: "settings-teval-pairs",
    line: 633,
    sentence: "T-Eval has 553 annotated queries.",
    readings: only(
      prints({ cell: { table: 1, group: "T-Eval", column: "Plan", metric: "size" } }, 553),
      "the size of Plan",
    ),
  },
  {
    ...SECTION,
    id: "settings-teval-total",
    line: 633,
    sentence: "T-Eval has 23,305 test cases in its six subsets.",
    readings: only(
      prints({ sum: { table: 1, group: "T-Eval", metric: "size" } }, 23305),
      "sum of Table 1's sizes, Retrieve read as 6426",
    ),
  },
  {
    ...SECTION,
    id: "settings-teval-steps",
    line: 633,
    sentence: "T-Eval takes 5.8 tool calls a query from 15 tools.",
    readings: only({ unprinted: "Table 1 prints sizes only" }),
  },
  {
    ...SECTION,
    id: "settings-longbench-categories",
    line: 637,
    sentence: "LongBench has 12 tasks in five categories.",
    readings: [
      {
        name: "columns of Tables 3 to 5",
        rule: prints({
          distinct: "column",
          of: { table: [3, 4, 5], except: { column: ["surplus"] } },
        }, 12),
      },
      {
        name: "categories of Tables 3 to 5",
        rule: prints({
          distinct: "group",
          of: { table: [3, 4, 5], except: { column: ["surplus"] } },
        }, 5),
      },
    ],
  },
  {
    ...SECTION,
    id: "settings-multinews",
    line: 637,
    sentence: "MultiNews is a task of multi-document QA.",
    readings: only({
      compare: { count: { table: [3, 4, 5], group: "Multi-Doc QA", column: "MultiNews" } },
      is: ">",
      to: 0,
    }, "it stands under Multi-Doc QA in Tables 3 to 5"),
  },
  {
    ...SECTION,
    id: "settings-longbench-length",
    line: 637,
    sentence: "LongBench documents have 2K to 32K tokens.",
    readings: only({ unprinted: "no table prints a length of LongBench" }),
  },
  {
    ...SECTION,
    id: "settings-needle-length",
    line: 641,
    sentence: "The needle test has documents of 4K to 64K tokens.",
    readings: only({
      compare: { cell: { table: 1, group: "Needle-in-the-Haystack", metric: "size" } },
      is: "==",
      to: 64000,
    }, "Table 1's length is the longest of these"),
  },
  {
    ...SECTION,
    id: "settings-worfbench-sizes",
    line: 645,
    sentence: "WorfBench has 2,146 test samples and 723 held-out tasks.",
    readings: [
      {
        name: "Table 1's test sizes add up to the test samples",
        rule: prints({ sum: { table: 1, group: "WorfBench", metric: "size" } }, 2146),
      },
      {
        name: "to both together",
        rule: prints({ sum: { table: 1, group: "WorfBench", metric: "size" } }, 2146 + 723),
      },
    ],
  },
  {
    ...SECTION,
    id: "settings-worfbench-types",
    line: 645,
    sentence: "WorfBench covers four types of scenarios.",
    readings: only(prints({ count: { table: 1, group: "WorfBench", metric: "size" } }, 4)),
  },
  {
    ...SECTION,
    id: "settings-worfbench-gap",
    line: 645,
    sentence: "Linear and graph planning differ by up to 15 %.",
    readings: only({ unprinted: "Table 10 prints one kind of score" }),
  },
  {
    ...SECTION,
    id: "settings-agentboard-size",
    line: 649,
    sentence: "AgentBoard has 9 tasks and 1013 environments.",
    readings: only({ unprinted: "Table 1 prints the five tasks that are used, not all of them" }),
  },
];
