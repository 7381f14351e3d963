/**
 * One sample of every subtask of the official benchmarks, with a completion that answers it perfectly.
 */
import type { Sample } from "../../../runners/benchmarks/benchmark.ts";
import { LONGBENCH_SETS } from "../../../runners/benchmarks/longbench/datasets.ts";
import type { ScoreContext, ScorerMode } from "../../../runners/scoring/score_context.ts";
import { exactSimilarity } from "../../../runners/scoring/score_context.ts";

export interface Fixture {
  benchmark: string;
  sample: Sample;
  perfect: string;
}

export function context(mode: ScorerMode): ScoreContext {
  return { mode, similarity: exactSimilarity, segment: (text) => Array.from(text) };
}

function fixture(benchmark: string, subtask: string, gold: unknown, perfect: string): Fixture {
  const sample = { id: subtask, subtask, messages: [], gold } as unknown as Sample;
  return { benchmark, sample, perfect };
}

const stringTemplate = {
  thought_start: "<Q>",
  thought_end: "</Q>",
  action_start: "(API)",
  action_end: ".",
  args_start: "[args] ",
  args_end: "?",
};
const jsonTemplate = { thought: "thought", action: "name", args: "args" };
const call = { action: "Weather.get", args: { city: "北京", days: 2.5, hourly: true } };
const plan = [
  { id: 0, name: "Weather.get", args: "{}" },
  { id: 1, name: "Email.send", args: '{"to": "a"}' },
  { id: 2, name: "FinishAction", args: "{}" },
];
const thinking = { thought: "look it up", name: "Weather.get", args: { city: "Rome", days: 1 } };

const TEVAL: Fixture[] = [
  fixture(
    "teval",
    "instruct_json",
    JSON.stringify({ ground_truth: call, template: jsonTemplate }),
    JSON.stringify({ thought: "t", name: call.action, args: call.args }),
  ),
  fixture(
    "teval",
    "instruct_string",
    JSON.stringify({ ground_truth: call, template: stringTemplate }),
    "<Q>t</Q>(API)Weather.get.[args] {'city': '北京', 'days': 2.5, 'hourly': True}?",
  ),
  fixture("teval", "plan_json", JSON.stringify({ ground_truth: plan }), JSON.stringify(plan)),
  fixture(
    "teval",
    "plan_str",
    JSON.stringify({
      ground_truth: [{ id: 0, name: "Weather.get", args: "use Weather.get" }],
      meta: { API_list: ["Weather.get", "Email.send"] },
    }),
    "use Weather.get",
  ),
  fixture(
    "teval",
    "rru_json",
    JSON.stringify({ ground_truth: thinking }),
    JSON.stringify(thinking),
  ),
  fixture("teval", "reason_str", JSON.stringify({ ground_truth: thinking }), "look it up"),
  fixture("teval", "retrieve_str", JSON.stringify({ ground_truth: thinking }), "Weather.get"),
  fixture(
    "teval",
    "understand_str",
    JSON.stringify({ ground_truth: thinking }),
    "{'city': 'Rome', 'days': 1}",
  ),
  fixture("teval", "review_str", JSON.stringify({ ground_truth: { answer: "B" } }), "Answer: B"),
];

const WORKFLOW = "Node:\n1: go to a\n2: take b\n3: take c\n4: go to d\n" +
  "Edge: (START,1) (1,2) (1,3) (2,4) (3,4) (4,END)";
const LONG_WORKFLOW =
  `Node:\n${Array.from({ length: 12 }, (_, i) => `${i + 1}: step ${i}`).join("\n")}\n` +
  `Edge: (START,1) ${
    Array.from({ length: 11 }, (_, i) => `(${i + 1},${i + 2})`).join(" ")
  } (12,END)`;

const ANSWERS: Record<string, string> = {
  qa_f1_score: "The Beatles, 1969",
  qa_f1_zh_score: "中国的首都是北京。",
  rouge_score: "One sentence is here. Another one follows it, is here too.",
  rouge_zh_score: "会议讨论了预算。",
  classification_score: "New York",
  retrieval_score: "Paragraph 5",
  retrieval_zh_score: "段落5",
  count_score: "7",
  code_sim_score: "    return x  # `note` // and more",
};

const LONGBENCH: Fixture[] = Object.entries(LONGBENCH_SETS).map(([name, set]) => {
  const answer = ANSWERS[set.metric]!;
  const classes = set.classes ? ["York", "New York", "New York City", "Boston"] : null;
  return fixture("longbench", name, { answers: [answer], classes, length: 9 }, answer);
});

const solutions = ["2+2 = 4\n#### 4", "it costs\n#### 70,000", "a loss\n#### -5"];

/** Nodes of equal text, listed against the order of the edges. */
const TWISTED = "Node:\n1: go\n2: take\n3: go\n4: put\nEdge: (START,3) (3,2) (2,1) (1,4) (4,END)";

export const FIXTURES: Fixture[] = [
  ...TEVAL,
  fixture("worfbench", "webshop", TWISTED, TWISTED),
  fixture("worfbench", "os", WORKFLOW, WORKFLOW),
  fixture("worfbench", "alfworld", LONG_WORKFLOW, LONG_WORKFLOW),
  ...LONGBENCH,
  fixture(
    "longgenbench",
    "gsm8k",
    solutions,
    solutions.map((s, i) => `Answer_${i + 9}:\nThe answer is ${s.split("#### ")[1]}.`).join("\n\n"),
  ),
  fixture(
    "longgenbench",
    "mmlu",
    ["A", "D", "C"],
    ["A", "D", "C"].map((c, i) => `Answer_${i + 6}:\nThe answer is (${c}).`).join("\n\n"),
  ),
  fixture("hotpotqa_react", "dev", "The The", "Thought 1: known\nAction 1: Finish[the the]"),
];

/** Texts that no scorer expects. */
export function garbage(): string[] {
  const bytes = new Uint8Array(200_000);
  for (let i = 0, x = 1; i < bytes.length; i++) bytes[i] = x = (x * 1103515245 + 12345) >>> 7;
  return [
    "",
    " \n\t\u3000",
    new TextDecoder("latin1").decode(bytes),
    new TextDecoder().decode(bytes),
    "[".repeat(1_000_000),
    "{}[]()".repeat(170_000),
    `${'{"a":['.repeat(100_000)}1`,
    "\ud800\udc00\ud800 Node: (START,1) \udfff",
    "\0".repeat(1000),
    "Node:\n1: \0\n(START,1)",
    "Node\n" + "1: a\n".repeat(2000) + "(START,1)(1,END)",
    "(1 ".repeat(300_000) + "Node",
    "Answer_9: ".repeat(20_000),
    "<Q></Q>(API).[args] ".repeat(5_000),
    "a ".repeat(100_000),
    "word. ".repeat(20_000),
    "-".repeat(200_000),
    "`".repeat(200_000),
    "```json" + "'".repeat(500_000),
    "9".repeat(200_000),
    `Node:\n${"9".repeat(300_000)} (START,1)`,
    `${"a".repeat(300_000)} Weather.get`,
    "Finish[".repeat(20_000),
  ];
}
