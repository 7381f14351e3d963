/**
 * LongGenBench: many questions of GSM8K or MMLU answered in one long text.
 *
 * @module
 */
import { UserError } from "../../errors.ts";
import { lookUp } from "../../scoring/python_value.ts";
import type { Benchmark, Sample } from "../benchmark.ts";
import { scoresOrReason, valued } from "../make_scores.ts";
import { asText, asTexts, at, filesAt, readJsonLines, stem } from "../read_official.ts";
import { type LongGenTask, scoreBlocks, scoreScope } from "./score.ts";

const MAX_TOKENS = 4096;
const FIRST_QUESTION: Record<LongGenTask, number> = { gsm8k: 9, mmlu: 6 };

const INSTRUCTION = "Answer each question step by step, adhering to the format shown in the " +
  "examples provided. Start each response with 'Answer_' and introduce the final response with " +
  "'The answer is'. Do not repeat the question. Ensure that you respond to all the questions " +
  "presented, regardless of their number.";
/** Upstream meant to name the subject here, but fills the text in before it adds it. */
const CHOICES = " The following are multiple choice questions (with answers) about ";

/** The benchmark. `score` is the scorer that ACBench ran (SCOPE), `blocks` LongGenBench's own. */
export const longgenbench: Benchmark = {
  name: "longgenbench",
  version: "1",
  title: "LongGenBench",
  upstream: "Linking-ai/SCOPE in pprp/ACBench@da7110e; Dominic789654/LongGenBench@9845864",
  licence: "MIT (GSM8K, MMLU)",
  source: "gsm8k_30.jsonl and mmlu_20.jsonl, made by SCOPE's data_gen scripts; give their folder",
  data: new URL("../../../data/suites/longgenbench/", import.meta.url),
  maxTokens: MAX_TOKENS,
  mainMetric: "score",
  needs: [],
  overflow: "skip",

  async load(path) {
    const samples: Sample[] = [];
    for (const file of await filesAt(path, [".jsonl"])) {
      const task = /^(gsm8k|mmlu)/.exec(stem(file))?.[1] as LongGenTask | undefined;
      if (task === undefined) {
        throw new UserError(`${file}: the name says no task; expected gsm8k… or mmlu…`);
      }
      (await readJsonLines(file)).forEach(({ place, record }, i) => {
        const subject = lookUp(record, "task");
        samples.push({
          id: `${stem(file)}/${subject ?? i}`,
          subtask: task,
          messages: [
            { role: "system", content: task === "mmlu" ? INSTRUCTION + CHOICES : INSTRUCTION },
            { role: "user", content: asText(...at(place, record, "prompt")) },
          ],
          gold: asTexts(...at(place, record, "answers")),
        });
      });
    }
    return samples;
  },

  score(sample, completion, { mode }) {
    const task = sample.subtask as LongGenTask;
    const answers = sample.gold as string[];
    const first = FIRST_QUESTION[task];
    return scoresOrReason(["score", "blocks"], () => {
      const blocks = scoreBlocks(task, completion, answers, mode, first);
      return valued({
        score: mode === "fixed" ? blocks : scoreScope(task, completion, answers),
        blocks,
      });
    });
  },
};
