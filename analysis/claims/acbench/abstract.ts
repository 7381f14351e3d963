/** Claims of ACBench's abstract. */
import { ALL, type Claim, MOST, type Pairs, type Rule } from "../claim.ts";
import { beside, FOUR_BIT, only, RESULT_TABLES, STANDARD_7B } from "./terms.ts";

const SECTION = { paper: "ACBench", section: "Abstract", line: 9 } as const;

const workflow: Pairs = beside(
  { table: 10, compression: FOUR_BIT, group: "Average", column: "F1" },
  "none",
);
const toolUse: Pairs = beside({ table: 8, compression: FOUR_BIT, group: "Overall" }, "FP16");

const realWorld = (column: "P" | "S", compression: string[]) => ({
  mean: { table: 9, model: STANDARD_7B, compression, column },
});

function realWorldRules(column: "P" | "S"): { points: Rule; percent: Rule } {
  const [before, after] = [realWorld(column, ["none"]), realWorld(column, ["AWQ", "GPTQ"])];
  return {
    points: { compare: { minus: [before, after] }, is: "between", to: [10, 15] },
    percent: { compare: { percentDrop: [before, after] }, is: "between", to: [10, 15] },
  };
}

/** Claims of the abstract. */
export const ABSTRACT: Claim[] = [
  {
    ...SECTION,
    id: "abstract-tasks",
    sentence: "The benchmark spans 12 tasks.",
    readings: [
      {
        name: "rows of Table 1",
        rule: { compare: { count: { table: 1, metric: "size" } }, is: "==", to: 12 },
      },
      {
        name: "benchmarks of Table 1",
        rule: { compare: { distinct: "group", of: { table: 1 } }, is: "==", to: 12 },
      },
    ],
  },
  {
    ...SECTION,
    id: "abstract-capabilities",
    sentence: "The tasks fall into 4 capabilities.",
    readings: only(
      { compare: { count: { table: 1, metric: "section" } }, is: "==", to: 4 },
      "sections of Table 1",
    ),
  },
  {
    ...SECTION,
    id: "abstract-models",
    sentence: "15 models are evaluated.",
    readings: [
      {
        name: "models with a row in Tables 3 to 10",
        rule: { compare: { distinct: "model", of: { table: RESULT_TABLES } }, is: "==", to: 15 },
      },
      {
        name: "the OPT models of Table 2 counted too",
        rule: {
          compare: { distinct: "model", of: { table: [2, ...RESULT_TABLES] } },
          is: "==",
          to: 15,
        },
      },
    ],
  },
  {
    ...SECTION,
    id: "abstract-workflow-drop",
    sentence: "4-bit quantization costs 1 to 3 % in workflow generation.",
    readings: [
      {
        name: "average F1 falls by at most 3 points, every model with a base row",
        rule: { change: "points", pairs: workflow, is: ">=", to: -0.03, share: ALL },
      },
      {
        name: "by at most 3 percent, every model with a base row",
        rule: { change: "percent", pairs: workflow, is: ">=", to: -3, share: ALL },
      },
      {
        name: "by at most 3 points, most",
        rule: { change: "points", pairs: workflow, is: ">=", to: -0.03, share: MOST },
      },
      {
        name: "by at most 3 percent, most",
        rule: { change: "percent", pairs: workflow, is: ">=", to: -3, share: MOST },
      },
    ],
  },
  {
    ...SECTION,
    id: "abstract-tool-use-drop",
    sentence: "4-bit quantization costs 1 to 3 % in tool use.",
    readings: [
      {
        name: "overall score falls by at most 3 points, every model",
        rule: { change: "points", pairs: toolUse, is: ">=", to: -3, share: ALL },
      },
      {
        name: "by at most 3 percent, every model",
        rule: { change: "percent", pairs: toolUse, is: ">=", to: -3, share: ALL },
      },
      {
        name: "by at most 3 points, most",
        rule: { change: "points", pairs: toolUse, is: ">=", to: -3, share: MOST },
      },
      {
        name: "by 1 to 3 points in the mean",
        rule: {
          compare: { meanChange: "points", pairs: toolUse },
          is: "between",
          to: [-3, -1],
        },
      },
      {
        name: "by 1 to 3 percent in the mean",
        rule: {
          compare: { meanChange: "percent", pairs: toolUse },
          is: "between",
          to: [-3, -1],
        },
      },
    ],
  },
  {
    ...SECTION,
    id: "abstract-real-world-drop",
    sentence: "4-bit quantization costs 10 to 15 % of accuracy in real-world applications.",
    readings: [
      { name: "success rate, mean, in points", rule: realWorldRules("S").points },
      { name: "success rate, mean, in percent", rule: realWorldRules("S").percent },
      { name: "progress rate, mean, in points", rule: realWorldRules("P").points },
      { name: "progress rate, mean, in percent", rule: realWorldRules("P").percent },
    ],
  },
];
