/** Claims of ACBench's Appendix C.4. */
import { ALL, type Claim, MOST, type Rule, type Share } from "../claim.ts";
import {
  averageF1,
  beside,
  both,
  DISTILLED,
  MAGNITUDE,
  only,
  prints,
  SPARSEGPT,
  WANDA,
} from "./terms.ts";

const C4 = { paper: "ACBench", section: "C.4 Workflow generation" } as const;

const QWEN = "Qwen2.5-7B";

const loss = (share: Share): Rule => ({
  change: "percent",
  pairs: beside({
    table: 10,
    compression: ["AWQ(INT4)", "GPTQ(INT4)"],
    group: "Average",
    column: "F1",
  }, "none"),
  is: ">=",
  to: -5,
  share,
});

/** Claims of ACBench's Appendix C.4. */
export const APPENDIX_WORKFLOW: Claim[] = [
  {
    ...C4,
    id: "c4-qwen-quantized",
    line: 776,
    sentence: "With AWQ and GPTQ, Qwen2.5-7B has an F1 of 0.44 to 0.46.",
    readings: only({
      each: {
        table: 10,
        model: QWEN,
        compression: ["AWQ(INT4)", "GPTQ(INT4)"],
        group: "Average",
        column: "F1",
      },
      is: "between",
      to: [0.44, 0.46],
      share: ALL,
    }),
  },
  {
    ...C4,
    id: "c4-qwen-pruned",
    line: 776,
    sentence: "With Wanda and SparseGPT it has 0.46.",
    readings: only({
      each: {
        table: 10,
        model: QWEN,
        compression: [...WANDA, ...SPARSEGPT],
        group: "Average",
        column: "F1",
      },
      is: "==",
      to: 0.46,
      share: ALL,
    }),
  },
  {
    ...C4,
    id: "c4-qwen-magnitude",
    line: 776,
    sentence: "Magnitude pruning has an F1 of 0 in all tasks.",
    readings: [
      {
        name: "Qwen2.5-7B, the row that is printed",
        rule: {
          each: { table: 10, model: QWEN, compression: MAGNITUDE, column: "F1" },
          is: "==",
          to: 0,
          share: ALL,
        },
      },
      {
        name: "every magnitude row",
        rule: {
          each: { table: 10, compression: MAGNITUDE, column: "F1" },
          is: "==",
          to: 0,
          share: ALL,
        },
      },
    ],
  },
  {
    ...C4,
    id: "c4-qwen-32b",
    line: 776,
    sentence: "Qwen2.5-32B keeps 0.69 to 0.71 of 0.72 under AWQ and GPTQ.",
    readings: only(
      both(
        prints(averageF1("Qwen2.5-32B", "none"), 0.72),
        {
          each: {
            table: 10,
            model: "Qwen2.5-32B",
            compression: ["AWQ(INT4)", "GPTQ(INT4)"],
            group: "Average",
            column: "F1",
          },
          is: "between",
          to: [0.69, 0.71],
          share: ALL,
        },
      ),
    ),
  },
  {
    ...C4,
    id: "c4-distilled",
    line: 776,
    sentence: "Distilled models have an F1 between 0.20 and 0.43.",
    readings: only(
      both(
        prints({ min: { table: 10, model: DISTILLED, group: "Average", column: "F1" } }, 0.2),
        prints({ max: { table: 10, model: DISTILLED, group: "Average", column: "F1" } }, 0.43),
      ),
    ),
  },
  {
    ...C4,
    id: "c4-minimal-impact",
    line: 776,
    sentence: "Quantization has minimal impact on workflow generation.",
    readings: [
      {
        name: "at most 5 percent of average F1 lost, every 4-bit row with a base row",
        rule: loss(ALL),
      },
      { name: "at most 5 percent lost, most", rule: loss(MOST) },
    ],
  },
];
