/** Claims of ACBench's Appendix C.1 about Tables 6 and 7. */
import { ALL, type Claim, MOST, type Rule } from "../claim.ts";
import {
  beside,
  both,
  longGen,
  MAGNITUDE,
  only,
  prints,
  SPARSEGPT,
  STANDARD_7B,
  WANDA,
} from "./terms.ts";

const SECTION = { paper: "ACBench", section: "C.1 Long-context understanding" } as const;

const QWEN = "Qwen2.5-7B";

const INTERNLM = "InternLM2.5-7B";

const pruningLoss = (methods: string[], percent: [number, number]): Rule => ({
  change: "percent",
  pairs: beside({ table: 6, model: QWEN, compression: methods }, "none"),
  is: "between",
  to: percent,
  share: ALL,
});

/** Claims of ACBench's Appendix C.1 about Tables 6 and 7. */
export const APPENDIX_LONGGENBENCH: Claim[] = [
  {
    ...SECTION,
    id: "c1-longgen-qwen-awq",
    line: 734,
    sentence: "AWQ is the best compression of Qwen2.5-7B, 52.67 on GSM8K and 64.39 on MMLU.",
    readings: only(
      both(
        ...[["GSM8K", 52.67], ["MMLU", 64.39]].flatMap(([column, stated]): Rule[] => [
          prints(longGen(QWEN, "AWQ", String(column)), Number(stated)),
          {
            compare: longGen(QWEN, "AWQ", String(column)),
            is: ">=",
            to: {
              max: {
                table: 6,
                model: QWEN,
                column: String(column),
                except: { compression: ["none"] },
              },
            },
          },
        ]),
      ),
    ),
  },
  {
    ...SECTION,
    id: "c1-longgen-qwen-close",
    line: 734,
    sentence: "That is very close to the base, 61.33 and 64.65.",
    readings: ["MMLU", "GSM8K"].map((column) => ({
      name: `${column}: the number, and at most 5 percent lost`,
      rule: both(
        prints(longGen(QWEN, "none", column), column === "MMLU" ? 64.65 : 61.33),
        {
          compare: {
            percentDrop: [longGen(QWEN, "none", column), longGen(QWEN, "AWQ", column)],
          },
          is: "<=",
          to: 5,
        },
      ),
    })),
  },
  {
    ...SECTION,
    id: "c1-longgen-magnitude",
    line: 734,
    sentence: "Magnitude pruning scores 0.",
    readings: [
      {
        name: "Qwen2.5-7B",
        rule: {
          each: { table: 6, model: QWEN, compression: MAGNITUDE },
          is: "==",
          to: 0,
          share: ALL,
        },
      },
      {
        name: "both models",
        rule: {
          each: { table: 6, model: STANDARD_7B, compression: MAGNITUDE },
          is: "==",
          to: 0,
          share: ALL,
        },
      },
    ],
  },
  {
    ...SECTION,
    id: "c1-longgen-moderate",
    line: 734,
    sentence: "On Qwen2.5-7B, Wanda and SparseGPT degrade moderately.",
    readings: [
      {
        name: "each loses 5 to 50 percent on both tasks",
        rule: pruningLoss([...WANDA, ...SPARSEGPT], [-50, -5]),
      },
      {
        name: "the unstructured ones do",
        rule: pruningLoss(["Wanda(Un)", "SparseGPT(Un)"], [-50, -5]),
      },
    ],
  },
  {
    ...SECTION,
    id: "c1-longgen-unstructured",
    line: 734,
    sentence: "There, unstructured pruning generally beats 2:4.",
    readings: only(
      both(
        ...["GSM8K", "MMLU"].flatMap((column) =>
          ["Wanda", "SparseGPT"].map((method): Rule => ({
            compare: longGen(QWEN, `${method}(Un)`, column),
            is: ">",
            to: longGen(QWEN, `${method}(2:4)`, column),
          }))
        ),
      ),
      "Wanda and SparseGPT, both tasks",
    ),
  },
  {
    ...SECTION,
    id: "c1-longgen-internlm-drops",
    line: 734,
    sentence: "On InternLM2.5-7B, most methods drop much.",
    readings: only({
      change: "percent",
      pairs: beside({ table: 6, model: INTERNLM, except: { compression: ["none"] } }, "none"),
      is: "<=",
      to: -20,
      share: MOST,
    }, "most cells lose 20 percent or more"),
  },
  {
    ...SECTION,
    id: "c1-longgen-internlm-awq",
    line: 734,
    sentence: "Only AWQ stays reasonable there: 6.50 of 10.50 and 59.12 of 61.49.",
    readings: only(
      both(
        prints(longGen(INTERNLM, "AWQ", "GSM8K"), 6.5),
        prints(longGen(INTERNLM, "none", "GSM8K"), 10.5),
        prints(longGen(INTERNLM, "AWQ", "MMLU"), 59.12),
        prints(longGen(INTERNLM, "none", "MMLU"), 61.49),
      ),
      "the numbers",
    ),
  },
];
