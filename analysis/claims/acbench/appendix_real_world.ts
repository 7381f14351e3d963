/** Claims of ACBench's Appendix C.3. */
import { ALL, type Claim, MOST, type Pairs, type Rule } from "../claim.ts";
import {
  beside,
  both,
  cell,
  DISTILLED,
  MAGNITUDE,
  only,
  prints,
  SPARSEGPT,
  WANDA,
} from "./terms.ts";

const C3 = { paper: "ACBench", section: "C.3 Real-world applications" } as const;

const INTERNLM = "InternLM2.5-7B";

const QWEN = "Qwen2.5-7B";

const progress = (model: string, compression: string[]) => ({
  mean: { table: 9, model, compression, column: "P" },
});

const keepsProgress = (model: string, method: string, percent: number): Rule => ({
  compare: { percentDrop: [progress(model, ["none"]), progress(model, [method])] },
  is: "<=",
  to: percent,
});

const internPruned: Pairs = beside({
  table: 9,
  model: INTERNLM,
  compression: [...WANDA, ...SPARSEGPT],
  column: "P",
}, "none");

/** Claims of ACBench's Appendix C.3. */
export const APPENDIX_REAL_WORLD: Claim[] = [
  {
    ...C3,
    id: "c3-qwen-awq",
    line: 772,
    sentence: "Qwen2.5-7B with AWQ has 19.73 in Jericho and 47.16 in Tool-query.",
    readings: only(
      both(
        prints(cell(9, QWEN, "AWQ", "Jericho", "P"), 19.73),
        prints(cell(9, QWEN, "AWQ", "Tool-query", "P"), 47.16),
      ),
    ),
  },
  {
    ...C3,
    id: "c3-qwen-quantized",
    line: 772,
    sentence: "AWQ and GPTQ keep Qwen2.5-7B close to its base.",
    readings: only(
      both(keepsProgress(QWEN, "AWQ", 10), keepsProgress(QWEN, "GPTQ", 10)),
      "mean progress loses at most 10 percent",
    ),
  },
  {
    ...C3,
    id: "c3-quantized-reasonable",
    line: 772,
    sentence: "Quantization keeps a reasonable performance in real-world tasks.",
    readings: only(
      both(
        ...[INTERNLM, QWEN].flatMap((model) =>
          ["AWQ", "GPTQ"].map((method) => keepsProgress(model, method, 10))
        ),
      ),
      "mean progress loses at most 10 percent, both models",
    ),
  },
  {
    ...C3,
    id: "c3-qwen-magnitude",
    line: 772,
    sentence: "Magnitude pruning drops to near 0 % in most tasks.",
    readings: [
      {
        name: "Qwen2.5-7B, progress below 1 % in most tasks",
        rule: {
          each: { table: 9, model: QWEN, compression: MAGNITUDE, column: "P" },
          is: "<",
          to: 1,
          share: MOST,
        },
      },
      {
        name: "InternLM2.5-7B too",
        rule: {
          each: { table: 9, model: INTERNLM, compression: MAGNITUDE, column: "P" },
          is: "<",
          to: 1,
          share: MOST,
        },
      },
    ],
  },
  {
    ...C3,
    id: "c3-internlm-base",
    line: 772,
    sentence: "InternLM2.5-7B has 14.23 in Jericho and 31.64 in Tool-query.",
    readings: only(
      both(
        prints(cell(9, INTERNLM, "none", "Jericho", "P"), 14.23),
        prints(cell(9, INTERNLM, "none", "Tool-query", "P"), 31.64),
      ),
    ),
  },
  {
    ...C3,
    id: "c3-internlm-pruned",
    line: 772,
    sentence: "Wanda and SparseGPT make it drop notably.",
    readings: [
      {
        name: "progress falls by 5 points or more in every cell",
        rule: { change: "points", pairs: internPruned, is: "<=", to: -5, share: ALL },
      },
      {
        name: "in most cells",
        rule: { change: "points", pairs: internPruned, is: "<=", to: -5, share: MOST },
      },
    ],
  },
  {
    ...C3,
    id: "c3-distilled",
    line: 772,
    sentence: "Distilled models are very poor in all tasks.",
    readings: only({
      each: { table: 9, model: DISTILLED, column: "P" },
      is: "<",
      to: 10,
      share: ALL,
    }, "progress below 10 %"),
  },
];
