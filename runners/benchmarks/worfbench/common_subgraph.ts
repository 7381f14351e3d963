/**
 * The largest common induced subgraph of two directed graphs whose vertices are already paired.
 *
 * @module
 */

/** Search steps after which the best subgraph found so far stands. */
const MOST_STEPS = 20_000;

/**
 * Vertices of the largest connected set of paired vertices between which both graphs have the same
 * edges.
 *
 * Pairs that disagree about an edge exclude each other, so the set is found by branching on such
 * disagreements; after {@linkcode MOST_STEPS} branches the best so far stands (a lower bound).
 *
 * @param mapping Partner in the second graph of each vertex of the first.
 */
export function largestCommonSubgraph(
  first: readonly [number, number][],
  second: readonly [number, number][],
  mapping: Map<number, number>,
): number {
  const pairs = [...mapping];
  const ours = new Set(first.map(String));
  const theirs = new Set(second.map(String));
  const joined = pairs.map(() => new Set<number>());
  const clashes = pairs.map(() => new Set<number>());
  pairs.forEach(([a, x], i) => {
    pairs.forEach(([b, y], k) => {
      if (i === k) return;
      const here = ours.has(`${a},${b}`);
      if (here !== theirs.has(`${x},${y}`)) clashes[i]!.add(k), clashes[k]!.add(i);
      else if (here) joined[i]!.add(k), joined[k]!.add(i);
    });
  });
  return search(pairs.map((_, i) => i), joined, clashes);
}

function search(all: number[], joined: Set<number>[], clashes: Set<number>[]): number {
  let best = 0;
  let steps = 0;
  const stack: number[][] = [all];
  for (let members = stack.pop(); members !== undefined; members = stack.pop()) {
    for (const part of components(members, joined, clashes)) {
      if (part.length <= best) continue;
      const inPart = new Set(part);
      const worst = mostClashing(part, inPart, clashes);
      if (worst === null) best = part.length;
      else if (steps++ < MOST_STEPS) {
        // either the vertex that clashes most goes, or all that it clashes with
        stack.push(part.filter((vertex) => !clashes[worst]!.has(vertex)));
        stack.push(part.filter((vertex) => vertex !== worst));
      }
    }
  }
  return best;
}

function mostClashing(part: number[], inPart: Set<number>, clashes: Set<number>[]): number | null {
  let worst: number | null = null;
  let most = 0;
  for (const vertex of part) {
    let count = 0;
    for (const other of clashes[vertex]!) if (inPart.has(other)) count++;
    if (count > most) [most, worst] = [count, vertex];
  }
  return worst;
}

/** Parts that agreeing edges hold together, the largest last so that it is searched first. */
function components(
  members: number[],
  joined: Set<number>[],
  clashes: Set<number>[],
): number[][] {
  const open = new Set(members);
  const parts: number[][] = [];
  for (const start of members) {
    if (!open.delete(start)) continue;
    const part = [start];
    for (let i = 0; i < part.length; i++) {
      for (const next of joined[part[i]!]!) {
        const agrees = !clashes[part[i]!]!.has(next);
        if (agrees && open.delete(next)) part.push(next);
      }
    }
    parts.push(part);
  }
  return parts.sort((a, b) => b.length - a.length);
}
