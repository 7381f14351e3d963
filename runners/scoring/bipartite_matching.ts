/**
 * Maximum-weight matching between two lists with the ties of networkx's `max_weight_matching`.
 *
 * Several matchings can weigh the same, and the upstream scorers count the order of the one that
 * networkx finds. This is the primal-dual method (Galil 1986) that networkx runs, with its orders
 * of vertices, neighbours and queue, for graphs whose edges all go from a left to a right vertex: in
 * such a graph no odd cycle arises, so the general method's blossoms never do.
 *
 * @module
 */

/** An edge between the left vertex `i` and the right vertex `j`. */
export interface WeightedEdge {
  i: number;
  j: number;
  weight: number;
}

interface Graph {
  /** Vertices in the order in which edges named them, as indices into the other arrays. */
  count: number;
  neighbours: number[][];
  weights: Map<number, number>[];
  left: (number | null)[];
  right: (number | null)[];
}

const SOURCE = 1; // label S of the literature: reached by an even alternating path
const TARGET = 2; // label T: reached by an odd one

/**
 * Pairs left and right vertices so that the weights sum highest.
 *
 * @param edges In the order in which the caller would add them to a networkx graph; no pair twice.
 * @returns The right partner of every matched left vertex.
 */
export function bipartiteMatching(edges: readonly WeightedEdge[]): Map<number, number> {
  const graph = buildGraph(edges);
  const mate = new Int32Array(graph.count).fill(-1);
  if (graph.count > 0) {
    const dual = new Float64Array(graph.count);
    dual.fill(edges.reduce((most, edge) => Math.max(most, edge.weight), 0));
    while (runStage(graph, mate, dual));
  }
  const pairs = new Map<number, number>();
  for (let v = 0; v < graph.count; v++) {
    const i = graph.left[v];
    if (i != null && mate[v]! >= 0) pairs.set(i, graph.right[mate[v]!]!);
  }
  return pairs;
}

function buildGraph(edges: readonly WeightedEdge[]): Graph {
  const graph: Graph = { count: 0, neighbours: [], weights: [], left: [], right: [] };
  const lefts = new Map<number, number>();
  const rights = new Map<number, number>();
  const vertex = (known: Map<number, number>, key: number, side: "left" | "right") => {
    const found = known.get(key);
    if (found !== undefined) return found;
    graph.neighbours.push([]);
    graph.weights.push(new Map());
    graph.left.push(side === "left" ? key : null);
    graph.right.push(side === "right" ? key : null);
    known.set(key, graph.count);
    return graph.count++;
  };
  for (const { i, j, weight } of edges) {
    const v = vertex(lefts, i, "left");
    const w = vertex(rights, j, "right");
    graph.neighbours[v]!.push(w);
    graph.neighbours[w]!.push(v);
    graph.weights[v]!.set(w, weight);
    graph.weights[w]!.set(v, weight);
  }
  return graph;
}

/** What one stage knows: labels, where they came from, tight edges, least-slack edges, a stack. */
interface Stage {
  graph: Graph;
  mate: Int32Array;
  dual: Float64Array;
  label: Uint8Array;
  labelFrom: Int32Array;
  best: ([number, number] | null)[];
  tight: Set<number>;
  queue: number[];
}

/** Finds one augmenting path and flips it; false when the matching is optimal. */
function runStage(graph: Graph, mate: Int32Array, dual: Float64Array): boolean {
  const stage: Stage = {
    graph,
    mate,
    dual,
    label: new Uint8Array(graph.count),
    labelFrom: new Int32Array(graph.count).fill(-1),
    best: new Array(graph.count).fill(null),
    tight: new Set(),
    queue: [],
  };
  for (let v = 0; v < graph.count; v++) {
    if (mate[v]! < 0 && stage.label[v] === 0) assign(stage, v, SOURCE, -1);
  }
  for (;;) {
    if (scan(stage)) return true;
    const step = leastStep(stage);
    updateDuals(stage, step.delta);
    if (step.edge === null) return false;
    const [v, w] = step.edge;
    allow(stage, v, w);
    stage.queue.push(v);
  }
}

