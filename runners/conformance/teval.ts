/**
 * Golden entries of T-Eval.
 *
 * @module
 */
import { formatLoad, splitSpecialTokens } from "../benchmarks/teval/format_load.ts";
import { scoreInstructJson, scoreInstructString } from "../benchmarks/teval/instruct.ts";
import { tevalOverall } from "../benchmarks/teval/overall.ts";
import type { StringTemplate } from "../benchmarks/teval/parse_template.ts";
import { readPlan, readPlanText, scorePlan } from "../benchmarks/teval/plan.ts";
import {
  readThinking,
  scoreThinkingJson,
  scoreThinkingText,
  type StringPart,
} from "../benchmarks/teval/reason_retrieve_understand.ts";
import { scoreReview } from "../benchmarks/teval/review.ts";
import { numpyRound, pythonRound } from "../scoring/python_round.ts";
import { pythonRepr } from "../scoring/python_repr.ts";
import { NoScore } from "../scoring/score_context.ts";
import { isDict, lookUp, type PythonDict, PythonError } from "../scoring/python_value.ts";
import { type Check, EMBEDDING_TOLERANCE, EXACT_TOLERANCE } from "./check.ts";
import type { Shake } from "./shaken_similarity.ts";
import { dict, dicts, field, plain, tableSimilarity, text, texts } from "./golden_value.ts";

/** All checks of a T-Eval document. */
export function tevalChecks(document: PythonDict): Check[] {
  return [
    ...dicts(document, "cases").flatMap(caseChecks),
    ...dicts(document, "format_load").flatMap(formatLoadChecks),
    ...dicts(document, "split_special_tokens").map((entry, i): Check => ({
      fn: "split_special_tokens",
      id: `split_special_tokens ${i}`,
      expected: field(entry, "expected"),
      tolerance: 0,
      compute: () => splitSpecialTokens(text(entry, "input")),
    })),
    ...dicts(document, "overall").map((entry, i): Check => ({
      fn: "overall",
      id: `overall ${i}`,
      expected: field(entry, "printed"),
      tolerance: 0,
      compute: () => printOverall(plain(field(entry, "result_file"))),
    })),
  ];
}

function caseChecks(entry: PythonDict): Check[] {
  const ability = text(entry, "ability");
  const datum = dict(entry, "datum");
  const checks: Check[] = [{
    fn: ability,
    id: text(entry, "id"),
    expected: field(entry, "expected"),
    tolerance: /plan|reason|rru/.test(ability) ? EMBEDDING_TOLERANCE : EXACT_TOLERANCE,
    compute: (shake) => score(ability, entry, datum, shake),
    hasTies: ability.startsWith("plan"),
  }];
  const parsed = lookUp(entry, "parsed");
  if (isDict(parsed)) {
    checks.push({
      fn: `${ability} parsing`,
      id: text(entry, "id"),
      expected: parsed,
      tolerance: 0,
      compute: () => parse(ability, datum),
    });
  }
  return checks;
}

function score(ability: string, entry: PythonDict, datum: PythonDict, shake: Shake): unknown {
  const prediction = field(datum, "prediction");
  const gold = field(datum, "ground_truth");
  const similarity = shake(tableSimilarity(entry, "similarity", "similarity_args"));
  if (ability.startsWith("instruct")) return scoreInstruct(datum);
  if (ability.startsWith("plan")) {
    const { pred, gt } = parsePlan(ability, datum);
    const args = shake(tableSimilarity(entry, "similarity_args", "similarity"));
    return scorePlan(pred, gt, { names: similarity, args }, "upstream");
  }
  if (ability.startsWith("review")) {
    return scoreReview(String(prediction), text(dict(datum, "ground_truth"), "answer"), "upstream");
  }
  if (ability === "rru_json") return scoreThinkingJson(prediction, gold, similarity, "upstream");
  const part = PARTS[ability];
  if (part === undefined) throw new Error(`unknown ability ${ability}`);
  return scoreThinkingText(part, String(prediction), gold, similarity, "upstream");
}

