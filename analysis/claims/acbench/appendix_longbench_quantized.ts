/** Claims of ACBench's Appendix C.1 about Table 3. */
import { type Claim, MOST, type Pairs, type Rule, type Share } from "../claim.ts";
import { both, cell, columnPairs, only, prints } from "./terms.ts";

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

/** Both ends of a stated change in Table 3. */
const moves = (model: string, method: string, column: string, from: number, to: number): Rule =>
  both(
    prints(score(3, model, "none", column), from),
    prints(score(3, model, method, column), to),
  );

const against = (model: string, method: string): Pairs =>
  columnPairs([3, model, method], [3, model, "none"]);

const rises = (model: string, method: string, share: Share): Rule => ({
  change: "points",
  pairs: against(model, method),
  is: ">",
  to: 0,
  share,
});

/** Claims of ACBench's Appendix C.1 about Table 3. */
export const APPENDIX_LONGBENCH_QUANTIZED: Claim[] = [
  {
    ...SECTION,
    id: "c1-internlm-awq-most",
    line: 666,
    sentence: "AWQ improves InternLM2.5-7B in most LongBench tasks, and by much.",
    readings: [
      { name: "most columns rise", rule: rises(INTERNLM, "AWQ", MOST) },
      {
        name: "most columns rise by 5 points or more",
        rule: {
          change: "points",
          pairs: against(INTERNLM, "AWQ"),
          is: ">=",
          to: 5,
          share: MOST,
        },
      },
    ],
  },
  {
    ...SECTION,
    id: "c1-internlm-awq-single-doc",
    line: 666,
    sentence:
      "AWQ takes InternLM2.5-7B from 0 to 25.08, 29.27 to 45.16 and 22.92 to 47.72 in single-document QA.",
    readings: only(
      both(
        moves(INTERNLM, "AWQ", "NrtvQA", 0, 25.08),
        moves(INTERNLM, "AWQ", "Qasper", 29.27, 45.16),
        moves(INTERNLM, "AWQ", "MF-en", 22.92, 47.72),
      ),
    ),
  },
  {
    ...SECTION,
    id: "c1-internlm-awq-triviaqa",
    line: 666,
    sentence: "In multi-document QA and summarization AWQ improves, TriviaQA from 48.1 to 84.69.",
    readings: [
      { name: "the numbers", rule: moves(INTERNLM, "AWQ", "TriviaQA", 48.1, 84.69) },
      {
        name: "TriviaQA is one of these tasks",
        rule: {
          compare: {
            count: { table: 3, column: "TriviaQA", group: ["Multi-Doc QA", "Summarization"] },
          },
          is: ">",
          to: 0,
        },
      },
    ],
  },
  {
    ...SECTION,
    id: "c1-internlm-awq-code",
    line: 666,
    sentence: "AWQ takes code completion from 50 to 99.5.",
    readings: [
      {
        name: "in a column of Code Completion",
        rule: both(
          prints(score(3, INTERNLM, "none", "Lcc"), 50),
          prints(score(3, INTERNLM, "AWQ", "Lcc"), 99.5),
        ),
      },
      {
        name: "in the synthetic task PRE",
        rule: moves(INTERNLM, "AWQ", "PRE", 50, 99.5),
      },
    ],
  },
  {
    ...SECTION,
    id: "c1-internlm-gptq",
    line: 666,
    sentence: "GPTQ improves InternLM2.5-7B less than AWQ does.",
    readings: [
      {
        name: "mean over all columns",
        rule: {
          compare: {
            minus: [
              { mean: { table: 3, model: INTERNLM, compression: "AWQ" } },
              { mean: { table: 3, model: INTERNLM, compression: "GPTQ" } },
            ],
          },
          is: ">",
          to: 0,
        },
      },
      {
        name: "Qasper and MF-en, by the numbers that the sentence itself gives for GPTQ",
        rule: both(
          ...["Qasper", "MF-en"].map((column): Rule => ({
            compare: score(3, INTERNLM, "AWQ", column),
            is: ">",
            to: score(3, INTERNLM, "GPTQ", column),
          })),
        ),
      },
    ],
  },
  {
    ...SECTION,
    id: "c1-qwen-awq",
    line: 668,
    sentence: "AWQ improves Qwen2.5-7B a little in most tasks.",
    readings: [
      { name: "most columns rise", rule: rises(QWEN, "AWQ", MOST) },
      {
        name: "most columns do not fall",
        rule: {
          change: "points",
          pairs: against(QWEN, "AWQ"),
          is: ">=",
          to: 0,
          share: MOST,
        },
      },
    ],
  },
  {
    ...SECTION,
    id: "c1-qwen-awq-qasper",
    line: 668,
    sentence: "With AWQ, Qwen2.5-7B rises from 13.12 to 14.18 in Qasper.",
    readings: only(moves(QWEN, "AWQ", "Qasper", 13.12, 14.18)),
  },
  {
    ...SECTION,
    id: "c1-qwen-awq-mf",
    line: 668,
    sentence: "It falls slightly in MF-en, from 30.29 to 26.12.",
    readings: [
      { name: "the numbers", rule: moves(QWEN, "AWQ", "MF-en", 30.29, 26.12) },
      {
        name: "slightly: at most 5 points",
        rule: {
          compare: {
            minus: [score(3, QWEN, "none", "MF-en"), score(3, QWEN, "AWQ", "MF-en")],
          },
          is: "<=",
          to: 5,
        },
      },
      {
        name: "slightly: at most 5 percent",
        rule: {
          compare: {
            percentDrop: [score(3, QWEN, "none", "MF-en"), score(3, QWEN, "AWQ", "MF-en")],
          },
          is: "<=",
          to: 5,
        },
      },
    ],
  },
  {
    ...SECTION,
    id: "c1-qwen-gptq",
    line: 668,
    sentence:
      "GPTQ takes Qwen2.5-7B from 13.12 to 38.94 in Qasper and from 30.29 to 47.53 in MF-en.",
    readings: only(
      both(
        moves(QWEN, "GPTQ", "Qasper", 13.12, 38.94),
        moves(QWEN, "GPTQ", "MF-en", 30.29, 47.53),
      ),
    ),
  },
  {
    ...SECTION,
    id: "c1-qwen-gptq-lcc",
    line: 668,
    sentence: "GPTQ lowers Lcc slightly, from 62.28 to 57.44.",
    readings: [
      { name: "the numbers", rule: moves(QWEN, "GPTQ", "Lcc", 62.28, 57.44) },
      {
        name: "slightly: at most 5 percent",
        rule: {
          compare: { percentDrop: [score(3, QWEN, "none", "Lcc"), score(3, QWEN, "GPTQ", "Lcc")] },
          is: "<=",
          to: 5,
        },
      },
    ],
  },
  {
    ...SECTION,
    id: "c1-awq-stable",
    line: 670,
    sentence: "AWQ improves more consistently than GPTQ, for both models.",
    readings: [
      {
        name: "more columns rise under AWQ, Qwen2.5-7B",
        rule: {
          compare: { shareOf: "points", pairs: against(QWEN, "AWQ"), is: ">", to: 0 },
          is: ">",
          to: { shareOf: "points", pairs: against(QWEN, "GPTQ"), is: ">", to: 0 },
        },
      },
      {
        name: "changes spread less under AWQ, Qwen2.5-7B",
        rule: {
          compare: { spread: "points", pairs: against(QWEN, "AWQ") },
          is: "<",
          to: { spread: "points", pairs: against(QWEN, "GPTQ") },
        },
      },
      {
        name: "more columns rise under AWQ, InternLM2.5-7B",
        rule: { unprinted: "Table 3 has lost the GPTQ row of InternLM2.5-7B" },
      },
    ],
  },
];
