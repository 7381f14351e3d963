/**
 * The longest common subsequence that the PyPI package `rouge` reconstructs.
 *
 * Many subsequences are longest; ROUGE-L at summary level counts unique words of them, so the choice
 * matters. Bit-parallel rows (Hyyrö 2004) replace the full table: one bit a cell.
 *
 * @module
 */

/** A reconstructed subsequence and how many steps back through the table it took. */
export interface Subsequence {
  words: string[];
  steps: number;
}

/** The words of the columns, prepared for many comparisons. */
export interface Columns {
  words: readonly string[];
  /** For each word, the columns where it stands, one bit a column. */
  masks: Map<string, Uint32Array>;
}

/** Prepares the words of the columns. */
export function prepareColumns(words: readonly string[]): Columns {
  return { words, masks: wordMasks(words, Math.ceil(words.length / 32)) };
}

/**
 * Walks back through the table of prefix lengths L from its end: diagonally on equal words, else to
 * the row above if L is larger there than in the column before, else to the column before.
 *
 * @param x Words of the rows.
 */
export function longestCommonSubsequence(x: readonly string[], columns: Columns): Subsequence {
  const y = columns.words;
  const rows = tableRows(x, columns);
  let i = x.length;
  let j = y.length;
  let length = prefixLength(rows[i]!, j);
  const words: string[] = [];
  let steps = 0;
  for (; i > 0 && j > 0; steps++) {
    if (x[i - 1] === y[j - 1]) {
      words.push(x[i - 1]!);
      i--;
      j--;
      length--;
      continue;
    }
    const before = length - bit(rows[i]!, j - 1);
    const above = rows[i] === rows[i - 1] ? length : prefixLength(rows[i - 1]!, j);
    if (above > before) {
      i--;
      length = above;
    } else {
      j--;
      length = before;
    }
  }
  return { words: words.reverse(), steps };
}

/** Row i has bit j set where L[i, j + 1] exceeds L[i, j]. Rows of words that y lacks are shared. */
function tableRows(x: readonly string[], { masks, words }: Columns): Uint32Array[] {
  const rows: Uint32Array[] = [new Uint32Array(Math.ceil(words.length / 32))];
  for (const word of x) {
    const previous = rows[rows.length - 1]!;
    const mask = masks.get(word);
    rows.push(mask === undefined ? previous : nextRow(previous, mask));
  }
  return rows;
}

function wordMasks(y: readonly string[], size: number): Map<string, Uint32Array> {
  const masks = new Map<string, Uint32Array>();
  y.forEach((word, j) => {
    let mask = masks.get(word);
    if (mask === undefined) masks.set(word, mask = new Uint32Array(size));
    mask[j >>> 5]! |= 1 << (j & 31);
  });
  return masks;
}

/** With V the complement of a row: V' = (V + (V & M)) | (V & ~M). */
function nextRow(row: Uint32Array, mask: Uint32Array): Uint32Array {
  const out = new Uint32Array(row.length);
  let carry = 0;
  for (let k = 0; k < row.length; k++) {
    const v = ~row[k]! >>> 0;
    const common = (v & mask[k]!) >>> 0;
    const sum = v + common + carry;
    carry = sum > 0xffffffff ? 1 : 0;
    out[k] = ~((sum >>> 0) | (v & ~mask[k]!));
  }
  return out;
}

function bit(row: Uint32Array, j: number): number {
  return (row[j >>> 5]! >>> (j & 31)) & 1;
}

/** Set bits among the first j: the length of the longest common subsequence up to column j. */
function prefixLength(row: Uint32Array, j: number): number {
  let count = 0;
  const whole = j >>> 5;
  for (let k = 0; k < whole; k++) count += popCount(row[k]!);
  const rest = j & 31;
  return rest === 0 ? count : count + popCount(row[whole]! & ((1 << rest) - 1));
}

function popCount(bits: number): number {
  let v = bits - ((bits >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return (((v + (v >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}
