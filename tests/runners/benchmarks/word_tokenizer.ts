import type { Tokenizer } from "../../../runners/tokenizer.ts";

/** A tokenizer for tests: a word with the blank before it, or any other character, is a token. */
export function wordTokenizer(): Tokenizer {
  const ids = new Map<string, number>();
  const pieces: string[] = [];
  return {
    encode: (text) =>
      (text.match(/ ?[\p{L}\p{N}]+|[^]/gu) ?? []).map((piece) => {
        if (!ids.has(piece)) ids.set(piece, pieces.push(piece) - 1);
        return ids.get(piece)!;
      }),
    decode: (tokens) => tokens.map((token) => pieces[token]).join(""),
  };
}
