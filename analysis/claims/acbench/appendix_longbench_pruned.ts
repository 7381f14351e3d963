/** Claims of ACBench's Appendix C.1 about Table 4. */
import { ALL, type Claim, MOST, type Rule, type Share } from "../claim.ts";
import {
  both,
  cell,
  columnPairs,
  MAGNITUDE,
  only,
  prints,
  SEMI_STRUCTURED,
  SPARSEGPT,
  UNSTRUCTURED,
  WANDA,
} from "./terms.ts";

const SECTION = { paper: "ACBench", section: "C.1 Long-context understanding" } as const;

const INTERNLM = "InternLM2.5-7B";

const QWEN = "Qwen2.5-7B";

const GROUPS: Record<string, string> = {
  NrtvQA: "Single-Doc QA",
  Qasper: "Single-Doc QA",
  "MF-en": "Single-Doc QA",
  HotpotQA: "Multi-Doc QA",
  "2WikiQA": "Multi-Doc QA",
  TREC: "Few-shot Learning",
  TriviaQA: "Few-shot Learning",
  PRE: "Synthetic Task",
  Lcc: "Code Completion",
};

const score = (table: number, model: string, compression: string, column: string) =>
  cell(table, model, compression, GROUPS[column]!, column);

/** The row has the highest value among the pruned rows of its model in Table 4. */
const highest = (model: string, compression: string, column: string, stated: number): Rule =>
  both(
    prints(score(4, model, compression, column), stated),
    {
      compare: score(4, model, compression, column),
      is: ">=",
      to: { max: { table: 4, model, column } },
    },
  );

const unstructuredAbove = (model: string, share: Share): Rule => ({
  rules: UNSTRUCTURED.map((compression, i): Rule => ({
    change: "points",
    pairs: columnPairs([4, model, compression], [4, model, SEMI_STRUCTURED[i]!]),
    is: ">",
    to: 0,
    share,
  })),
  share: ALL,
});

/** Mean score of a row over shared columns is at least that of every other pruned row. */
const bestRow = (model: string, compression: string): Rule =>
  both(
    ...[...SPARSEGPT, ...WANDA].filter((other) => other !== compression).map((other): Rule => ({
      compare: {
        meanChange: "points",
        pairs: columnPairs([4, model, compression], [4, model, other]),
      },
      is: ">",
      to: 0,
    })),
  );

/** Claims of ACBench's Appendix C.1 about Table 4. */
export const APPENDIX_LONGBENCH_PRUNED: Claim[] = [
  {
    ...SECTION,
    id: "c1-internlm-unstructured",
    line: 672,
    sentence: "On InternLM2.5-7B, unstructured pruning consistently beats 2:4.",
    readings: [
      { name: "in every column, method by method", rule: unstructuredAbove(INTERNLM, ALL) },
      { name: "in most columns, method by method", rule: unstructuredAbove(INTERNLM, MOST) },
    ],
  },
  {
    ...SECTION,
    id: "c1-internlm-wanda",
    line: 691,
    sentence: "Unstructured Wanda leads in NrtvQA (23.94), Qasper (41.21) and MF-en (45.07).",
    readings: only(
      both(
        highest(INTERNLM, "Wanda(Un)", "NrtvQA", 23.94),
        highest(INTERNLM, "Wanda(Un)", "Qasper", 41.21),
        highest(INTERNLM, "Wanda(Un)", "MF-en", 45.07),
      ),
      "the number, and no pruned row above it",
    ),
  },
  {
    ...SECTION,
    id: "c1-internlm-wanda-code",
    line: 691,
    sentence: "It keeps 99.5 in PRE and 58.49 in Lcc.",
    readings: only(
      both(
        prints(score(4, INTERNLM, "Wanda(Un)", "PRE"), 99.5),
        prints(score(4, INTERNLM, "Wanda(Un)", "Lcc"), 58.49),
      ),
    ),
  },
  {
    ...SECTION,
    id: "c1-internlm-sparsegpt",
    line: 691,
    sentence: "Unstructured SparseGPT is particularly strong in multi-document QA.",
    readings: only({
      compare: {
        mean: { table: 4, model: INTERNLM, compression: "SparseGPT(Un)", group: "Multi-Doc QA" },
      },
      is: ">=",
      to: {
        greatest: [...MAGNITUDE, ...WANDA, "SparseGPT(2:4)"].map((compression) => ({
          mean: { table: 4, model: INTERNLM, compression, group: "Multi-Doc QA" },
        })),
      },
    }, "the highest mean of the pruned rows"),
  },
  {
    ...SECTION,
    id: "c1-qwen-magnitude",
    line: 693,
    sentence: "On Qwen2.5-7B, magnitude pruning falls to near zero in many tasks.",
    readings: [
      {
        name: "below 5 in most cells",
        rule: {
          each: { table: 4, model: QWEN, compression: MAGNITUDE },
          is: "<",
          to: 5,
          share: MOST,
        },
      },
      {
        name: "below 1 in a quarter of the cells",
        rule: {
          each: { table: 4, model: QWEN, compression: MAGNITUDE },
          is: "<",
          to: 1,
          share: { is: ">=", of: 0.25 },
        },
      },
    ],
  },
  {
    ...SECTION,
    id: "c1-qwen-robust",
    line: 693,
    sentence: "There, SparseGPT and Wanda stay relatively robust.",
    readings: [5, 10].map((points) => ({
      name: `each loses at most ${points} points in the mean over columns`,
      rule: both(
        ...[...SPARSEGPT, ...WANDA].map((method): Rule => ({
          compare: {
            meanChange: "points",
            pairs: columnPairs([4, QWEN, method], [3, QWEN, "none"]),
          },
          is: ">=",
          to: -points,
        })),
      ),
    })),
  },
  {
    ...SECTION,
    id: "c1-qwen-wanda",
    line: 693,
    sentence: "Unstructured Wanda is the best there, with 16.3 in NrtvQA and 45.14 in Lcc.",
    readings: [
      {
        name: "the numbers, and no pruned row above them",
        rule: both(
          highest(QWEN, "Wanda(Un)", "NrtvQA", 16.3),
          highest(QWEN, "Wanda(Un)", "Lcc", 45.14),
        ),
      },
      { name: "the highest mean over columns", rule: bestRow(QWEN, "Wanda(Un)") },
    ],
  },
  {
    ...SECTION,
    id: "c1-qwen-sparsegpt",
    line: 693,
    sentence: "Unstructured SparseGPT has 89.35 in TriviaQA and 92.54 in PRE.",
    readings: [
      {
        name: "the numbers",
        rule: both(
          prints(score(4, QWEN, "SparseGPT(Un)", "TriviaQA"), 89.35),
          prints(score(4, QWEN, "SparseGPT(Un)", "PRE"), 92.54),
        ),
      },
      {
        name: "the numbers, and the best few-shot mean of the pruned rows",
        rule: {
          compare: {
            mean: {
              table: 4,
              model: QWEN,
              compression: "SparseGPT(Un)",
              group: "Few-shot Learning",
            },
          },
          is: ">=",
          to: {
            greatest: [...WANDA, ...MAGNITUDE, "SparseGPT(2:4)"].map((compression) => ({
              mean: { table: 4, model: QWEN, compression, group: "Few-shot Learning" },
            })),
          },
        },
      },
    ],
  },
];
