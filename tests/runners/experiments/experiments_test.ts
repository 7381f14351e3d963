/** The experiment files that come with the project: what they plan, without running them. */
import assert from "node:assert/strict";
import type { Cell, Variant } from "../../../data/types.ts";
import { readExperiment } from "../../../runners/experiment.ts";
import { plan } from "../../../runners/plan.ts";
import { prepare } from "../../../runners/prepare.ts";
import { runActgauge } from "../../end_to_end/run_actgauge.ts";

const file = (name: string) =>
  new URL(`../../../runners/experiments/${name}.yaml`, import.meta.url).pathname;

Deno.test("acbench.yaml can be looked at without its models, its files, a GPU or a network", async () => {
  const runs = await Deno.makeTempDir();
  const look = await runActgauge("runners/run.ts", [
    file("paper/acbench"),
    "--dry-run",
    "--json",
    "--runs",
    runs,
  ]);
  assert.equal(look.code, 0, look.stderr);
  assert.match(look.stderr, /^acbench: 77 variants, 539 cells, 0 done already, 539 to do$/m);
  assert.match(look.stderr, /^disk: at most [\d.]+ TB .* with --reclaim; /m);
  assert.match(look.stderr, /^assumed: a run needs `revision`.* Qwen\/Qwen2\.5-7B-Instruct, /m);
  assert.match(look.stderr, /^assumed: models of more than 50 million parameters: one accel/m);
  const { cells, assumptions } = JSON.parse(look.stdout);
  assert.equal(cells.length, 539);
  assert.equal(new Set(cells.map(({ variant }: Cell) => variant)).size, 77);
  for (const name of ["teval", "worfbench", "longbench", "longgenbench", "needle_in_a_haystack"]) {
    assert(assumptions.some((text: string) => text.startsWith(`${name}: not on this machine`)));
  }
  const seconds = (id: string) =>
    cells.find(({ kind, variant }: Cell) => kind === "compress" && variant === id)
      .estimate.seconds;
  // 7.62 billion parameters: 4 hours / 175 billion for each, and two passes over 15 GB.
  assert.equal(Math.round(seconds("qwen2.5-7b/gptq-w4a16-g128")), 657);
  assert.equal(Math.round(seconds("qwen2.5-7b/fp8-dynamic")), 30);

  const refused = await runActgauge("runners/run.ts", [file("paper/acbench"), "--runs", runs]);
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /`hub` needs `revision`/);
  await Deno.remove(runs, { recursive: true });
});

Deno.test("study.yaml: at least 12 methods drawn three times, at three sizes and four capabilities", async () => {
  const { plan: { variants, cells }, experiment } = await prepare(file("study"), "/nowhere", true);
  const capabilities = ["teval", "worfbench", "longbench", "household"];
  const evaluated = new Set(
    cells.filter(({ kind }) => kind === "evaluate").map((cell) =>
      `${cell.variant} ${cell.benchmark}`
    ),
  );
  for (const model of ["tiny-agent-s", "tiny-agent-m", "tiny-agent-l"]) {
    const drawn = Map.groupBy(
      variants.filter((variant) => variant.model === model && variant.calibration),
      ({ title }) => title,
    );
    const thrice = [...drawn.values()].filter((draws) =>
      new Set(draws.map(({ calibration }) => calibration!.seed)).size === 3 &&
      draws.every(({ id }) => capabilities.every((name) => evaluated.has(`${id} ${name}`)))
    );
    assert(thrice.length >= 12, `${model}: ${[...drawn.keys()]}`);
  }
  for (const method of ["distilled", "untrained"]) {
    assert(
      variants.some((variant) => variant.model === "tiny-agent-l" && variant.method === method),
    );
  }
  // A method with seeds of its own.
  const nvfp4 = variants.filter(({ id }) => id.startsWith("tiny-agent-s/nvfp4"));
  assert.deepEqual(nvfp4.map(({ calibration }) => calibration?.seed), [0]);
  const asked = (name: string) => experiment.benchmarks.find((entry) => entry.name === name)!;
  assert(asked("teval").samples! >= 100);
  assert(asked("household").samples! >= 30);
});

Deno.test("an experiment's methods may be for some of its models", async () => {
  const experiment = await readExperiment(file("paper/acbench"), true);
  const facts = (await prepare(file("paper/acbench"), "/nowhere", true)).facts;
  const { variants } = plan(experiment, facts);
  const of = (method: string) =>
    new Set(
      variants.filter((variant: Variant) => variant.method === method).map(({ model }) => model),
    );
  assert.deepEqual([...of("kv_cache")], ["mistral-7b"]);
  assert.equal(of("magnitude").size, 4);
  assert.equal(of("none").size, 15);
  assert(variants.every(({ settings }) => !("models" in settings)));
});
