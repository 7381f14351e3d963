/**
 * The scores of LongBench v1 (THUDM/LongBench 2e00731, `metrics.py`).
 *
 * @module
 */
import { normalizeAnswer, tokenF1, withoutPunctuation } from "../../scoring/answer_f1.ts";
import { fuzzyRatio } from "../../scoring/fuzzy_ratio.ts";
import { DIGIT, splitWords, stripLeft } from "../../scoring/python_text.ts";
import { EXACT_ROUGE, RougeError, rougeLScore, UPSTREAM_ROUGE } from "../../scoring/rouge.ts";
import { needSegmenter, NoScore, type ScoreContext } from "../../scoring/score_context.ts";
import { sequenceRatio } from "../../scoring/sequence_matcher.ts";

/** Compares a prediction with one answer, 0 to 1. */
export type LongBenchMetric = (
  prediction: string,
  answer: string,
  context: ScoreContext,
  classes: readonly string[] | null,
) => number;

/** All scores by upstream's names. */
export const METRICS = {
  qa_f1_score: qaF1,
  qa_f1_zh_score: qaF1Chinese,
  rouge_score: rougeScore,
  rouge_zh_score: rougeChinese,
  classification_score: classification,
  retrieval_score: retrieval,
  retrieval_zh_score: retrievalChinese,
  count_score: (prediction, answer) => shareOfNumbers(prediction, answer),
  code_sim_score: codeSimilarity,
} satisfies Record<string, LongBenchMetric>;

/** In `fixed` mode two answers of which normalising leaves nothing are equal. */
function qaF1(prediction: string, answer: string, { mode }: ScoreContext): number {
  const ours = splitWords(normalizeAnswer(prediction));
  const gold = splitWords(normalizeAnswer(answer));
  return ours.length + gold.length === 0 && mode === "fixed" ? 1 : tokenF1(ours, gold);
}

const CHINESE_PUNCTUATION = new Set(
  "！？｡。＂＃＄％＆＇（）＊＋，－／：；＜＝＞＠［＼］＾＿｀｛｜｝～｟｠｢｣､、〃》「」『』【】" +
    "〔〕〖〗〘〙〚〛〜〝〞〟〰〾〿–—‘’‛“”„‟…‧﹏.",
);

function qaF1Chinese(prediction: string, answer: string, context: ScoreContext): number {
  const segment = needSegmenter(context);
  const tokens = (text: string) => segment(text).map(normalizeChinese).filter((t) => t !== "");
  const ours = tokens(prediction);
  const gold = tokens(answer);
  return ours.length + gold.length === 0 && context.mode === "fixed" ? 1 : tokenF1(ours, gold);
}

function normalizeChinese(token: string): string {
  const bare = Array.from(withoutPunctuation(token.toLowerCase()))
    .filter((character) => !CHINESE_PUNCTUATION.has(character)).join("");
  return splitWords(bare).join("");
}

/** ROUGE-L F; 0 where the `rouge` package raises. `fixed` has no recursion limit and F up to 1. */
function rougeScore(prediction: string, answer: string, { mode }: ScoreContext): number {
  try {
    return rougeLScore(prediction, answer, mode === "fixed" ? EXACT_ROUGE : UPSTREAM_ROUGE).f;
  } catch (error) {
    if (!(error instanceof RougeError)) throw error;
    return mode === "fixed" && prediction === answer ? 1 : 0;
  }
}

function rougeChinese(prediction: string, answer: string, context: ScoreContext): number {
  const segment = needSegmenter(context);
  return rougeScore(segment(prediction).join(" "), segment(answer).join(" "), context);
}

/**
 * 1 over the number of classes that the prediction names, if the answer is among them.
 *
 * Classes that are a part of the answer do not count. Upstream removes them from the list that it walks
 * over, so the one after a removed one is never looked at.
 */
function classification(
  prediction: string,
  answer: string,
  { mode }: ScoreContext,
  classes: readonly string[] | null,
): number {
  if (classes === null) throw new NoScore("the record has no list of classes");
  let named = classes.filter((name) => prediction.includes(name));
  const isPart = (name: string) => answer.includes(name) && name !== answer;
  if (mode === "fixed") named = named.filter((name) => !isPart(name));
  else {
    for (let i = 0; i < named.length; i++) {
      if (isPart(named[i]!)) named.splice(named.indexOf(named[i]!), 1);
    }
  }
  return named.includes(answer) ? 1 / named.length : 0;
}

const PARAGRAPH = new RegExp(`Paragraph ([${DIGIT}]+)`, "u");
const PARAGRAPH_CHINESE = new RegExp(`段落([${DIGIT}]+)`, "u");

function retrieval(prediction: string, answer: string): number {
  return shareOfNumbers(prediction, paragraphOf(answer, PARAGRAPH));
}

function retrievalChinese(prediction: string, answer: string): number {
  return shareOfNumbers(prediction, paragraphOf(answer, PARAGRAPH_CHINESE));
}

function paragraphOf(answer: string, pattern: RegExp): string {
  const id = pattern.exec(answer)?.[1];
  if (id === undefined) throw new NoScore("upstream raises: the answer names no paragraph");
  return id;
}

const NUMBERS = new RegExp(`[${DIGIT}]+`, "gu");

/** Share of the numbers in a prediction that are the right one, as texts. */
function shareOfNumbers(prediction: string, right: string): number {
  const numbers = prediction.match(NUMBERS) ?? [];
  return numbers.length === 0 ? 0 : numbers.filter((n) => n === right).length / numbers.length;
}

/**
 * Similarity of the first line that looks like code.
 *
 * Upstream skips every line with a backtick, `#` or `//` in it. `fixed` skips only fences, blank lines
 * and whole comments, unless the answer is such a line, rounds nothing and ignores no frequent letters.
 */
function codeSimilarity(prediction: string, answer: string, { mode }: ScoreContext): number {
  const lines = stripLeft(prediction, "\n").split("\n");
  if (mode === "upstream") {
    return fuzzyRatio(lines.find((line) => !/`|#|\/\//.test(line)) ?? "", answer) / 100;
  }
  const gold = stripLeft(answer, "\n").split("\n")[0]!;
  const isSkipped = (line: string) => /^\s*(?:```|#|\/\/|$)/.test(line);
  const line = lines.find((line) => isSkipped(gold) || !isSkipped(line)) ?? "";
  return sequenceRatio(line, gold, false);
}
