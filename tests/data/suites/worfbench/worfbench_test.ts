import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createRandom } from "../../../../data/suites/random.ts";
import { splitOf } from "../../../../data/suites/suite.ts";
import { worfbench } from "../../../../data/suites/worfbench/worfbench.ts";
import { identify, renderGraph, toGraph } from "../../../../data/suites/worfbench/workflow.ts";
import { parseWorkflow } from "../../../../runners/benchmarks/worfbench/parse_workflow.ts";
import { worfbench as benchmark } from "../../../../runners/benchmarks/worfbench/worfbench.ts";
import { exactSimilarity } from "../../../../runners/scoring/score_context.ts";

const FOLDER = join(import.meta.dirname!, "../../../../data/suites/worfbench");
const DOMAINS = ["alfworld", "toolalpaca", "webshop", "wikihow"];

function conversations(count: number, split: "train" | "calibration" = "train") {
  const random = createRandom(`worfbench/test of ${split}`);
  return Array.from({ length: count }, () => worfbench.conversation(random, split));
}

Deno.test("the committed files of worfbench are what the generator makes", async () => {
  const files = worfbench.files();
  assert.deepEqual(
    [...files.keys()].sort(),
    DOMAINS.map((domain) => `gold_traj/${domain}/graph_eval.json`),
  );
  for (const [path, content] of files) {
    assert.ok(await readFile(join(FOLDER, path), "utf8") === content, path);
  }
});

Deno.test("every gold workflow of worfbench scores 1", async () => {
  const samples = await benchmark.load(join(FOLDER, "gold_traj"));
  assert.equal(samples.length, 80);
  assert.equal(new Set(samples.map(({ id }) => id)).size, 80);
  for (const mode of ["fixed", "upstream"] as const) {
    for (const sample of samples) {
      const context = { mode, similarity: exactSimilarity, segment: null };
      for (const { metric, value } of benchmark.score(sample, String(sample.gold), context)) {
        assert.equal(value, 1, `${sample.id}: ${metric}`);
      }
    }
  }
});

Deno.test("worfbench trains on the messages that the benchmark makes", async () => {
  const [sample] = await benchmark.load(join(FOLDER, "gold_traj"));
  const prefix = /^Now it's your turn\.\nTask: /;
  assert.match(sample!.messages[1]!.content, prefix);
  for (const { messages } of conversations(100)) {
    assert.deepEqual(messages[0], sample!.messages[0]);
    assert.match(messages[1]!.content, prefix);
    assert.deepEqual(messages.map(({ role }) => role), ["system", "user", "assistant"]);
  }
});

Deno.test("worfbench's workflows are connected graphs of three to seven different nodes", () => {
  let branching = 0;
  for (const { messages } of conversations(1000)) {
    const { nodes, edges } = parseWorkflow(messages[2]!.content)!;
    const end = nodes.length - 1;
    assert.ok(end - 1 >= 3 && end - 1 <= 7);
    assert.equal(new Set(nodes).size, nodes.length);
    assert.equal(new Set(edges.map(String)).size, edges.length);
    for (const [from, to] of edges) assert.ok(from < to, "nodes stand in an order of the graph");
    for (let i = 1; i <= end; i++) assert.ok(edges.some(([, to]) => to === i));
    for (let i = 0; i < end; i++) assert.ok(edges.some(([from]) => from === i));
    if (edges.length > end) branching++;
  }
  assert.ok(branching > 500, `only ${branching} of 1,000 workflows branch`);
});

Deno.test("worfbench's descriptions hold every step and 30 to 120 words", () => {
  for (const { subtask, messages } of conversations(1000)) {
    const text = messages[1]!.content;
    const words = text.split(/\s+/).length;
    assert.ok(words >= 30 && words <= 120, `${words} words: ${text}`);
    const nodes = parseWorkflow(messages[2]!.content)!.nodes.slice(1, -1);
    for (const node of nodes) {
      const [, tool, , value] = node.split(" ");
      const parts = subtask === "toolalpaca" ? [tool!, value!] : [node];
      for (const part of parts) {
        assert.ok(text.toLowerCase().includes(part.toLowerCase()), `${node} is not in ${text}`);
      }
    }
  }
});

Deno.test("toGraph() joins branches and renderGraph() writes them", () => {
  const step = (text: string) => ({ phrase: text, node: text });
  const graph = toGraph([
    [[step("boil")], [step("wash"), step("cut")]],
    [[step("cook")]],
  ]);
  assert.equal(
    renderGraph(graph),
    "Node:\n1: boil\n2: wash\n3: cut\n4: cook\n" +
      "Edges: (START,1) (START,2) (1,4) (2,3) (3,4) (4,END)",
  );
});

Deno.test("identify() is the same however branches are numbered", () => {
  const step = (text: string) => [{ phrase: text, node: text }];
  const one = identify(toGraph([[step("a"), step("b")], [step("c")]]));
  assert.equal(one, identify(toGraph([[step("b"), step("a")], [step("c")]])));
  assert.notEqual(one, identify(toGraph([[step("a")], [step("b")], [step("c")]])));
});

Deno.test("no workflow of worfbench is in two splits", () => {
  const test = worfbench.testInstances();
  assert.equal(new Set(test).size, 80);
  assert.deepEqual(test.filter((instance) => splitOf(instance) !== "test"), []);
  for (const split of ["train", "calibration"] as const) {
    for (const { instances } of conversations(1000, split)) {
      assert.deepEqual(instances.map(splitOf), [split]);
    }
  }
});
