/**
 * The Pareto front of score against effective bits per weight.
 *
 * @module
 */
import { EFFECTIVE_BITS, paretoFigure } from "./pareto.ts";

/** Figure of the front. */
export const paretoByEffectiveBits = paretoFigure(EFFECTIVE_BITS);
