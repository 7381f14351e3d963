/**
 * Words of ACBench that many of its claims share, as patterns and rules.
 *
 * @module
 */
import type { CellPattern, Expression, Pairs, Reading, Rule } from "../claim.ts";

/** The two models that most tables cover. */
export const STANDARD_7B = ["InternLM2.5-7B", "Qwen2.5-7B"];

/** The three distilled models. */
export const DISTILLED = [
  "DeepSeek-R1-Distill-Qwen-7B",
  "DeepSeek-R1-Distill-Qwen-1.5B",
  "DeepSeek-R1-Distill-Llama-8B",
];

export const MAGNITUDE = ["Mag(2:4)", "Mag(Un)"];
export const WANDA = ["Wanda(2:4)", "Wanda(Un)"];
export const SPARSEGPT = ["SparseGPT(2:4)", "SparseGPT(Un)"];
export const UNSTRUCTURED = ["Mag(Un)", "SparseGPT(Un)", "Wanda(Un)"];
export const SEMI_STRUCTURED = ["Mag(2:4)", "SparseGPT(2:4)", "Wanda(2:4)"];
export const PRUNED = [...MAGNITUDE, ...SPARSEGPT, ...WANDA];
/** Quantizations to 4 bit, as the tables name them. */
export const FOUR_BIT = ["AWQ", "GPTQ", "AWQ(INT4)", "GPTQ(INT4)"];
/** All tables with results of models on agent tasks. */
export const RESULT_TABLES = [3, 4, 5, 6, 7, 8, 9, 10];
/** Capabilities of Table 8 that are asked in both formats. */
export const TWO_FORMATS = ["Instruct", "Plan", "Reason", "Retrieve", "Understand"];

/** One cell. */
export function cell(
  table: number,
  model: string,
  compression: string,
  group: string,
  column: string,
): Expression {
  return { cell: { table, model, compression, group, column } };
}

/** Overall score of Table 8. */
export function overall(model: string, compression: string): Expression {
  return cell(8, model, compression, "Overall", "Overall");
}

/** Average F1 of Table 10. */
export function averageF1(model: string, compression: string): Expression {
  return cell(10, model, compression, "Average", "F1");
}

/** LongGenBench accuracy of Table 6. */
export function longGen(model: string, compression: string, column: string): Expression {
  return cell(6, model, compression, "", column);
}

/** Compressed rows beside the row of the same model that `against` names, column by column. */
export function beside(
  cells: CellPattern,
  against: string,
  table: number | number[] = cells.table,
): Pairs {
  const by: Pairs["by"] = ["model", "group", "column"];
  const { except: _, ...pattern } = cells;
  return { cells, against: { ...pattern, table, compression: against }, by };
}

/** The cell prints the stated number to the last digit. */
export function prints(expression: Expression, stated: number): Rule {
  return { compare: expression, is: "==", to: stated };
}

/** All rules hold. */
export function both(...rules: Rule[]): Rule {
  return { rules, share: { is: ">=", of: 1 } };
}

/** A sentence with one reading. */
export function only(rule: Rule, name = "as stated"): Reading[] {
  return [{ name, rule }];
}

/**
 * The two ways to shorten a number: rounding and cutting off.
 *
 * @param pairs Cells and the shortened numbers that stand for them.
 * @param unit Distance of neighbouring shortened numbers, e.g. 1 for whole percents.
 */
export function shortened(pairs: [Expression, number][], unit: number): Reading[] {
  return [
    {
      name: "rounded",
      rule: both(
        ...pairs.map(([compare, to]): Rule => ({ compare, is: "==", to, within: unit / 2 })),
      ),
    },
    {
      name: "cut off",
      rule: both(
        ...pairs.flatMap(([compare, to]): Rule[] => [
          { compare, is: ">=", to },
          { compare, is: "<", to: to + unit },
        ]),
      ),
    },
  ];
}

/** Cells of one row (table, model, compression) beside those of another, column by column. */
export function columnPairs(
  [table, model, compression]: [number, string, string],
  [other, otherModel, otherCompression]: [number, string, string],
  group?: string[],
): Pairs {
  return {
    cells: { table, model, compression, ...(group ? { group } : {}) },
    against: { table: other, model: otherModel, compression: otherCompression },
    by: ["group", "column"],
  };
}
