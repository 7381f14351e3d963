import assert from "node:assert/strict";
import fc from "fast-check";
import { largestCommonSubgraph } from "../../../runners/benchmarks/worfbench/common_subgraph.ts";
import {
  scoreGraph,
  scoreGraphUpstream,
} from "../../../runners/benchmarks/worfbench/graph_score.ts";
import { scoreNodes } from "../../../runners/benchmarks/worfbench/node_score.ts";
import { largestOrderedPart } from "../../../runners/benchmarks/worfbench/ordered_nodes.ts";
import { parseWorkflow } from "../../../runners/benchmarks/worfbench/parse_workflow.ts";
import { longestIncreasingLength } from "../../../runners/scoring/increasing_subsequence.ts";
import { exactSimilarity } from "../../../runners/scoring/score_context.ts";
import { topologicalOrders } from "../../../runners/scoring/topological_orders.ts";

const workflow = (nodes: string[], edges: string) =>
  parseWorkflow(
    `Node:\n${nodes.map((node, i) => `${i + 1}: ${node}`).join("\n")}\nEdge: ${edges}`,
  )!;

Deno.test("a reversed plan scores 1 by the published graph score and little by the right one", () => {
  const gold = workflow(["a", "b", "c"], "(START,1) (1,2) (2,3) (3,END)");
  const reversed = workflow(["c", "b", "a"], "(START,1) (1,2) (2,3) (3,END)");
  assert.equal(scoreGraphUpstream(reversed, gold, exactSimilarity).f1_score, 1);
  assert.ok(scoreGraph(reversed, gold, exactSimilarity).f1_score < 0.21); // one node of five
});

Deno.test("fixed node score knows orders that upstream's listing of ten nodes does not", () => {
  const steps = ["a", "b", "c", "d", "e", "f", "g", "h"];
  const gold = workflow(
    steps,
    "(START,1) (START,2) (1,3) (2,3) (3,4) (4,5) (5,6) (6,7) (7,8) (8,END)",
  );
  const swapped = workflow(
    ["b", "a", ...steps.slice(2)],
    "(START,1) (START,2) (1,3) (2,3) (3,4) (4,5) (5,6) (6,7) (7,8) (8,END)",
  );
  assert.equal(scoreNodes(swapped, gold, exactSimilarity, "fixed").f1_score, 1);
  assert.ok(scoreNodes(swapped, gold, exactSimilarity, "upstream").f1_score < 0.8);
});

const dag = fc.integer({ min: 1, max: 6 }).chain((count) =>
  fc.record({
    count: fc.constant(count),
    edges: fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 9 }),
    order: fc.shuffledSubarray(Array.from({ length: count }, (_, i) => i)),
  })
);

Deno.test("largestOrderedPart() is the best chain over all topological orders", () => {
  fc.assert(fc.property(dag, ({ count, edges, order }) => {
    const forward = edges.filter(([a, b]) => a < b) as [number, number][];
    const after = Array.from({ length: count }, () => new Set<number>());
    for (let a = count - 1; a >= 0; a--) {
      for (const [from, to] of forward) {
        if (from === a) { for (const node of [to, ...after[to]!]) after[a]!.add(node); }
      }
    }
    const best = topologicalOrders(count, forward, Infinity).map((sorted) =>
      longestIncreasingLength(order.map((node) => sorted.indexOf(node)))
    );
    assert.equal(largestOrderedPart(order, after), Math.max(0, ...best));
  }));
});

Deno.test("largestCommonSubgraph() is the largest connected set on which both graphs agree", () => {
  const graph = fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { maxLength: 10 });
  fc.assert(fc.property(graph, graph, fc.subarray([0, 1, 2, 3, 4]), (first, second, vertices) => {
    const mapping = new Map(vertices.map((vertex) => [vertex, (vertex * 2) % 5]));
    let best = 0;
    for (let bits = 0; bits < 2 ** vertices.length; bits++) {
      const set = vertices.filter((_, i) => (bits >> i) & 1);
      if (agreesAndConnects(set, first, second, mapping)) best = Math.max(best, set.length);
    }
    assert.equal(largestCommonSubgraph(first, second, mapping), best);
  }));
});

/** By definition, without cleverness. */
function agreesAndConnects(
  set: number[],
  first: [number, number][],
  second: [number, number][],
  mapping: Map<number, number>,
): boolean {
  const has = (edges: [number, number][], a: number, b: number) =>
    edges.some(([x, y]) => x === a && y === b);
  const links: [number, number][] = [];
  for (const a of set) {
    for (const b of set) {
      if (a === b) continue;
      const here = has(first, a, b);
      if (here !== has(second, mapping.get(a)!, mapping.get(b)!)) return false;
      if (here) links.push([a, b]);
    }
  }
  const seen = new Set(set.slice(0, 1));
  for (let round = 0; round < set.length; round++) {
    for (const [a, b] of links) {
      if (seen.has(a) || seen.has(b)) seen.add(a).add(b);
    }
  }
  return set.length > 0 && seen.size === set.length;
}
