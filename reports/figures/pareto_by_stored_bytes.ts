/**
 * The Pareto front of score against stored bytes.
 *
 * @module
 */
import { paretoFigure, STORED_BYTES } from "./pareto.ts";

/** Figure of the front. */
export const paretoByStoredBytes = paretoFigure(STORED_BYTES);
