/** Claims of ACBench's Sections 7 to 9. */
import { ALL, type Claim, MOST, type Pairs, type Rule } from "../claim.ts";
import {
  beside,
  both,
  cell,
  columnPairs,
  DISTILLED,
  only,
  PRUNED,
  shortened,
  STANDARD_7B,
} from "./terms.ts";

const SECTION = { paper: "ACBench", section: "7 Real-world applications" } as const;

const compressed: Pairs = beside({
  table: 9,
  model: STANDARD_7B,
  column: "P",
  except: { compression: ["none"] },
}, "none");

const falls = (change: "points" | "percent", column: "P" | "S", to: number): Rule => ({
  change,
  pairs: {
    ...compressed,
    cells: { ...compressed.cells, column },
    against: { ...compressed.against, column },
  },
  is: "<=",
  to,
  share: MOST,
});

const meanProgress = (compression: string[]) => ({
  mean: { table: 9, model: STANDARD_7B, compression, column: "P" },
});

const aboveAll = (methods: string[], others: string[]): Rule => ({
  compare: { least: methods.map((method) => meanProgress([method])) },
  is: ">",
  to: { greatest: others.map((method) => meanProgress([method])) },
});

const QWEN: [number, string, string][] = [
  [5, "DeepSeek-R1-Distill-Qwen-7B", "Distilled"],
  [8, "DeepSeek-R1-Distill-Qwen-7B", "FP16"],
  [9, "DeepSeek-R1-Distill-Qwen-7B", "Distilled"],
];
const UNDISTILLED: [number, string, string][] = [
  [3, "Qwen2.5-7B", "none"],
  [8, "Qwen2.5-7B", "FP16"],
  [9, "Qwen2.5-7B", "none"],
];

const worse = (share: typeof ALL): Rule =>
  both(
    ...QWEN.map((row, i): Rule => ({
      change: "points",
      pairs: columnPairs(row, UNDISTILLED[i]!),
      is: "<",
      to: 0,
      share,
    })),
  );

