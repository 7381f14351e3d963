/**
 * Topological orders of a directed graph in the order of networkx's `all_topological_sorts`.
 *
 * @module
 */

/** Thrown when a graph has no topological order. */
export class CycleError extends Error {
  constructor() {
    super("the graph has a cycle, so it has no topological order");
  }
}

/**
 * The first topological orders, by Knuth and Szwarcfiter (1974) as networkx runs it.
 *
 * @param count Number of vertices, 0 to count - 1.
 * @param edges Pairs of vertices; repeated ones count once.
 * @param limit How many orders at most.
 * @throws {CycleError} When the graph has a cycle.
 * @throws {RangeError} When an edge names a vertex that does not exist.
 */
export function topologicalOrders(
  count: number,
  edges: readonly (readonly [number, number])[],
  limit: number,
): number[][] {
  const successors = successorLists(count, edges);
  const indegree = new Array<number>(count).fill(0);
  for (const list of successors) for (const j of list) indegree[j]!++;
  const ready: number[] = []; // a deque: its left end is index 0
  for (let v = 0; v < count; v++) if (indegree[v] === 0) ready.push(v);
  const bases: number[] = [];
  const order: number[] = [];
  const orders: number[][] = [];
  do {
    if (order.length < count) {
      advance(successors, indegree, ready, bases, order);
      continue;
    }
    orders.push([...order]);
    backtrack(successors, indegree, ready, bases, order);
  } while (bases.length > 0 && orders.length < limit);
  return orders;
}

function successorLists(
  count: number,
  edges: readonly (readonly [number, number])[],
): number[][] {
  const successors = Array.from({ length: count }, () => new Set<number>());
  for (const [from, to] of edges) {
    if (!(from >= 0 && from < count && to >= 0 && to < count)) {
      throw new RangeError(`edge (${from}, ${to}) names a vertex outside 0 to ${count - 1}`);
    }
    successors[from]!.add(to);
  }
  return successors.map((set) => [...set]);
}

function advance(
  successors: number[][],
  indegree: number[],
  ready: number[],
  bases: number[],
  order: number[],
): void {
  const q = ready.pop();
  if (q === undefined) throw new CycleError();
  for (const j of successors[q]!) {
    indegree[j]!--;
    if (indegree[j] === 0) ready.push(j);
  }
  order.push(q);
  if (bases.length < order.length) bases.push(q);
}

function backtrack(
  successors: number[][],
  indegree: number[],
  ready: number[],
  bases: number[],
  order: number[],
): void {
  while (order.length > 0) {
    const q = order.pop()!;
    for (const j of successors[q]!) indegree[j]!++;
    while (ready.length > 0 && indegree[ready.at(-1)!]! > 0) ready.pop();
    ready.unshift(q);
    if (ready.at(-1) !== bases.at(-1)) return;
    bases.pop(); // every vertex has stood at this place
  }
}
