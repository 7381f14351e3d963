/**
 * An assistant's turn: a [REASON] span and an [ACT] span.
 *
 * @module
 */

const REASON = "[REASON]";
const ACT = "[ACT]";

/** First message of every episode. */
export const SYSTEM_PROMPT = `Reach the goal. Answer with ${REASON} and ${ACT}.`;

/** An assistant's turn cut into its spans; null where a span is missing or empty. */
export interface Turn {
  reason: string | null;
  action: string | null;
}

/**
 * Splits an assistant's turn. The reason runs from the first `[REASON]` to the next `[ACT]`, the action
 * from the first `[ACT]` to the end of its line or to the next `[REASON]`. Any text is allowed.
 */
export function parseTurn(text: string): Turn {
  return { reason: span(text, REASON, [ACT]), action: span(text, ACT, [REASON, "\n"]) };
}

/** Writes a turn as the expert does. */
export function renderTurn(reason: string, action: string): string {
  return `${REASON} ${reason}\n${ACT} ${action}`;
}

function span(text: string, marker: string, ends: string[]): string | null {
  const marked = text.indexOf(marker);
  if (marked < 0) return null;
  const start = marked + marker.length;
  const stops = ends.map((end) => text.indexOf(end, start)).filter((stop) => stop >= 0);
  return text.slice(start, Math.min(text.length, ...stops)).trim() || null;
}
