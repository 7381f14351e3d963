import type { Environment } from "./environment.ts";
import { household } from "./household.ts";

/** Every environment by its name. A new one is a file beside this one, and a line here. */
export const ENVIRONMENTS: Record<string, Environment> = {
  household,
};
