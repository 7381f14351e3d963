/**
 * HotPotQA as ReAct plays it, scored by the answer that the agent finishes with.
 *
 * @module
 */
import { asList, asRecord, asText, at, readJson } from "../read_official.ts";
import type { Benchmark } from "../benchmark.ts";
import { valued } from "../make_scores.ts";
import { finishAnswer, questionOrder, scoreAnswer } from "./score.ts";

const MAX_TOKENS = 100;

/** The benchmark. A completion is a whole trajectory, or only its last action. */
export const hotpotqaReact: Benchmark = {
  name: "hotpotqa_react",
  version: "1",
  title: "HotPotQA (ReAct)",
  upstream: "ysymyth/ReAct@6bdb3a1",
  licence: "CC BY-SA 4.0 (HotPotQA)",
  source: "data/hotpot_dev_v1_simplified.json of github.com/ysymyth/ReAct; give that file",
  data: null,
  maxTokens: MAX_TOKENS,
  mainMetric: "em",
  needs: [],
  overflow: "skip",

  async load(path) {
    const records = asList(path, await readJson(path));
    const order = records.length === 7405 ? questionOrder() : records.map((_, i) => i);
    return order.map((index) => {
      const place = `${path}, record ${index}`;
      const record = asRecord(place, records[index]);
      return {
        id: `hotpotqa/${index}`,
        subtask: "dev",
        messages: [{
          role: "user" as const,
          content: `Question: ${asText(...at(place, record, "question"))}`,
        }],
        gold: asText(...at(place, record, "answer")),
        chat: false,
      };
    });
  },

  score(sample, completion, { mode }) {
    const { em, f1 } = scoreAnswer(String(sample.gold), lastFinish(completion), mode);
    return valued({ em, f1 });
  },
};

/** The answer of the last `Finish[…]` of a trajectory; its first letter may be a capital, as prompted. */
export function lastFinish(trajectory: string): string | null {
  for (const line of trajectory.split("\n").reverse()) {
    const action = line.replace(/^\s*Action(?: \d+)?:\s*/, "");
    const answer = finishAnswer(action.slice(0, 1).toLowerCase() + action.slice(1));
    if (answer !== null) return answer;
  }
  return null;
}
