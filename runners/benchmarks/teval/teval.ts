/**
 * T-Eval: use of tools step by step, in six abilities, answered as a string or as JSON.
 *
 * @module
 */
import { UserError } from "../../errors.ts";
import { parsePythonJson, pythonJsonText } from "../../scoring/python_json.ts";
import { isDict, lookUp, type PythonDict, type PythonValue } from "../../scoring/python_value.ts";
import { needSimilarity, type ScoreContext } from "../../scoring/score_context.ts";
import type { Benchmark, Message, Sample, Score } from "../benchmark.ts";
import { scoresOrReason, valued } from "../make_scores.ts";
import { asList, asRecord, asText, at, filesAt, readJson, stem } from "../read_official.ts";
import { splitSpecialTokens } from "./format_load.ts";
import { scoreInstructJson, scoreInstructString } from "./instruct.ts";
import type { StringTemplate } from "./parse_template.ts";
import { readPlan, readPlanText, scorePlan } from "./plan.ts";
import { scoreThinkingJson, scoreThinkingText } from "./reason_retrieve_understand.ts";
import { scoreReview } from "./review.ts";

/** Upstream generates at most this many tokens. */
const MAX_TOKENS = 512;

/** The tables' columns, by what their file's name holds. */
const FILES: [RegExp, string][] = [
  [/^instruct/, "instruct"],
  [/^plan_json/, "plan_json"],
  [/^plan_str/, "plan_str"],
  [/^reason_retrieve_understand_json|^rru_json/, "rru_json"],
  [/^reason_str/, "reason_str"],
  [/^retrieve_str/, "retrieve_str"],
  [/^understand_str/, "understand_str"],
  [/^review_str/, "review_str"],
];

const METRICS: Record<string, string[]> = {
  instruct_json: ["score", "format", "args"],
  instruct_string: ["score", "format", "args"],
  plan_json: ["score", "precision", "recall", "parse_rate"],
  plan_str: ["score", "precision", "recall", "parse_rate"],
  rru_json: ["score", "thought", "name", "args", "parse_rate"],
  reason_str: ["score", "parse_rate"],
  retrieve_str: ["score", "parse_rate"],
  understand_str: ["score", "parse_rate"],
  review_str: ["score", "parse_rate"],
};

/** The benchmark. `score` is the column of the tables; the mean over a subtask's samples is its cell. */
export const teval: Benchmark = {
  name: "teval",
  version: "1",
  title: "T-Eval",
  upstream: "open-compass/T-Eval@58f2240",
  licence: "Apache-2.0",
  source: "the data archive that github.com/open-compass/T-Eval links; give its folder or a file",
  data: new URL("../../../data/suites/teval/", import.meta.url),
  maxTokens: MAX_TOKENS,
  mainMetric: "score",
  needs: ["similarity"],
  overflow: "skip",

  async load(path) {
    const samples: Sample[] = [];
    for (const file of await filesAt(path, [".json"])) {
      const kind = FILES.find(([pattern]) => pattern.test(stem(file)))?.[1];
      if (kind === undefined) {
        throw new UserError(
          `${file}: the name says no ability; expected instruct…, plan_json…, plan_str…, reason_str…, ` +
            `retrieve_str…, understand_str…, reason_retrieve_understand_json… or review_str…`,
        );
      }
      const records = asRecord(file, await readJson(file));
      for (const [id, record] of records.entries.values()) {
        samples.push(readSample(file, kind, String(id), record));
      }
    }
    return samples;
  },

  score(sample, completion, context) {
    return scoresOrReason(METRICS[sample.subtask] ?? ["score"], () => {
      const record = parsePythonJson(sample.gold as string) as PythonDict;
      return scoreRecord(sample.subtask, record, splitSpecialTokens(completion), context);
    });
  },
};

