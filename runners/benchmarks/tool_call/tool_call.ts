/**
 * One call of a tool out of several, asked for as JSON or as a string. Our own suite: data/suites.
 *
 * Scores of a completion: `format` (it parses), `name` (the right tool), `args` (share of the gold
 * arguments that are right; arguments that were not asked for count as wrong ones) and `exact` (all of it).
 *
 * @module
 */
import { z } from "zod";
import type { Benchmark, Sample, Score } from "../benchmark.ts";
import { messages, readRecords, refuseDuplicates } from "../read_samples.ts";
import { type Call, parseJsonCall, parseStringCall } from "./parse_call.ts";

const record = z.object({
  id: z.string().min(1),
  subtask: z.enum(["json", "string"]),
  messages,
  gold: z.object({
    name: z.string(),
    args: z.record(z.string(), z.union([z.string(), z.number()])),
  }),
});

/** The benchmark. */
export const toolCall: Benchmark = {
  name: "tool_call",
  version: "1",
  title: "Tool call",
  upstream: null,
  licence: "Apache-2.0",
  source: "data/suites/tool_call/test.jsonl, or another file of that form",
  data: new URL("../../../data/suites/tool_call/test.jsonl", import.meta.url),
  maxTokens: 96,
  mainMetric: "exact",
  needs: [],
  overflow: "skip",

  async load(path) {
    const records = await readRecords(path, record);
    refuseDuplicates(path, records.map(({ id }) => id));
    return records;
  },

  score(sample: Sample, completion: string): Score[] {
    const gold = sample.gold as unknown as Call;
    const call = sample.subtask === "json"
      ? parseJsonCall(completion)
      : parseStringCall(completion);
    const name = call?.name === gold.name ? 1 : 0;
    const args = call ? shareOfArguments(call.args, gold.args) : 0;
    const values = { exact: name === 1 && args === 1 ? 1 : 0, name, args, format: call ? 1 : 0 };
    return Object.entries(values).map(([metric, value]) => ({ metric, value, reason: null }));
  },
};

function shareOfArguments(predicted: Call["args"], gold: Call["args"]): number {
  const keys = new Set([...Object.keys(predicted), ...Object.keys(gold)]);
  if (keys.size === 0) return 1;
  const right = [...keys].filter((key) =>
    Object.hasOwn(gold, key) && Object.hasOwn(predicted, key) && predicted[key] === gold[key]
  );
  return right.length / keys.size;
}
