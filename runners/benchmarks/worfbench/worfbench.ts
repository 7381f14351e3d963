/**
 * WorfBench: workflows of subtasks and their order, for nine kinds of task.
 *
 * @module
 */
import { basename, dirname } from "node:path";
import { UserError } from "../../errors.ts";
import { parsePythonLiteral } from "../../scoring/python_literal.ts";
import { isDict, type PythonDict, PythonError } from "../../scoring/python_value.ts";
import { needSimilarity, type ScoreContext } from "../../scoring/score_context.ts";
import type { Benchmark, Message, Sample, Score } from "../benchmark.ts";
import { scoresOrReason, valued } from "../make_scores.ts";
import {
  asList,
  asRecord,
  asText,
  at,
  filesBelow,
  findBeside,
  readJson,
} from "../read_official.ts";
import { scoreGraph, scoreGraphUpstream } from "./graph_score.ts";
import { scoreNodes, type WorkflowScore } from "./node_score.ts";
import { parseWorkflow } from "./parse_workflow.ts";

const MAX_TOKENS = 1024;
const FILE = "graph_eval.json";
const METRICS = ["node", "graph_upstream", "graph"].flatMap((
  name,
) => [`${name}_f1`, `${name}_precision`, `${name}_recall`]);

/**
 * The benchmark. `node_*` is the paper's node score; `graph_upstream_*` the published graph score, which
 * compares edges by index; `graph_*` the largest common subgraph under the matching of nodes.
 */
export const worfbench: Benchmark = {
  name: "worfbench",
  version: "1",
  title: "WorfBench",
  upstream: "zjunlp/WorfBench@e6e1cb7",
  licence: "MIT",
  source:
    "gold_traj of github.com/zjunlp/WorfBench; give that folder (in a checkout, so that the " +
    "two-shot examples of prompts/eval_prompt.py are found), a task's folder or a graph_eval.json",
  data: new URL("../../../data/suites/worfbench/gold_traj/", import.meta.url),
  maxTokens: MAX_TOKENS,
  mainMetric: "node_f1",
  needs: ["similarity"],
  overflow: "skip",

  async load(path) {
    const examples = await readExamples(path);
    const samples: Sample[] = [];
    for (const file of await filesBelow(path, FILE)) {
      const task = basename(dirname(file));
      const records = asList(file, await readJson(file));
      records.forEach((record, i) =>
        samples.push(readSample(`${file}, record ${i}`, task, record, examples))
      );
    }
    return samples;
  },

  score(sample, completion, context) {
    return scoresOrReason(METRICS, () => score(String(sample.gold), completion, context));
  },
};

function readSample(
  place: string,
  task: string,
  value: Parameters<typeof asRecord>[1],
  examples: Map<string, Message[]>,
): Sample {
  const record = asRecord(place, value);
  const turns = asList(...at(place, record, "conversations")).map((turn, i) =>
    readTurn(`${place}, field "conversations", turn ${i}`, asRecord(place, turn))
  );
  const gold = turns.at(-1);
  if (turns.length < 3 || gold!.role !== "assistant") {
    throw new UserError(
      `${place}, field "conversations": expected system, user and the gold answer as assistant`,
    );
  }
  if (parseWorkflow(gold!.content) === null) {
    throw new UserError(`${place}, field "conversations": the gold answer is no workflow`);
  }
  return {
    id: asText(...at(place, record, "id")),
    subtask: task,
    messages: [turns[0]!, ...(examples.get(task) ?? []), ...turns.slice(1, -1).map(announce)],
    gold: gold!.content,
  };
}

function readTurn(place: string, turn: PythonDict): Message {
  const role = asText(...at(place, turn, "role"));
  if (role !== "system" && role !== "user" && role !== "assistant") {
    throw new UserError(`${place}, field "role": expected system, user or assistant`);
  }
  return { role, content: asText(...at(place, turn, "content")) };
}

/** Upstream marks the real task after the examples. */
function announce(turn: Message, index: number): Message {
  return index % 2 === 0 ? { ...turn, content: `Now it's your turn.\n${turn.content}` } : turn;
}

/** The two-shot examples of a checkout, by task; none where the file is not there. */
async function readExamples(path: string): Promise<Map<string, Message[]>> {
  const file = await findBeside(path, ["prompts/eval_prompt.py"]);
  const examples = new Map<string, Message[]>();
  if (file === null) return examples;
  const text = await Deno.readTextFile(file);
  const start = /^two_shot_example\s*=\s*/m.exec(text);
  if (start === null) throw new UserError(`${file}: it has no two_shot_example`);
  const rest = text.slice(start.index + start[0].length);
  const end = rest.search(/^[A-Za-z_]\w*\s*=/m);
  let value;
  try {
    value = parsePythonLiteral(end === -1 ? rest : rest.slice(0, end));
  } catch (cause) {
    if (!(cause instanceof PythonError)) throw cause;
    throw new UserError(`${file}: two_shot_example is no literal: ${cause.message}`, { cause });
  }
  if (!isDict(value)) throw new UserError(`${file}: two_shot_example is no mapping`);
  for (const [task, turns] of value.entries.values()) {
    const place = `${file}, ${task}`;
    examples.set(
      String(task),
      asList(place, turns).map((turn) => readTurn(place, asRecord(place, turn))),
    );
  }
  return examples;
}

/** A completion without a workflow counts 0, as in upstream's means. */
function score(gold: string, completion: string, context: ScoreContext): Score[] {
  const wanted = parseWorkflow(gold)!;
  const found = parseWorkflow(completion);
  if (found === null) return valued(Object.fromEntries(METRICS.map((metric) => [metric, 0])));
  const similarity = needSimilarity(context);
  const named = (name: string, make: () => WorkflowScore) =>
    scoresOrReason(METRICS.filter((metric) => metric.startsWith(`${name}_`)), () => {
      const { f1_score, precision, recall } = make();
      return valued({
        [`${name}_f1`]: f1_score,
        [`${name}_precision`]: precision,
        [`${name}_recall`]: recall,
      });
    });
  return [
    ...named("node", () => scoreNodes(found, wanted, similarity, context.mode)),
    ...named("graph_upstream", () => scoreGraphUpstream(found, wanted, similarity)),
    ...named("graph", () => scoreGraph(found, wanted, similarity)),
  ];
}

/** Number of records of each task in the official files. */
export const OFFICIAL_COUNTS: Record<string, number> = {
  alfworld: 312,
  lumos: 489,
  os: 20,
  toolalpaca: 93,
  toolbench: 114,
  webshop: 133,
  wikihow: 262,
  intercodesql: 500,
  seal_tools: 223,
};