/** Claims of Sections 7 to 9. */
export const REAL_WORLD: Claim[] = [
  {
    ...SECTION,
    id: "real-world-degradation",
    line: 260,
    sentence: "Compressed 7B models generally degrade substantially in real-world tasks.",
    readings: [
      {
        name: "progress falls by 5 points or more in most cells",
        rule: falls("points", "P", -5),
      },
      {
        name: "progress falls by 10 percent or more in most cells",
        rule: falls("percent", "P", -10),
      },
      {
        name: "success falls by 5 points or more in most cells",
        rule: falls("points", "S", -5),
      },
    ],
  },
  {
    ...SECTION,
    id: "real-world-awq-wanda",
    line: 260,
    sentence: "Only AWQ and Wanda stay acceptable.",
    readings: [
      {
        name: "mean progress of AWQ and both Wandas above every other method",
        rule: aboveAll(["AWQ", "Wanda(Un)", "Wanda(2:4)"], [
          "GPTQ",
          "SparseGPT(Un)",
          "SparseGPT(2:4)",
        ]),
      },
      {
        name: "of AWQ and unstructured Wanda",
        rule: aboveAll(["AWQ", "Wanda(Un)"], ["GPTQ", "SparseGPT(Un)", "SparseGPT(2:4)"]),
      },
      {
        name: "of AWQ and unstructured Wanda, among methods other than GPTQ",
        rule: aboveAll(["AWQ", "Wanda(Un)"], ["SparseGPT(Un)", "SparseGPT(2:4)"]),
      },
    ],
  },
  {
    ...SECTION,
    id: "real-world-distilled",
    line: 264,
    sentence: "Distilled models make minimal progress and succeed in almost nothing.",
    readings: only(
      both(
        {
          each: { table: 9, model: DISTILLED, column: "P" },
          is: "<",
          to: 10,
          share: ALL,
        },
        { each: { table: 9, model: DISTILLED, column: "S" }, is: "<", to: 1, share: ALL },
      ),
      "progress below 10 %, success below 1 %",
    ),
  },
  {
    ...SECTION,
    id: "real-world-pddl",
    line: 264,
    sentence: "Distillation takes progress in PDDL from 33 % to 1 % for Qwen 7B.",
    readings: shortened([
      [cell(9, "Qwen2.5-7B", "none", "Pddl", "P"), 33],
      [cell(9, "DeepSeek-R1-Distill-Qwen-7B", "Distilled", "Pddl", "P"), 1],
    ], 1),
  },
  {
    ...SECTION,
    id: "real-world-pddl-3b",
    line: 264,
    sentence: "Qwen2.5-3B with AWQ makes 23 % progress in PDDL.",
    readings: shortened([[cell(9, "Qwen2.5-3B", "AWQ", "Pddl", "P"), 23]], 1),
  },
  {
    ...SECTION,
    id: "distilled-consistently-worse",
    line: 264,
    sentence: "On all four benchmarks, distillation consistently makes Qwen 7B worse.",
    readings: [
      { name: "in every cell of LongBench, T-Eval and AgentBoard", rule: worse(ALL) },
      { name: "in most cells of each of the three", rule: worse(MOST) },
      {
        name: "on WorfBench",
        rule: { unprinted: "Table 10 has no uncompressed row of Qwen2.5-7B" },
      },
    ],
  },
  {
    ...SECTION,
    id: "distilled-reasoning",
    line: 264,
    sentence: "Traditional reasoning improves by distillation.",
    readings: [
      { name: "on benchmarks of reasoning", rule: { unprinted: "no table has one" } },
      {
        name: "GSM8K of LongGenBench",
        rule: {
          change: "points",
          pairs: {
            cells: { table: 7, model: "DeepSeek-R1-Distill-Qwen-7B", column: "GSM8K" },
            against: { table: 6, model: "Qwen2.5-7B", compression: "none" },
            by: ["column"],
          },
          is: ">",
          to: 0,
          share: ALL,
        },
      },
      {
        name: "the Reason columns of T-Eval",
        rule: {
          change: "points",
          pairs: columnPairs(
            [8, "DeepSeek-R1-Distill-Qwen-7B", "FP16"],
            [8, "Qwen2.5-7B", "FP16"],
            ["Reason"],
          ),
          is: ">",
          to: 0,
          share: ALL,
        },
      },
    ],
  },
  {
    ...SECTION,
    id: "figure-8-most",
    section: "Caption of Figure 8",
    line: 224,
    sentence: "The distilled Qwen 7B is worse in most cases.",
    readings: only(worse(MOST), "most cells of Tables 5, 8 and 9 beside Tables 3, 8 and 9"),
  },
  {
    ...SECTION,
    id: "figure-7-configurations",
    section: "Caption of Figure 7",
    line: 203,
    sentence: "F1 of FP16 and four quantizations is compared at 1.5B, 3B, 7B and 14B.",
    readings: [
      {
        name: "Table 10 has a quantized row at every size",
        rule: {
          compare: {
            distinct: "model",
            of: {
              table: 10,
              model: ["Qwen2.5-1.5B", "Qwen2.5-3B", "Qwen2.5-7B", "Qwen2.5-14B"],
              except: { compression: ["none", ...PRUNED] },
            },
          },
          is: "==",
          to: 4,
        },
      },
      {
        name: "and an FP16 row at every size",
        rule: {
          compare: {
            distinct: "model",
            of: {
              table: 10,
              model: ["Qwen2.5-1.5B", "Qwen2.5-3B", "Qwen2.5-7B", "Qwen2.5-14B"],
              compression: "none",
            },
          },
          is: "==",
          to: 4,
        },
      },
    ],
  },
  {
    ...SECTION,
    id: "conclusion-capabilities",
    section: "8 Conclusion",
    line: 268,
    sentence: "Action execution, workflows, long contexts and some real-world tasks are evaluated.",
    readings: only(
      both(
        ...[8, 10, 3, 6, 9].map((table): Rule => ({
          compare: { count: { table, metric: ["score", "F1", "accuracy", "success rate"] } },
          is: ">",
          to: 0,
        })),
      ),
      "Tables 8, 10, 3, 6 and 9 hold scores",
    ),
  },
  {
    ...SECTION,
    id: "conclusion-metrics",
    section: "8 Conclusion",
    line: 268,
    sentence: "ERank, top-k correlation and energy systematize the analysis.",
    readings: [
      {
        name: "ERank and energy are printed",
        rule: {
          compare: { count: { table: 2, column: ["ERank (4bit)", "Energy"] } },
          is: ">",
          to: 0,
        },
      },
      {
        name: "each is printed beside an agent benchmark of the same model",
        rule: {
          compare: {
            count: {
              table: [3, 4, 5, 6, 7, 8, 9, 10],
              model: ["OPT-125M", "OPT-1.3B", "OPT-2.7B", "OPT-6.7B"],
            },
          },
          is: ">",
          to: 0,
        },
      },
    ],
  },
  {
    ...SECTION,
    id: "limitations-group-size",
    section: "9 Limitations",
    line: 272,
    sentence: "Default settings are used, with one group size throughout.",
    readings: only({ unprinted: "a setting; no cell varies or shows it" }),
  },
];
