/**
 * Golden entries of WebShop's reward.
 *
 * @module
 */
import {
  type Goal,
  normalizeColor,
  type Product,
  webshopReward,
} from "../benchmarks/webshop/reward.ts";
import { tokenSetRatio } from "../scoring/fuzzy_ratio.ts";
import type { PythonDict } from "../scoring/python_value.ts";
import { type Check, EXACT_TOLERANCE } from "./check.ts";
import { dicts, field, number, plain, text, texts } from "./golden_value.ts";

/** All checks of a WebShop document. */
export function webshopChecks(document: PythonDict): Check[] {
  return [
    ...dicts(document, "cases").map(rewardCheck),
    ...dicts(document, "token_set_ratio").map((entry, i): Check => ({
      fn: "token_set_ratio",
      id: `token_set_ratio ${i}`,
      expected: field(entry, "token_set_ratio"),
      tolerance: 0,
      compute: () => tokenSetRatio(text(entry, "a"), text(entry, "b")),
    })),
    ...dicts(document, "normalize_color").map((entry, i): Check => ({
      fn: "normalize_color",
      id: `normalize_color ${i}`,
      expected: field(entry, "expected"),
      tolerance: 0,
      compute: () => normalizeColor(text(entry, "input")),
    })),
  ];
}

function rewardCheck(entry: PythonDict): Check {
  return {
    fn: "get_reward",
    id: text(entry, "id"),
    expected: field(entry, "expected"),
    tolerance: EXACT_TOLERANCE,
    compute: () => {
      const product: Product = plain(field(entry, "product"));
      const goal: Goal = plain(field(entry, "goal"));
      const options: Record<string, string> = plain(field(entry, "options"));
      const nouns = {
        purchased: texts(entry, "purchased_nouns"),
        goal: texts(entry, "goal_nouns"),
      };
      const purchase = { product, price: number(entry, "price"), options };
      return webshopReward(purchase, goal, nouns, "upstream");
    },
  };
}
