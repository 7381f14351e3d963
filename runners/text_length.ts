/** Characters of a token of English text by byte-level BPE: few enough for an upper bound on tokens. */
export const CHARACTERS_PER_TOKEN = 2.5;
