/**
 * One sentence to be found again among many. Our own suite: data/suites.
 *
 * Scores of a completion: `exact` (the answer and nothing else) and `contains` (the answer stands in it).
 *
 * @module
 */
import { z } from "zod";
import type { Benchmark, Sample, Score } from "../benchmark.ts";
import { messages, readRecords, refuseDuplicates } from "../read_samples.ts";

const record = z.object({
  id: z.string().min(1),
  subtask: z.string(),
  length: z.number().int().positive(),
  depth: z.number().min(0).max(100),
  messages,
  gold: z.string().min(1),
});

/** Case, full stops and the width of spaces do not matter. */
const normalise = (text: string) =>
  text.toLowerCase().replaceAll(".", "").split(/\s+/).filter(Boolean).join(" ");

/** The benchmark. */
export const needle: Benchmark = {
  name: "needle",
  version: "1",
  title: "Needle in a haystack",
  upstream: null,
  licence: "Apache-2.0",
  source: "data/suites/needle/test.jsonl, or another file of that form",
  data: new URL("../../../data/suites/needle/test.jsonl", import.meta.url),
  maxTokens: 24,
  mainMetric: "exact",
  needs: [],
  overflow: "skip",

  async load(path) {
    const records = await readRecords(path, record);
    refuseDuplicates(path, records.map(({ id }) => id));
    return records;
  },

  score(sample: Sample, completion: string): Score[] {
    const gold = normalise(sample.gold as string);
    const answer = normalise(completion);
    return [
      { metric: "exact", value: answer === gold ? 1 : 0, reason: null },
      { metric: "contains", value: ` ${answer} `.includes(` ${gold} `) ? 1 : 0, reason: null },
    ];
  },
};
