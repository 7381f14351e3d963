/** Claims of ACBench's Appendix C.1 about Table 5. */
import { ALL, type Claim, MOST, type Rule, type Share } from "../claim.ts";
import { both, cell, columnPairs, DISTILLED, only, prints } from "./terms.ts";

const C1 = { paper: "ACBench", section: "C.1 Long-context understanding" } as const;

const WEAK = ["MiniCPM-4B", "Gemma-2B", "Phi-3.5"];

const small = (model: string, compression: string, group: string, column: string) =>
  cell(5, model, compression, group, column);

const distilledBelowBase = (groups: string[], share: Share): Rule =>
  both(
    ...([
      ["DeepSeek-R1-Distill-Qwen-7B", 3, "Qwen2.5-7B"],
      ["DeepSeek-R1-Distill-Qwen-1.5B", 5, "Qwen2.5-1.5B"],
    ] as const).map(([model, table, base]): Rule => ({
      change: "points",
      pairs: columnPairs([5, model, "Distilled"], [table, base, "none"], groups),
      is: "<",
      to: 0,
      share,
    })),
  );

/** Claims of ACBench's Appendix C.1 about Table 5. */
export const APPENDIX_LONGBENCH_SMALL: Claim[] = [
  {
    ...C1,
    id: "c1-qwen-3b-gptq",
    line: 695,
    sentence: "GPTQ keeps Qwen2.5-3B at 21.39 of 22.05 in NrtvQA and 49.29 of 49.6 in MF-en.",
    readings: only(
      both(
        prints(small("Qwen2.5-3B", "GPTQ", "Single-Doc QA", "NrtvQA"), 21.39),
        prints(small("Qwen2.5-3B", "none", "Single-Doc QA", "NrtvQA"), 22.05),
        prints(small("Qwen2.5-3B", "GPTQ", "Single-Doc QA", "MF-en"), 49.29),
        prints(small("Qwen2.5-3B", "none", "Single-Doc QA", "MF-en"), 49.6),
      ),
    ),
  },
  {
    ...C1,
    id: "c1-qwen-3b-awq",
    line: 695,
    sentence: "AWQ brings Qwen2.5-3B near zero in several tasks.",
    readings: only({
      each: { table: 5, model: "Qwen2.5-3B", compression: "AWQ" },
      is: "<",
      to: 1,
      share: { is: ">=", of: 3 / 19 },
    }, "below 1 in at least 3 of 19 columns"),
  },
  {
    ...C1,
    id: "c1-megrez",
    line: 697,
    sentence: "Megrez-3B has 67.62 in HotpotQA, 57.7 in 2WikiQA and 82.5 in TREC, and stands out.",
    readings: only(
      both(
        ...([["Multi-Doc QA", "HotpotQA", 67.62], ["Multi-Doc QA", "2WikiQA", 57.7], [
          "Few-shot Learning",
          "TREC",
          82.5,
        ]] as const).flatMap(([group, column, stated]): Rule[] => [
          prints(small("Megrez-3B", "none", group, column), stated),
          {
            compare: small("Megrez-3B", "none", group, column),
            is: ">",
            to: { max: { table: 5, model: WEAK, column } },
          },
        ]),
      ),
      "the numbers, above MiniCPM-4B, Gemma-2B and Phi-3.5",
    ),
  },
  {
    ...C1,
    id: "c1-weak-models",
    line: 697,
    sentence: "MiniCPM-4B, Gemma-2B and Phi-3.5 struggle with QA.",
    readings: only(
      both(
        ...WEAK.map((model): Rule => ({
          compare: { mean: { table: 5, model, group: ["Single-Doc QA", "Multi-Doc QA"] } },
          is: "<",
          to: 15,
        })),
      ),
      "mean of single- and multi-document QA below 15",
    ),
  },
  {
    ...C1,
    id: "c1-distilled-triviaqa",
    line: 697,
    sentence: "The distilled Llama 8B is the better one at few-shot learning, 87.55 in TriviaQA.",
    readings: only(
      both(
        prints(
          small(DISTILLED[2]!, "Distilled", "Few-shot Learning", "TriviaQA"),
          87.55,
        ),
        {
          compare: { mean: { table: 5, model: DISTILLED[2]!, group: "Few-shot Learning" } },
          is: ">",
          to: {
            greatest: DISTILLED.slice(0, 2).map((model) => ({
              mean: { table: 5, model, group: "Few-shot Learning" },
            })),
          },
        },
      ),
      "the number, and the highest few-shot mean of the three",
    ),
  },
  {
    ...C1,
    id: "c1-distilled-teachers",
    line: 697,
    sentence: "All distilled models lose in QA and summarization against their teachers.",
    readings: [
      {
        name: "teacher: DeepSeek-R1",
        rule: { unprinted: "no table has a row of DeepSeek-R1" },
      },
      {
        name: "teacher taken for the undistilled Qwen, every column",
        rule: distilledBelowBase(["Single-Doc QA", "Multi-Doc QA", "Summarization"], ALL),
      },
      {
        name: "teacher taken for the undistilled Qwen, most columns",
        rule: distilledBelowBase(["Single-Doc QA", "Multi-Doc QA", "Summarization"], MOST),
      },
    ],
  },
];
