/**
 * The untrained twin: the model's architecture with the random weights that training begins with. Its
 * effective rank less the trained model's is Diff-eRank as it was first defined; its scores are chance.
 *
 * @module
 */
import { z } from "zod";
import type { Method } from "./method.ts";
import { settingsOf } from "./settings.ts";

/** Settings of an untrained twin. */
export type Untrained = {
  /** Seed of the random weights. */
  seed: number;
};

const error = (issue: { input?: unknown }) =>
  `seed must be a whole number from 0, found ${JSON.stringify(issue.input)}`;

/** The untrained twin of a model. */
export const untrained: Method<Untrained> = {
  name: "untrained",
  source: "Wei et al. 2024, arXiv:2401.17139",
  settings: settingsOf("untrained", {
    seed: z.int({ error }).min(0, { error }).default(0),
  }),
  needsCalibration: () => false,
  title: ({ seed }) => seed === 0 ? "Untrained" : `Untrained (seed ${seed})`,
  id: ({ seed }) => seed === 0 ? "untrained" : `untrained-seed${seed}`,
  recipe: ({ seed }) => [{ torch: "untrained", arguments: { seed, ignore: ["lm_head"] } }],
  expect: () => null,
  quantizes: false,
  weightBits: () => 16,
  engineHasKernel: () => true,
};
