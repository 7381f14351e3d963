/** Claims of ACBench's Section 6 about LongGenBench and the needle. */
import { ALL, type Claim, type Rule } from "../claim.ts";
import { beside, both, longGen, only, shortened, SPARSEGPT, STANDARD_7B, WANDA } from "./terms.ts";

const SECTION = { paper: "ACBench", section: "6 Long-context understanding" } as const;

const awqBest = (table: number, models: string[]): Rule[] =>
  models.flatMap((model) =>
    ["GSM8K", "MMLU"].map((column): Rule => ({
      compare: { cell: { table, model, compression: "AWQ", column } },
      is: ">=",
      to: { max: { table, model, column, except: { compression: ["none"] } } },
    }))
  );

const nearAwq = (column: string, percent: number): Rule[] =>
  ["Wanda(Un)", "SparseGPT(Un)"].map((compression) => ({
    compare: {
      percentDrop: [
        longGen("Qwen2.5-7B", "AWQ", column),
        longGen("Qwen2.5-7B", compression, column),
      ],
    },
    is: "<=",
    to: percent,
  }));

const keepsBase = (method: string, column: string, percent: number): Rule => ({
  compare: {
    percentDrop: [
      longGen("InternLM2.5-7B", "none", column),
      longGen("InternLM2.5-7B", method, column),
    ],
  },
  is: "<=",
  to: percent,
});