function readSample(file: string, kind: string, id: string, value: PythonValue): Sample {
  const place = `${file}, record "${id}"`;
  const record = asRecord(place, value);
  if (lookUp(record, "ground_truth") === undefined) {
    throw new UserError(`${place}, field "ground_truth": expected the gold answer, found nothing`);
  }
  const subtask = kind === "instruct" ? `instruct_${responseFormat(place, record)}` : kind;
  if (kind === "instruct") {
    asRecord(...at(place, record, "template"));
    const gold = asRecord(...at(place, record, "ground_truth"));
    asRecord(...at(`${place}, field "ground_truth"`, gold, "args"));
  }
  if (kind === "plan_str") apiList(place, record);
  const turns = asList(...at(place, record, "origin_prompt"));
  return {
    id: `${stem(file)}/${id}`,
    subtask,
    messages: turns.map((turn, i) => readTurn(`${place}, field "origin_prompt", turn ${i}`, turn)),
    gold: pythonJsonText(kept(record)),
  };
}

function readTurn(place: string, value: PythonValue): Message {
  const turn = asRecord(place, value);
  const role = asText(...at(place, turn, "role"));
  if (role !== "system" && role !== "user" && role !== "assistant" && role !== "function") {
    throw new UserError(`${place}, field "role": expected system, user, assistant or function`);
  }
  const content = asText(...at(place, turn, "content"));
  return { role: role === "function" ? "user" : role, content };
}

/** The record without its prompt. */
function kept(record: PythonDict): PythonDict {
  const entries = [...record.entries].filter(([, [key]]) => key !== "origin_prompt");
  return { kind: "dict", entries: new Map(entries) };
}

function responseFormat(place: string, record: PythonDict): string {
  const meta = lookUp(record, "meta_data") ?? lookUp(record, "meta");
  const format = isDict(meta) ? lookUp(meta, "response_format") : undefined;
  if (format === "json" || format === "string") return format;
  throw new UserError(`${place}, field "meta_data.response_format": expected "json" or "string"`);
}

function apiList(place: string, record: PythonDict): string[] {
  const meta = asRecord(...at(place, record, "meta"));
  return asList(...at(`${place}, field "meta"`, meta, "API_list")).map(String);
}

const PARTS = { reason_str: "thought", retrieve_str: "name", understand_str: "args" } as const;

function scoreRecord(
  subtask: string,
  record: PythonDict,
  text: string,
  context: ScoreContext,
): Score[] {
  const { mode } = context;
  const gold = lookUp(record, "ground_truth")!;
  if (subtask === "instruct_json" || subtask === "instruct_string") {
    const template = lookUp(record, "template") as PythonDict;
    const score = subtask === "instruct_json"
      ? scoreInstructJson(text, template, gold as PythonDict, mode)
      : scoreInstructString(text, stringTemplate(template), gold as PythonDict, mode);
    return valued({ score: (score.format + score.args) / 2, ...score });
  }
  if (subtask === "plan_json" || subtask === "plan_str") {
    const plan = subtask === "plan_str" ? readPlanText(text, apiList("", record)) : readPlan(text);
    const similarity = needSimilarity(context);
    const { f1_score, ...rest } = scorePlan(
      plan,
      readPlan(gold),
      { names: similarity, args: similarity },
      mode,
    );
    return valued({ score: f1_score, ...rest });
  }
  if (subtask === "rru_json") {
    const parts = scoreThinkingJson(text, gold, needSimilarity(context), mode);
    return valued({ score: (parts.thought + parts.name + parts.args) / 3, ...parts });
  }
  if (subtask === "review_str") {
    const answer = asText("answer", isDict(gold) ? lookUp(gold, "answer") : gold);
    const { parse_rate, review_quality } = scoreReview(text, answer, mode);
    return valued({ score: review_quality, parse_rate });
  }
  const part = PARTS[subtask as keyof typeof PARTS];
  const similarity = part === "thought" ? needSimilarity(context) : () => 0;
  const { parse_rate, ...scores } = scoreThinkingText(part, text, gold, similarity, mode);
  return valued({ score: scores[part]!, parse_rate });
}

function stringTemplate(template: PythonDict): StringTemplate {
  const piece = (name: keyof StringTemplate) => String(lookUp(template, name) ?? "");
  return {
    thought_start: piece("thought_start"),
    thought_end: piece("thought_end"),
    action_start: piece("action_start"),
    action_end: piece("action_end"),
    args_start: piece("args_start"),
    args_end: piece("args_end"),
  };
}
