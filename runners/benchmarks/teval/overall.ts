/**
 * T-Eval's means over its files.
 *
 * @module
 */
import { numpyMean } from "../../scoring/python_round.ts";

/** Scores of each result file, 0 to 1, under upstream's names. */
export interface TevalResults {
  instruct_json: {
    json_format_metric: number;
    json_args_em_metric: number;
    string_format_metric: number;
    string_args_em_metric: number;
  };
  plan_str: { f1_score: number };
  plan_json: { f1_score: number };
  reason_str: { thought: number };
  retrieve_str: { name: number };
  understand_str: { args: number };
  rru_json: { thought: number; name: number; args: number };
  review_str: { review_quality: number };
}

/** The six abilities and the two means that papers call overall. */
export interface TevalOverall {
  instruct: number;
  plan: number;
  reason: number;
  retrieve: number;
  understand: number;
  review: number;
  /** Mean of the six abilities, as upstream prints it. */
  mean6: number;
  /** Mean of the eleven columns of ACBench's Table 8. */
  mean11: number;
}

/** Combines the results of all files. */
export function tevalOverall(results: TevalResults): TevalOverall {
  const instruct = results.instruct_json;
  const pairs = [
    [
      (instruct.json_format_metric + instruct.json_args_em_metric) / 2,
      (instruct.string_format_metric + instruct.string_args_em_metric) / 2,
    ],
    [results.plan_str.f1_score, results.plan_json.f1_score],
    [results.reason_str.thought, results.rru_json.thought],
    [results.retrieve_str.name, results.rru_json.name],
    [results.understand_str.args, results.rru_json.args],
  ];
  const review = results.review_str.review_quality;
  const abilities = [...pairs.map(numpyMean), review];
  const [a, b, c, d, e] = abilities as [number, number, number, number, number];
  return {
    instruct: a,
    plan: b,
    reason: c,
    retrieve: d,
    understand: e,
    review,
    mean6: numpyMean(abilities),
    mean11: numpyMean([...pairs.flat(), review]),
  };
}
