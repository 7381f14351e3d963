/**
 * A distilled model, or any other model that is to be compared with the baseline: it takes the place
 * of a compressed one, and only its vocabulary must be the baseline's.
 *
 * @module
 */
import type { Method } from "./method.ts";
import {
  type Elsewhere,
  elsewhereId,
  elsewhereSettings,
  nameOf,
  placeOf,
} from "./made_elsewhere.ts";

/** A distilled model. */
export const distilled: Method<Elsewhere> = {
  name: "distilled",
  source: "Hinton et al. 2015, arXiv:1503.02531",
  settings: elsewhereSettings("distilled"),
  needsCalibration: () => false,
  title: nameOf,
  id: (settings) => elsewhereId("distilled", settings),
  recipe: () => [],
  expect: () => null,
  quantizes: false,
  weightBits: () => 16,
  madeElsewhere: (settings) => placeOf(settings, false),
  engineHasKernel: () => true,
};
