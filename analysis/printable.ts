/**
 * Text from plans, models and data on one line of a terminal: control and direction characters, which
 * could rewrite what stands around them, are shown as escapes.
 */
export function printable(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`,
  );
}
