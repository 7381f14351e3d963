/**
 * `difflib.SequenceMatcher(None, a, b, autojunk).ratio()` of the Python library.
 *
 * @module
 */

/** Elements of `b` from which popular ones are ignored when a match is searched. */
const POPULAR_FROM = 200;

interface Block {
  a: number;
  b: number;
  size: number;
}

/**
 * The similarity of two texts by code points: twice the matched characters over all characters.
 *
 * Not symmetric: the match is searched in `b`, and with `autojunk` a character of `b` that makes up
 * more than 1 % of a text of 200 characters or more starts no match.
 *
 * @returns 0 to 1; 1 for two empty texts.
 */
export function sequenceRatio(a: string, b: string, autojunk = true): number {
  const x = codePoints(a);
  const y = codePoints(b);
  const total = x.length + y.length;
  return total === 0 ? 1 : 2 * countMatches(x, y, autojunk) / total;
}

function codePoints(text: string): Int32Array {
  return Int32Array.from(text, (character) => character.codePointAt(0)!);
}

function countMatches(a: Int32Array, b: Int32Array, autojunk: boolean): number {
  const positions = indexPositions(b, autojunk);
  const find = longestMatchFinder(a, b, positions);
  const queue: [number, number, number, number][] = [[0, a.length, 0, b.length]];
  let matches = 0;
  for (let range = queue.pop(); range !== undefined; range = queue.pop()) {
    const [aLow, aHigh, bLow, bHigh] = range;
    const block = find(aLow, aHigh, bLow, bHigh);
    if (block.size === 0) continue;
    matches += block.size;
    if (aLow < block.a && bLow < block.b) queue.push([aLow, block.a, bLow, block.b]);
    const [aEnd, bEnd] = [block.a + block.size, block.b + block.size];
    if (aEnd < aHigh && bEnd < bHigh) queue.push([aEnd, aHigh, bEnd, bHigh]);
  }
  return matches;
}

function indexPositions(b: Int32Array, autojunk: boolean): Map<number, number[]> {
  const positions = new Map<number, number[]>();
  b.forEach((element, index) => {
    const list = positions.get(element);
    if (list === undefined) positions.set(element, [index]);
    else list.push(index);
  });
  if (autojunk && b.length >= POPULAR_FROM) {
    const limit = Math.floor(b.length / 100) + 1;
    for (const [element, list] of positions) if (list.length > limit) positions.delete(element);
  }
  return positions;
}

type Finder = (aLow: number, aHigh: number, bLow: number, bHigh: number) => Block;

/** Finds the longest block, the earliest in `a` and then in `b` among equals, and extends it. */
function longestMatchFinder(
  a: Int32Array,
  b: Int32Array,
  positions: Map<number, number[]>,
): Finder {
  let lengths = new Int32Array(b.length + 1); // lengths[j + 1]: longest match that ends at b[j]
  let next = new Int32Array(b.length + 1);
  return (aLow, aHigh, bLow, bHigh) => {
    let best: Block = { a: aLow, b: bLow, size: 0 };
    let filled: number[] = [];
    for (let i = aLow; i < aHigh; i++) {
      const list = positions.get(a[i]!) ?? [];
      const from = list.length > 0 ? lowerBound(list, bLow) : 0;
      let k = from;
      for (; k < list.length; k++) {
        const j = list[k]!;
        if (j >= bHigh) break;
        const size = lengths[j]! + 1;
        next[j + 1] = size;
        if (size > best.size) best = { a: i - size + 1, b: j - size + 1, size };
      }
      for (const j of filled) lengths[j + 1] = 0;
      filled = k > from ? list.slice(from, k) : [];
      [lengths, next] = [next, lengths];
    }
    for (const j of filled) lengths[j + 1] = 0;
    return extend(a, b, best, [aLow, aHigh, bLow, bHigh]);
  };
}

function lowerBound(list: number[], value: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Popular elements start no match, but a match grows over them. */
function extend(
  a: Int32Array,
  b: Int32Array,
  block: Block,
  [aLow, aHigh, bLow, bHigh]: [number, number, number, number],
): Block {
  let { a: i, b: j, size } = block;
  while (i > aLow && j > bLow && a[i - 1] === b[j - 1]) {
    i--;
    j--;
    size++;
  }
  while (i + size < aHigh && j + size < bHigh && a[i + size] === b[j + size]) size++;
  return { a: i, b: j, size };
}
