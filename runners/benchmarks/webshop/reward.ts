/**
 * WebShop's reward of a purchase (princeton-nlp/WebShop 64fa2a5, `engine/goal.py`).
 *
 * @module
 */
import { tokenSetRatio } from "../../scoring/fuzzy_ratio.ts";
import { pythonRepr } from "../../scoring/python_repr.ts";
import { strip } from "../../scoring/python_text.ts";
import { NoScore, type ScorerMode } from "../../scoring/score_context.ts";
import { COLORS } from "./colors.ts";

/** A product, under the dataset's own field names. */
export interface Product {
  query: string;
  name: string;
  product_category: string;
  Title: string;
  BulletPoints: string[];
  Description: string;
  Attributes: string[];
}

/** What was to be bought. */
export interface Goal {
  query: string;
  name: string;
  product_category: string;
  attributes: string[];
  price_upper: number;
  /** Chosen values by option, or only the values. */
  goal_options: Record<string, string> | string[];
}

/** What was bought. */
export interface Purchase {
  product: Product;
  price: number;
  /** Chosen values by option. */
  options: Record<string, string>;
}

/** Nouns of the two products' names in lower case, from a part-of-speech tagger. */
export interface Nouns {
  purchased: readonly string[];
  goal: readonly string[];
}

/** The reward and its parts. */
export interface Reward {
  /** 0 to 1. */
  reward: number;
  info: {
    r_type: number;
    r_att: number;
    w_att: number;
    query_match: boolean;
    category_match: boolean;
    title_score: number;
    r_option?: number;
    w_option?: number;
    r_price?: boolean;
    w_price?: number;
  };
}

/** Two texts agree above this ratio. */
const FUZZY_MATCH = 85;

/**
 * r_type · (attributes + options + price) / (number of attributes + number of options + 1).
 *
 * Upstream raises for a goal without attributes or without a price above 0; `fixed` leaves the part
 * out of both sums. Upstream compares a goal option as the text of a Python pair, its name included;
 * `fixed` compares its value.
 *
 * @throws {NoScore} In `upstream` mode where upstream raises.
 */
export function webshopReward(
  purchase: Purchase,
  goal: Goal,
  nouns: Nouns,
  mode: ScorerMode,
): Reward {
  const type = typeReward(purchase.product, goal, nouns);
  const hasPrice = goal.price_upper > 0;
  if (mode === "upstream") {
    if (goal.attributes.length === 0) throw new NoScore("upstream raises: no goal attributes");
    if (!hasPrice) throw new NoScore("upstream raises: no price limit above 0");
  }
  const attributes = matchedAttributes(purchase.product, goal.attributes);
  const options = goalOptions(goal, mode);
  const matchedOptions = countMatchedOptions(Object.values(purchase.options), options);
  const inPrice = purchase.price <= goal.price_upper;
  const parts = goal.attributes.length + options.length + (hasPrice ? 1 : 0);
  const hits = attributes + matchedOptions + (hasPrice && inPrice ? 1 : 0);
  const share = parts === 0 ? 1 : hits / parts;
  return {
    reward: share * type.r_type,
    info: {
      ...type,
      r_att: goal.attributes.length === 0 ? 1 : attributes / goal.attributes.length,
      w_att: parts === 0 ? 0 : goal.attributes.length / parts,
      ...(options.length > 0
        ? { r_option: matchedOptions / options.length, w_option: options.length / parts }
        : {}),
      ...(hasPrice ? { r_price: inPrice, w_price: 1 / parts } : {}),
    },
  };
}

function typeReward(product: Product, goal: Goal, nouns: Nouns) {
  const query_match = product.query === goal.query;
  const ours = new Set(product.product_category.split("›").map(strip));
  const theirs = new Set(goal.product_category.split("›").map(strip));
  const category_match = [...ours].filter((name) => theirs.has(name)).length >= 2;
  const purchased = new Set(nouns.purchased);
  const common = [...new Set(nouns.goal)].filter((noun) => purchased.has(noun)).length;
  const title_score = nouns.goal.length === 0 ? 0.2 : common / nouns.goal.length;
  let r_type = query_match || category_match || title_score > 0.2 ? 1 : 0.5;
  if (title_score < 0.1) r_type = 0.1;
  if (title_score === 0) r_type = 0;
  return { r_type, query_match, category_match, title_score };
}

function matchedAttributes(product: Product, wanted: readonly string[]): number {
  const texts = [product.Title, product.BulletPoints.join(" "), product.Description]
    .map((text) => text.toLowerCase());
  return wanted.filter((attribute) =>
    product.Attributes.some((own) => tokenSetRatio(own, attribute) > FUZZY_MATCH) ||
    texts.some((text) => text.includes(attribute))
  ).length;
}

/** An option as it is compared: its members for the colour test, and its text. */
interface Option {
  members: string[] | null;
  text: string;
}

function goalOptions({ goal_options }: Goal, mode: ScorerMode): Option[] {
  if (Array.isArray(goal_options)) return goal_options.map((text) => ({ members: null, text }));
  return Object.entries(goal_options).map(([name, value]) =>
    mode === "fixed" ? { members: null, text: value } : {
      members: [name, value],
      text: pythonRepr({ kind: "tuple", items: [name, value] }),
    }
  );
}

function countMatchedOptions(purchased: string[], goal: Option[]): number {
  const ours = purchased.map(normalizeColor);
  return goal.filter((option) => {
    const wanted = option.members === null
      ? normalizeColor(option.text)
      : COLORS.find((color) => option.members!.includes(color)) ?? option.text;
    return ours.some((own) => tokenSetRatio(own, wanted) > FUZZY_MATCH);
  }).length;
}

/** The first colour of upstream's list that stands in a text; the text itself when none does. */
export function normalizeColor(text: string): string {
  return COLORS.find((color) => text.includes(color)) ?? text;
}
