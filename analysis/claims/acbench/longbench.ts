/** Claims of ACBench's Section 6 about LongBench. */
import { ALL, type Claim, MOST, type Pairs, type Rule } from "../claim.ts";
import { beside, both, columnPairs, PRUNED, SPARSEGPT, STANDARD_7B, WANDA } from "./terms.ts";

const SECTION = { paper: "ACBench", section: "6 Long-context understanding" } as const;

const EASY = ["Few-shot Learning", "Synthetic Task", "Code Completion"];
const QA = ["Single-Doc QA", "Multi-Doc QA"];
const SMALL = ["Qwen2.5-1.5B", "Qwen2.5-3B", "MiniCPM-4B", "Gemma-2B"];

const quantized: Pairs = beside({ table: 3, compression: ["AWQ", "GPTQ"], group: EASY }, "none");
const pruned = (compression: string[], group: string[]): Pairs =>
  beside({ table: 4, compression, group }, "none", 3);

const lost = (pairs: Pairs, is: "<" | ">=", to: number, share: typeof ALL): Rule => ({
  change: "percent",
  pairs,
  is,
  to,
  share,
});

/** Claims of Section 6 about LongBench. */
export const LONGBENCH: Claim[] = [
  {
    ...SECTION,
    id: "longbench-easy-quantized",
    line: 244,
    sentence: "Quantization hardly touches few-shot, synthetic and code tasks at 7B.",
    readings: [
      {
        name: "every cell of Table 3 loses at most 5 percent",
        rule: lost(quantized, ">=", -5, ALL),
      },
      { name: "most cells", rule: lost(quantized, ">=", -5, MOST) },
    ],
  },
  {
    ...SECTION,
    id: "longbench-easy-pruned",
    line: 244,
    sentence: "Pruning other than by magnitude hardly touches these tasks at 7B.",
    readings: [
      {
        name: "every cell of Table 4 loses at most 5 percent of Table 3's base",
        rule: lost(pruned([...SPARSEGPT, ...WANDA], EASY), ">=", -5, ALL),
      },
      {
        name: "most cells",
        rule: lost(pruned([...SPARSEGPT, ...WANDA], EASY), ">=", -5, MOST),
      },
    ],
  },
  {
    ...SECTION,
    id: "longbench-magnitude",
    line: 244,
    sentence: "Magnitude pruning is the exception.",
    readings: [
      {
        name: "most cells lose more than 5 percent, both models",
        rule: both(
          ...STANDARD_7B.map((model): Rule =>
            lost(
              beside({ table: 4, model, compression: ["Mag(2:4)", "Mag(Un)"] }, "none", 3),
              "<",
              -5,
              MOST,
            )
          ),
        ),
      },
      {
        name: "most cells, both models together",
        rule: lost(
          beside({ table: 4, compression: ["Mag(2:4)", "Mag(Un)"] }, "none", 3),
          "<",
          -5,
          MOST,
        ),
      },
    ],
  },
  {
    ...SECTION,
    id: "longbench-most-methods",
    line: 244,
    sentence: "On LongBench, most compression methods lose next to nothing.",
    readings: [
      {
        name: "most cells of Tables 3 and 4 lose at most 5 percent",
        rule: both(
          lost(beside({ table: 3, compression: ["AWQ", "GPTQ"] }, "none"), ">=", -5, MOST),
          lost(beside({ table: 4, compression: PRUNED }, "none", 3), ">=", -5, MOST),
        ),
      },
      {
        name: "in the mean over all columns, most rows lose at most 5 points",
        rule: {
          rules: [
            ...STANDARD_7B.flatMap((model) =>
              PRUNED.map((method): Rule => ({
                compare: {
                  meanChange: "points",
                  pairs: columnPairs([4, model, method], [3, model, "none"]),
                },
                is: ">=",
                to: -5,
              }))
            ),
            ...([["InternLM2.5-7B", "AWQ"], ["Qwen2.5-7B", "AWQ"], ["Qwen2.5-7B", "GPTQ"]] as const)
              .map(([model, method]): Rule => ({
                compare: {
                  meanChange: "points",
                  pairs: columnPairs([3, model, method], [3, model, "none"]),
                },
                is: ">=",
                to: -5,
              })),
          ],
          share: MOST,
        },
      },
    ],
  },
  {
    ...SECTION,
    id: "longbench-small-weak",
    line: 244,
    sentence: "Smaller models are much weaker even before compression.",
    readings: [
      {
        name: "mean over shared columns below Qwen2.5-7B's base, each of the four named",
        rule: both(
          ...SMALL.map((model): Rule => ({
            compare: {
              meanChange: "points",
              pairs: columnPairs([5, model, "none"], [3, "Qwen2.5-7B", "none"]),
            },
            is: "<",
            to: 0,
          })),
        ),
      },
      {
        name: "most of the four",
        rule: {
          rules: SMALL.map((model): Rule => ({
            compare: {
              meanChange: "points",
              pairs: columnPairs([5, model, "none"], [3, "Qwen2.5-7B", "none"]),
            },
            is: "<",
            to: 0,
          })),
          share: MOST,
        },
      },
    ],
  },
  {
    ...SECTION,
    id: "longbench-megrez",
    line: 244,
    sentence: "Megrez-3B is the best model below 7B.",
    readings: [
      {
        name: "mean over shared columns above every other uncompressed small model",
        rule: both(
          ...[...SMALL, "Phi-3.5"].map((model): Rule => ({
            compare: {
              meanChange: "points",
              pairs: columnPairs([5, "Megrez-3B", "none"], [5, model, "none"]),
            },
            is: ">",
            to: 0,
          })),
        ),
      },
      {
        name: "the best in every column",
        rule: both(
          ...[...SMALL, "Phi-3.5"].map((model): Rule => ({
            change: "points",
            pairs: columnPairs([5, "Megrez-3B", "none"], [5, model, "none"]),
            is: ">=",
            to: 0,
            share: ALL,
          })),
        ),
      },
    ],
  },
  {
    ...SECTION,
    id: "longbench-distilled",
    line: 244,
    sentence: "Distilled models lose much in single- and multi-document QA and synthetic tasks.",
    readings: [
      {
        name: "the distilled Qwen 7B below Qwen2.5-7B in every cell of the three groups",
        rule: {
          change: "points",
          pairs: columnPairs(
            [5, "DeepSeek-R1-Distill-Qwen-7B", "Distilled"],
            [3, "Qwen2.5-7B", "none"],
            [...QA, "Synthetic Task"],
          ),
          is: "<",
          to: 0,
          share: ALL,
        },
      },
      {
        name: "both distilled Qwen lose more than 20 percent in most cells",
        rule: both(
          lost(
            columnPairs(
              [5, "DeepSeek-R1-Distill-Qwen-7B", "Distilled"],
              [3, "Qwen2.5-7B", "none"],
              [...QA, "Synthetic Task"],
            ),
            "<",
            -20,
            MOST,
          ),
          lost(
            columnPairs(
              [5, "DeepSeek-R1-Distill-Qwen-1.5B", "Distilled"],
              [5, "Qwen2.5-1.5B", "none"],
              [...QA, "Synthetic Task"],
            ),
            "<",
            -20,
            MOST,
          ),
        ),
      },
    ],
  },
];