const PARTS: Record<string, StringPart> = {
  reason_str: "thought",
  retrieve_str: "name",
  understand_str: "args",
};

/** A mean over one record, rounded to 4 decimals, and NaN for the other format. */
function scoreInstruct(datum: PythonDict): Record<string, number> {
  const format = text(dict(datum, "meta_data"), "response_format");
  const gold = dict(datum, "ground_truth");
  const template = dict(datum, "template");
  const prediction = field(datum, "prediction");
  const result = format === "json"
    ? scoreInstructJson(prediction, template, gold, "upstream")
    : scoreInstructString(
      String(prediction),
      plain(template) as StringTemplate,
      gold,
      "upstream",
    );
  const other = format === "json" ? "string" : "json";
  return {
    [`${format}_format_metric`]: result.format,
    [`${format}_args_em_metric`]: numpyRound(result.args, 4),
    [`${other}_format_metric`]: NaN,
    [`${other}_args_em_metric`]: NaN,
  };
}

function parsePlan(ability: string, datum: PythonDict) {
  const gt = readPlan(field(datum, "ground_truth"));
  const meta = lookUp(datum, "meta");
  const named = isDict(meta) ? lookUp(meta, "prompt_type") : undefined;
  const promptType = named ?? (ability === "plan_str" ? "str" : "json");
  const pred = promptType === "str"
    ? readPlanText(text(datum, "prediction"), texts(dict(datum, "meta"), "API_list"))
    : readPlan(field(datum, "prediction"));
  return { pred, gt };
}

function parse(ability: string, datum: PythonDict): unknown {
  if (ability.startsWith("plan")) return parsePlan(ability, datum);
  const gold = field(datum, "ground_truth");
  const prediction = field(datum, "prediction");
  if (ability === "rru_json") {
    const gt = readThinking(gold, false);
    const pred = readThinking(prediction, false);
    return { pred: gt === null ? {} : pred ?? {}, gt: gt ?? {} };
  }
  return { pred: { [PARTS[ability]!]: prediction }, gt: readThinking(gold, true) ?? {} };
}

function formatLoadChecks(entry: PythonDict, index: number): Check[] {
  const id = `format_load ${index}`;
  const load = () => {
    try {
      return formatLoad(field(entry, "raw"), text(entry, "start"), text(entry, "end"));
    } catch (error) {
      if (error instanceof PythonError) throw new NoScore(error.message);
      throw error;
    }
  };
  const expected = dict(entry, "expected");
  if (lookUp(expected, "error") !== undefined) {
    return [{ fn: "format_load", id, expected, tolerance: 0, compute: load }];
  }
  return [{
    fn: "format_load",
    id,
    expected: field(expected, "python_repr"),
    tolerance: 0,
    compute: () => pythonRepr(load()),
  }];
}

/** The two lines that upstream's convert_results.py prints. */
function printOverall(results: Parameters<typeof tevalOverall>[0]): string {
  const { instruct, mean6, plan, reason, retrieve, review, understand } = tevalOverall(results);
  const values = [mean6, instruct, plan, reason, retrieve, understand, review].map((v) => v * 100);
  const names = ["Overall", "Instruct", "Plan", "Reason", "Retrieve", "Understand", "Review"];
  const lines = names.map((name, i) => `${name}: ${pythonRound(values[i]!, 1).toFixed(1)}\t`);
  return `Cut Paste Results:  ${numpyArrayText(values)}\n${lines.join("")}`;
}

/** NumPy prints an array in columns of one width, without trailing zeros. */
function numpyArrayText(values: number[]): string {
  const parts = values.map((value) => pythonRound(value, 1).toFixed(1).split("."));
  const width = Math.max(...parts.map(([whole]) => whole!.length));
  const fraction = Math.max(...parts.map(([, rest]) => rest === "0" ? 0 : 1));
  const cells = parts.map(([whole, rest]) =>
    `${whole!.padStart(width)}.${(rest === "0" ? "" : rest!).padEnd(fraction)}`
  );
  return `[${cells.join(" ")}]`;
}
