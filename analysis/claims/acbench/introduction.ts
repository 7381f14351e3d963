/** Claims of ACBench's introduction and of Section 2. */
import { ALL, type Claim } from "../claim.ts";
import { both, DISTILLED, only, prints, PRUNED, RESULT_TABLES } from "./terms.ts";

const PAPER = { paper: "ACBench" } as const;
const INTRODUCTION = { ...PAPER, section: "1 Introduction" } as const;
const SETUP = { ...PAPER, section: "2 Preliminaries" } as const;

const SMALL = ["MiniCPM-4B", "Qwen2.5-1.5B", "Qwen2.5-3B", "Gemma-2B", "Phi-3.5", "Megrez-3B"];
const MEDIUM = ["InternLM2.5-7B", "Qwen2.5-7B", "Mistral-7B"];
const NAMED = [...SMALL, ...MEDIUM, ...DISTILLED];
const KNOWN_PATTERNS = [
  "none",
  "FP16",
  "Distilled",
  "FP8",
  "AWQ",
  "GPTQ",
  "AWQ(INT4)",
  "GPTQ(INT4)",
  "GPTQ(INT8)",
  "GPTQ(W4)",
  "GPTQ(W8)",
  "SmoothQ(W8A8)",
  ...PRUNED,
];

/** Claims of Sections 1 and 2. */
export const INTRODUCTION_CLAIMS: Claim[] = [
  {
    ...INTRODUCTION,
    id: "introduction-size",
    line: 19,
    sentence: "Compression shrinks a model up to fourfold.",
    readings: only({ unprinted: "no table prints the size of a compressed model" }),
  },
  {
    ...INTRODUCTION,
    id: "introduction-perplexity",
    line: 19,
    sentence: "Compression keeps perplexity and arithmetic scores.",
    readings: only({ unprinted: "no table prints a perplexity or an arithmetic score of its own" }),
  },
  {
    ...INTRODUCTION,
    id: "introduction-needle-length",
    line: 21,
    sentence: "Needle-in-the-Haystack retrieves from 40k tokens.",
    readings: only({
      compare: { cell: { table: 1, group: "Needle-in-the-Haystack", metric: "size" } },
      is: "==",
      to: 40000,
    }),
  },
  {
    ...INTRODUCTION,
    id: "introduction-capabilities",
    line: 55,
    sentence: "Four core capabilities are evaluated, each with results.",
    readings: only(
      both(
        ...[8, 10, 3, 9].map((table) => ({
          compare: { count: { table } },
          is: ">" as const,
          to: 0,
        })),
      ),
      "Tables 8 (tools), 10 (workflows), 3 (long contexts) and 9 (applications) hold numbers",
    ),
  },
  {
    ...INTRODUCTION,
    id: "introduction-small-models",
    line: 55,
    sentence: "Small models below 7B such as Phi-3.5, MiniCPM and Megrez are evaluated.",
    readings: only({
      compare: {
        distinct: "model",
        of: { table: RESULT_TABLES, model: ["Phi-3.5", "MiniCPM-4B", "Megrez-3B"] },
      },
      is: "==",
      to: 3,
    }),
  },
  {
    ...INTRODUCTION,
    id: "introduction-standard-models",
    line: 55,
    sentence: "Standard models of 7B to 32B are evaluated, the Qwen2.5 series included.",
    readings: only({
      compare: {
        distinct: "model",
        of: { table: RESULT_TABLES, model: ["Qwen2.5-7B", "Qwen2.5-14B", "Qwen2.5-32B"] },
      },
      is: "==",
      to: 3,
    }, "7B, 14B and 32B have rows"),
  },
  {
    ...INTRODUCTION,
    id: "introduction-methods",
    line: 55,
    sentence: "GPTQ, AWQ, SparseGPT and Wanda are evaluated on every capability.",
    readings: only(
      both(
        ...[[3, 4], [6, 7], [8], [9], [10]].flatMap((table) =>
          [["GPTQ", "GPTQ(INT4)"], ["AWQ", "AWQ(INT4)"], ["SparseGPT(Un)"], ["Wanda(Un)"]].map((
            compression,
          ) => ({ compare: { count: { table, compression } }, is: ">" as const, to: 0 }))
        ),
      ),
      "each has rows for LongBench, LongGenBench, T-Eval, AgentBoard and WorfBench",
    ),
  },
  {
    ...SETUP,
    id: "setup-tool-capabilities",
    line: 90,
    sentence: "Action execution has six key capabilities.",
    readings: [
      {
        name: "rows of T-Eval in Table 1",
        rule: prints({ count: { table: 1, group: "T-Eval", metric: "size" } }, 6),
      },
      {
        name: "capabilities in Table 8",
        rule: prints(
          { distinct: "group", of: { table: 8, except: { group: ["Overall"] } } },
          6,
        ),
      },
    ],
  },
  {
    ...SETUP,
    id: "setup-workflow-tasks",
    line: 92,
    sentence: "Workflow generation has four key tasks.",
    readings: [
      {
        name: "rows of WorfBench in Table 1",
        rule: prints({ count: { table: 1, group: "WorfBench", metric: "size" } }, 4),
      },
      {
        name: "tasks in Table 10",
        rule: prints(
          { distinct: "group", of: { table: 10, except: { group: ["Average"] } } },
          4,
        ),
      },
    ],
  },
  {
    ...SETUP,
    id: "setup-models",
    line: 109,
    sentence: "The models are three of medium size, three distilled and six small ones.",
    readings: [
      {
        name: "each of the twelve has results",
        rule: prints({ distinct: "model", of: { table: RESULT_TABLES, model: NAMED } }, 12),
      },
      {
        name: "no other model has",
        rule: prints(
          { count: { table: RESULT_TABLES, except: { model: NAMED } } },
          0,
        ),
      },
    ],
  },
  {
    ...SETUP,
    id: "setup-llama",
    section: "Table 1",
    line: 34,
    sentence: "Llama-3.1-8B is among the models of workflow generation.",
    readings: only({
      compare: { count: { table: RESULT_TABLES, model: "Llama-3.1-8B" } },
      is: ">",
      to: 0,
    }, "it has results in some table"),
  },
  {
    ...SETUP,
    id: "setup-action-datasets",
    line: 113,
    sentence: "Action execution is measured on T-Eval, ToolBench and ToolAlpaca.",
    readings: [
      {
        name: "as action execution (Table 8)",
        rule: {
          compare: { count: { table: 8, group: ["ToolBench", "ToolAlpaca"] } },
          is: ">",
          to: 0,
        },
      },
      {
        name: "anywhere (Table 10 has them as workflow tasks)",
        rule: {
          compare: { count: { table: 10, group: ["ToolBench", "ToolAlpaca"] } },
          is: ">",
          to: 0,
        },
      },
    ],
  },
  {
    ...SETUP,
    id: "setup-calibration",
    line: 113,
    sentence: "Calibration takes 128 sequences of 512 tokens.",
    readings: only({ unprinted: "a setting; no cell varies or shows it" }),
  },
  {
    ...SETUP,
    id: "setup-quantizers",
    line: 115,
    sentence: "GPTQ, AWQ and SmoothQuant are used.",
    readings: [
      {
        name: "SmoothQuant has rows in some table",
        rule: {
          compare: { count: { table: RESULT_TABLES, compression: "SmoothQ(W8A8)" } },
          is: ">",
          to: 0,
        },
      },
      {
        name: "SmoothQuant has rows on every capability",
        rule: both(
          ...[[3, 5], [8], [9], [10]].map((table) => ({
            compare: { count: { table, compression: "SmoothQ(W8A8)" } },
            is: ">" as const,
            to: 0,
          })),
        ),
      },
    ],
  },
  {
    ...SETUP,
    id: "setup-pruning-patterns",
    line: 115,
    sentence: "Pruning is unstructured, semi-structured and structured.",
    readings: [
      {
        name: "structured means whole channels, as Section 2 defines it",
        rule: {
          compare: { count: { table: RESULT_TABLES, except: { compression: KNOWN_PATTERNS } } },
          is: ">",
          to: 0,
        },
      },
      {
        name: "structured means 2:4, as Appendix B.1 says",
        rule: {
          rules: [["Mag(2:4)"], ["Wanda(2:4)"], ["SparseGPT(2:4)"]].map((compression) => ({
            compare: { count: { table: RESULT_TABLES, compression } },
            is: ">",
            to: 0,
          })),
          share: ALL,
        },
      },
    ],
  },
  {
    ...SETUP,
    id: "setup-temperature",
    line: 115,
    sentence: "Sampling is at temperature 0.",
    readings: only({ unprinted: "a setting; no table repeats a run" }),
  },
];