/** Claims of Section 6 about LongGenBench and the needle. */
export const LONGGENBENCH: Claim[] = [
  {
    ...SECTION,
    id: "longgen-awq-best",
    line: 248,
    sentence: "On LongGenBench, AWQ consistently beats the other methods.",
    readings: [
      { name: "both tasks, both models of Table 6", rule: both(...awqBest(6, STANDARD_7B)) },
      { name: "Qwen2.5-7B", rule: both(...awqBest(6, ["Qwen2.5-7B"])) },
      {
        name: "Tables 6 and 7",
        rule: both(...awqBest(6, STANDARD_7B), ...awqBest(7, ["Qwen2.5-1.5B", "Qwen2.5-3B"])),
      },
    ],
  },
  {
    ...SECTION,
    id: "longgen-pruned-competitive",
    line: 248,
    sentence: "On Qwen2.5-7B, Wanda and SparseGPT are competitive with AWQ.",
    readings: [
      {
        name: "unstructured, within 10 percent of AWQ on both tasks",
        rule: both(...nearAwq("GSM8K", 10), ...nearAwq("MMLU", 10)),
      },
      { name: "unstructured, within 15 percent on MMLU", rule: both(...nearAwq("MMLU", 15)) },
      { name: "unstructured, within 15 percent on GSM8K", rule: both(...nearAwq("GSM8K", 15)) },
    ],
  },
  {
    ...SECTION,
    id: "longgen-wrong-table",
    line: 248,
    sentence: "Table 7 shows how Wanda and SparseGPT do on Qwen2.5-7B.",
    readings: only({
      compare: { count: { table: 7, model: "Qwen2.5-7B", compression: [...WANDA, ...SPARSEGPT] } },
      is: ">",
      to: 0,
    }, "Table 7 has such rows"),
  },
  {
    ...SECTION,
    id: "longgen-internlm-awq",
    line: 248,
    sentence: "On InternLM2.5-7B, AWQ keeps the base performance.",
    readings: [
      { name: "loses at most 5 percent on MMLU", rule: keepsBase("AWQ", "MMLU", 5) },
      { name: "loses at most 5 percent on GSM8K", rule: keepsBase("AWQ", "GSM8K", 5) },
    ],
  },
  {
    ...SECTION,
    id: "longgen-internlm-only-awq",
    line: 248,
    sentence: "On InternLM2.5-7B, no method but AWQ does.",
    readings: [
      {
        name: "every other row loses more than 5 percent on both tasks",
        rule: {
          change: "percent",
          pairs: beside({
            table: 6,
            model: "InternLM2.5-7B",
            except: { compression: ["AWQ", "none"] },
          }, "none"),
          is: "<",
          to: -5,
          share: ALL,
        },
      },
      {
        name: "no other row reaches AWQ's GSM8K",
        rule: {
          compare: longGen("InternLM2.5-7B", "AWQ", "GSM8K"),
          is: ">",
          to: {
            max: {
              table: 6,
              model: "InternLM2.5-7B",
              column: "GSM8K",
              except: { compression: ["AWQ", "none"] },
            },
          },
        },
      },
    ],
  },
  {
    ...SECTION,
    id: "longgen-3b-mmlu",
    line: 248,
    sentence: "Compressed Qwen2.5-3B is on a level with 7B models on MMLU.",
    readings: [
      {
        name: "every row within 10 percent of Qwen2.5-7B's base",
        rule: {
          change: "percent",
          pairs: {
            cells: { table: 7, model: "Qwen2.5-3B", column: "MMLU" },
            against: { table: 6, model: "Qwen2.5-7B", compression: "none" },
            by: ["column"],
          },
          is: ">=",
          to: -10,
          share: ALL,
        },
      },
      {
        name: "every row within 10 percent of Qwen2.5-7B under the same method, or above",
        rule: both(
          ...[["GPTQ(W4)", "GPTQ"], ["AWQ", "AWQ"]].map(([small, large]): Rule => ({
            compare: {
              percentDrop: [
                longGen("Qwen2.5-7B", large!, "MMLU"),
                { cell: { table: 7, model: "Qwen2.5-3B", compression: small!, column: "MMLU" } },
              ],
            },
            is: "<=",
            to: 10,
          })),
        ),
      },
    ],
  },
  {
    ...SECTION,
    id: "longgen-3b-collapse",
    line: 248,
    sentence: "Compression makes GSM8K of Qwen2.5-3B collapse from 61 % to 11 %.",
    readings: [
      {
        name: "from its own base",
        rule: { unprinted: "Table 7 has no uncompressed row of Qwen2.5-3B" },
      },
      ...shortened([
        [longGen("Qwen2.5-7B", "none", "GSM8K"), 61],
        [{ cell: { table: 7, model: "Qwen2.5-3B", compression: "GPTQ(W4)", column: "GSM8K" } }, 11],
      ], 1).map(({ name, rule }) => ({ name: `from Qwen2.5-7B's base to GPTQ, ${name}`, rule })),
    ],
  },
  {
    ...SECTION,
    id: "longgen-small-zero",
    line: 248,
    sentence: "Models below 3B are near zero on MMLU and GSM8K.",
    readings: [
      {
        name: "below 5 % on both, every row of Qwen2.5-1.5B",
        rule: {
          each: { table: 7, model: "Qwen2.5-1.5B" },
          is: "<",
          to: 5,
          share: ALL,
        },
      },
      {
        name: "below 5 % on GSM8K alone",
        rule: {
          each: { table: 7, model: "Qwen2.5-1.5B", column: "GSM8K" },
          is: "<",
          to: 5,
          share: ALL,
        },
      },
    ],
  },
  {
    ...SECTION,
    id: "longgen-7b-base",
    line: 248,
    sentence: "Qwen2.5-7B has 61 % on GSM8K and 64 % on MMLU.",
    readings: shortened([
      [longGen("Qwen2.5-7B", "none", "GSM8K"), 61],
      [longGen("Qwen2.5-7B", "none", "MMLU"), 64],
    ], 1),
  },
  {
    ...SECTION,
    id: "longgen-distilled-zero",
    line: 248,
    sentence: "The distilled Qwen 7B is near zero on both.",
    readings: only({
      each: { table: 7, model: "DeepSeek-R1-Distill-Qwen-7B" },
      is: "<",
      to: 1,
      share: ALL,
    }, "below 1 %"),
  },
  {
    ...SECTION,
    id: "needle-harm",
    line: 250,
    sentence: "Quantization and pruning both harm retrieval, magnitude pruning most.",
    readings: only({ unprinted: "Figures 11 to 13 plot it; no number is printed" }),
  },
  {
    ...SECTION,
    id: "needle-boundary",
    line: 250,
    sentence: "All compressed models reach a boundary at 32K of 40K tokens.",
    readings: only({ unprinted: "Figures 11 to 13 plot it; no number is printed" }),
  },
];
