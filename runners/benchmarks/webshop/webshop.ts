/**
 * WebShop: shopping for a product that is described in words. Finished episodes are scored; a shop to
 * play in is not part of this benchmark.
 *
 * A record of the episodes' file, one a line: `{"sample_id", "goal": {query, name, product_category,
 * attributes, price_upper, goal_options}, "product": {query, name, product_category, Title,
 * BulletPoints, Description, Attributes} or null where nothing was bought, "price", "options":
 * {name: value}, "purchased_nouns", "goal_nouns"}`. The nouns are those that a tagger finds in the
 * products' names (upstream: spaCy's en_core_web_lg, `PROPN` and `NOUN`, in lower case).
 *
 * @module
 */
import { z } from "zod";
import type { Json } from "../../../data/types.ts";
import { NoScore, type ScorerMode } from "../../scoring/score_context.ts";
import type { Benchmark, Score } from "../benchmark.ts";
import { scoresOrReason, valued } from "../make_scores.ts";
import { readRecords, refuseDuplicates } from "../read_samples.ts";
import { webshopReward } from "./reward.ts";

const texts = z.array(z.string());
const options = z.record(z.string(), z.string());

const product = z.object({
  query: z.string(),
  name: z.string(),
  product_category: z.string(),
  Title: z.string(),
  BulletPoints: texts,
  Description: z.string(),
  Attributes: texts,
});

const goal = z.object({
  query: z.string(),
  name: z.string(),
  product_category: z.string(),
  attributes: texts,
  price_upper: z.number(),
  goal_options: z.union([options, texts]),
});

const episode = z.object({
  sample_id: z.string().min(1),
  goal,
  product: product.nullable(),
  price: z.number().nonnegative().optional(),
  options: options.default({}),
  purchased_nouns: texts.optional(),
  goal_nouns: texts.optional(),
});

const METRICS = ["reward", "success"];

/** The benchmark. `reward` is 0 to 1, `success` whether it is 1. */
export const webshop: Benchmark = {
  name: "webshop",
  version: "1",
  title: "WebShop",
  upstream: "princeton-nlp/WebShop@64fa2a5",
  licence: "MIT (code); the products are Amazon's",
  source: "a JSONL file of finished episodes (see runners/benchmarks/webshop/webshop.ts)",
  data: null,
  maxTokens: 0,
  mainMetric: "reward",
  needs: [],
  overflow: "skip",
  episodes: true,
  goalsInEpisodes: true,

  async load(path) {
    const records = await readRecords(path, episode);
    refuseDuplicates(path, records.map(({ sample_id }) => sample_id));
    return records.map(({ sample_id, goal }) => ({
      id: sample_id,
      subtask: "all",
      messages: [{ role: "user" as const, content: goal.query }],
      gold: goal as Json,
    }));
  },

  score(sample, completion, { mode }) {
    return scoresOrReason(METRICS, () => scoreEpisode(sample.gold, completion, mode));
  },
};

function scoreEpisode(gold: Json, text: string, mode: ScorerMode): Score[] {
  const { options, price, product, purchased_nouns, goal_nouns } = readEpisode(text);
  // an episode that ends without a purchase has the reward 0
  if (product === null) return valued({ reward: 0, success: 0 });
  if (price === undefined) throw new NoScore("the episode has a product but no price");
  if (purchased_nouns === undefined || goal_nouns === undefined) {
    throw new NoScore("needs the nouns of both products' names (purchased_nouns, goal_nouns)");
  }
  const { reward } = webshopReward(
    { product, price, options },
    goal.parse(gold),
    { purchased: purchased_nouns, goal: goal_nouns },
    mode,
  );
  return valued({ reward, success: reward === 1 ? 1 : 0 });
}

function readEpisode(text: string): z.output<typeof episode> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new NoScore("the completion is no episode: not JSON");
  }
  const result = episode.safeParse(value);
  if (result.success) return result.data;
  const { path, message } = result.error.issues[0]!;
  throw new NoScore(`the completion is no episode: field "${path.join(".")}": ${message}`);
}
