/**
 * The suites that `deno task suites` writes. A new suite is a folder and a line here.
 *
 * @module
 */
import { household } from "./household/household.ts";
import { longbench } from "./longbench/longbench.ts";
import { longgenbench } from "./longgenbench/longgenbench.ts";
import { needleInAHaystack } from "./needle_in_a_haystack/needle_in_a_haystack.ts";
import { reasoning } from "./reasoning/reasoning.ts";
import { recallOf } from "./recall/recall.ts";
import type { Suite } from "./suite.ts";
import { teval } from "./teval/teval.ts";
import { worfbench } from "./worfbench/worfbench.ts";

const official: Record<string, Suite> = {
  teval,
  worfbench,
  longbench,
  longgenbench,
  needle_in_a_haystack: needleInAHaystack,
  household,
};

/** All suites, by the name of their folder; the last ones are for training alone. */
export const suites: Record<string, Suite> = {
  ...official,
  reasoning,
  recall: recallOf([...Object.values(official), reasoning]),
};
