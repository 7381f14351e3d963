/**
 * The 21 sets of LongBench v1.
 *
 * @module
 */
import type { METRICS } from "./metrics.ts";

/** How a set is prompted and scored. */
export interface LongBenchSet {
  metric: keyof typeof METRICS;
  /** Longest answer, in tokens. */
  maxTokens: number;
  /** Whether the prompt goes into the model's chat template. */
  chat: boolean;
  /** Whether only the first line of the answer counts. */
  firstLine: boolean;
  /** Whether records carry a list of classes. */
  classes: boolean;
}

function set(
  metric: keyof typeof METRICS,
  maxTokens: number,
  options: { chat?: boolean; firstLine?: boolean; classes?: boolean } = {},
): LongBenchSet {
  return { metric, maxTokens, chat: true, firstLine: false, classes: false, ...options };
}

const fewShot = { chat: false, firstLine: true };

/** Every set by its name (`dataset2metric`, `dataset2maxlen`, `pred.py`). */
export const LONGBENCH_SETS: Record<string, LongBenchSet> = {
  narrativeqa: set("qa_f1_score", 128),
  qasper: set("qa_f1_score", 128),
  multifieldqa_en: set("qa_f1_score", 64),
  multifieldqa_zh: set("qa_f1_zh_score", 64),
  hotpotqa: set("qa_f1_score", 32),
  "2wikimqa": set("qa_f1_score", 32),
  musique: set("qa_f1_score", 32),
  dureader: set("rouge_zh_score", 128),
  gov_report: set("rouge_score", 512),
  qmsum: set("rouge_score", 512),
  multi_news: set("rouge_score", 512),
  vcsum: set("rouge_zh_score", 512),
  trec: set("classification_score", 64, { ...fewShot, classes: true }),
  triviaqa: set("qa_f1_score", 32, fewShot),
  samsum: set("rouge_score", 128, fewShot),
  lsht: set("classification_score", 64, { ...fewShot, classes: true }),
  passage_count: set("count_score", 32),
  passage_retrieval_en: set("retrieval_score", 32),
  passage_retrieval_zh: set("retrieval_zh_score", 32),
  lcc: set("code_sim_score", 64, { chat: false }),
  "repobench-p": set("code_sim_score", 64, { chat: false }),
};