function edgeKey(stage: Stage, v: number, w: number): number {
  return v * stage.graph.count + w;
}

function allow(stage: Stage, v: number, w: number): void {
  stage.tight.add(edgeKey(stage, v, w)).add(edgeKey(stage, w, v));
}

function slack(stage: Stage, v: number, w: number): number {
  return stage.dual[v]! + stage.dual[w]! - 2 * stage.graph.weights[v]!.get(w)!;
}

/** Labels a vertex; the mate of a T-vertex becomes an S-vertex. */
function assign(stage: Stage, vertex: number, label: number, from: number): void {
  stage.label[vertex] = label;
  stage.labelFrom[vertex] = from;
  stage.best[vertex] = null;
  if (label === SOURCE) stage.queue.push(vertex);
  else assign(stage, stage.mate[vertex]!, SOURCE, vertex);
}

/** Grows the trees over tight edges; true once a path between two of them was flipped. */
function scan(stage: Stage): boolean {
  const { graph, label, queue } = stage;
  for (let v = queue.pop(); v !== undefined; v = queue.pop()) {
    for (const w of graph.neighbours[v]!) {
      let gap = 0;
      if (!stage.tight.has(edgeKey(stage, v, w))) {
        gap = slack(stage, v, w);
        if (gap <= 0) allow(stage, v, w);
      }
      if (stage.tight.has(edgeKey(stage, v, w))) {
        if (label[w] === 0) assign(stage, w, TARGET, v);
        else if (label[w] === SOURCE) {
          flip(stage, v, w);
          flip(stage, w, v);
          return true;
        }
      } else if (label[w] === SOURCE) keepBetter(stage, v, [v, w], gap);
      else if (label[w] === 0) keepBetter(stage, w, [v, w], gap);
    }
  }
  return false;
}

function keepBetter(stage: Stage, at: number, edge: [number, number], gap: number): void {
  const known = stage.best[at] ?? null;
  if (known === null || gap < slack(stage, known[0], known[1])) stage.best[at] = edge;
}

/** Matches `start` with `partner` and alternates from there to the root of its tree. */
function flip(stage: Stage, start: number, partner: number): void {
  let s = start;
  let j = partner;
  for (;;) {
    const t = stage.labelFrom[s]!;
    stage.mate[s] = j;
    if (t < 0) return;
    s = stage.labelFrom[t]!;
    j = t;
    stage.mate[j] = s;
  }
}

/** How far the duals can move, and the edge that then becomes tight; no edge when a dual reaches 0. */
function leastStep(stage: Stage): { delta: number; edge: [number, number] | null } {
  const { graph, label, best, dual } = stage;
  let delta = Infinity;
  let edge: [number, number] | null = null;
  for (let v = 0; v < graph.count; v++) delta = Math.min(delta, dual[v]!);
  for (let v = 0; v < graph.count; v++) {
    const candidate = best[v] ?? null;
    if (label[v] !== 0 || candidate === null) continue;
    const gap = slack(stage, candidate[0], candidate[1]);
    if (gap < delta) [delta, edge] = [gap, candidate];
  }
  for (let v = 0; v < graph.count; v++) {
    const candidate = best[v] ?? null;
    if (label[v] !== SOURCE || candidate === null) continue;
    const half = slack(stage, candidate[0], candidate[1]) / 2;
    if (half < delta) [delta, edge] = [half, candidate];
  }
  return { delta, edge };
}

function updateDuals(stage: Stage, delta: number): void {
  for (let v = 0; v < stage.graph.count; v++) {
    if (stage.label[v] === SOURCE) stage.dual[v]! -= delta;
    else if (stage.label[v] === TARGET) stage.dual[v]! += delta;
  }
}
