/**
 * Text from models and datasets made safe to stand in one line of anything.
 *
 * @module
 */

// C0 and C1 controls (ANSI escapes among them), bidirectional overrides, zero-width and line separators:
// none is seen by a reader, and each can change what he sees.
// deno-lint-ignore no-control-regex
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/**
 * One visible line: line breaks and tabs become spaces, other unseen characters their escape, such as
 * `\u001b`.
 */
export function plainLine(text: string): string {
  return text.replace(/[\r\n\t]+/g, " ").replace(UNSEEN, escapeCode).trim();
}

/** The same for text of several lines, whose line breaks and tabs stay. */
export function plainLines(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(
    UNSEEN,
    (character) => character === "\n" || character === "\t" ? character : escapeCode(character),
  );
}

function escapeCode(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
