/** What the figures of a study with many models, methods and calibration seeds show, and where. */
import assert from "node:assert/strict";
import { drawsOf } from "../../../reports/draws.ts";
import { shownPositions } from "../../../reports/figures/paper_positions.ts";
import { methodGroups } from "../../../reports/figures/parts.ts";
import { FIGURES } from "../../../reports/figures/registry.ts";
import { picturesOf, renderFigure } from "../../../reports/figures/render_figure.ts";
import { TABLES } from "../../../reports/tables/registry.ts";
import { VENUES } from "../../../reports/render/venues.ts";
import { MODELS, studyResults } from "../study.ts";

const results = studyResults();
const ofModel = drawsOf(results).filter(({ model }) => model === MODELS[0]);
const compressed = ofModel.filter(({ role }) => role === "compressed");

Deno.test("drawsOf() takes calibration seeds together and knows the noise floor", () => {
  assert.equal(compressed.length, 21);
  const gptq = compressed.find(({ title }) => title === "GPTQ W4A16")!;
  assert.deepEqual(gptq.variants.map(({ calibration }) => calibration!.seed), [0, 1]);
  assert.deepEqual(
    ofModel.filter(({ role }) => role === "floor").map(({ title }) => title),
    ["Baseline, transformers", "Baseline, one by one"],
  );
});

Deno.test("methodGroups() shows each method once, or says that it is left out", () => {
  for (const [all, most] of [[30, 30], [10, 10], [10, 8], [10, 5], [3, 2]] as const) {
    const groups = methodGroups(compressed, all, most);
    const told = groups.flatMap(({ draws, leftOut }) => [...draws, ...leftOut]);
    assert.deepEqual(told.map(({ id }) => id).sort(), compressed.map(({ id }) => id).sort());
    for (const { draws } of groups) {
      assert.ok(draws.length > 0 && draws.length <= Math.max(most, 1));
    }
  }
  assert.equal(methodGroups(compressed, 30).length, 1);
  const groups = methodGroups(compressed, 10, 8);
  assert.deepEqual(groups.map(({ name }) => name), ["8-bits", "4-bits", "3-bits", "pruned"]);
  const four = groups[1]!;
  assert.deepEqual(four.leftOut.map(({ title }) => title), [
    "RTN W4A16 g64",
    "RTN W4A16 per channel",
    "RTN W4A16 asymmetric",
    "AWQ W4A16 symmetric",
  ]);
});

Deno.test("shownPositions() takes the paper's where samples reach them, others where answers are short", () => {
  const reach = (length: number) => new Map(Array.from({ length }, (_, i) => [i, i < 150 ? 9 : 2]));
  const paper = [1, 64, 117, 175];
  assert.deepEqual(shownPositions(reach(200), paper), { positions: [1, 64, 117], ofPaper: true });
  assert.deepEqual(shownPositions(reach(31), paper), {
    positions: [0, 10, 20, 30],
    ofPaper: false,
  });
  assert.deepEqual(shownPositions(new Map(), paper).positions, []);
});

const PICTURES: Record<string, number> = {
  needle_heat_maps: 8,
  topk_consistency_by_position: 8,
  perplexity_against_topk: 1,
  logit_histograms_by_position: 8,
  energy_histograms: 8,
  erank_by_bits: 2,
  damage_by_span: 2,
};

Deno.test("a study's figures come in pictures whose captions name what they show", () => {
  for (const [name, count] of Object.entries(PICTURES)) {
    const figure = FIGURES[name]!;
    const pictures = picturesOf(figure, results);
    assert.equal(pictures.length, count, name);
    assert.equal(new Set(pictures.map(({ name }) => name)).size, count);
    const captions = pictures.map(({ options }) => figure.caption(results, options));
    for (const caption of captions) {
      assert.ok(MODELS.some((model) => caption.includes(model)), caption);
      for (const part of [/n = \d/, /interval/, /seed 0/]) assert.match(caption, part);
    }
    if (count === 8) {
      const [, four] = captions;
      for (const part of ["GPTQ W4A16", "calibration seeds 0 and 1 together"]) {
        assert.ok(four!.includes(part), four);
      }
      assert.ok(!four!.includes("GPTQ W3A16") && !four!.includes(MODELS[1]!), four);
    }
  }
});

Deno.test("damage_by_span and its table have one row a method, its calibration seeds together", async () => {
  const figure = FIGURES.damage_by_span!;
  const { options } = picturesOf(figure, results)[0]!;
  const svg = await renderFigure(figure, results, VENUES.icml, options);
  assert.equal(svg.match(/>GPTQ W4A16</g)!.length, 1);
  assert.ok(!svg.includes("seed 1"));
  assert.match(figure.caption(results, options), /calibration seeds 0 and 1 together/);
  const { rows } = TABLES.damage_by_span!.table(results);
  assert.equal(rows.length, MODELS.length * (compressed.length + 2));
});

Deno.test("perplexity_against_topk says how many variants have no place on its axis", () => {
  const { caption } = FIGURES.perplexity_against_topk!;
  assert.ok(!caption(results).includes("Left out"));
  const found: Record<string, number | null> = {
    [`${MODELS[0]}/rtn-w2a16`]: Infinity,
    [`${MODELS[0]}/gptq-w3a16-c0`]: Infinity,
    [`${MODELS[1]}/kv8`]: null,
  };
  const summary = results.summary.map((line) =>
    line.metric === "perplexity" && line.variant in found
      ? { ...line, mean: found[line.variant]! }
      : line
  );
  assert.match(
    caption({ ...results, summary }),
    / Left out: 2 variants whose perplexity is infinite and 1 variant whose perplexity is missing\.$/,
  );
});

Deno.test("a study's pictures hold all that their captions name", async () => {
  const svgs = new Map<string, string>();
  for (const name of Object.keys(PICTURES)) {
    const figure = FIGURES[name]!;
    const picture = picturesOf(figure, results)[PICTURES[name] === 8 ? 2 : 0]!;
    svgs.set(name, await renderFigure(figure, results, VENUES.icml, picture.options));
  }
  const texts = (name: string) =>
    [...svgs.get(name)!.matchAll(/>([^<>]+)<\/(?:text|tspan)>/g)].map(([, text]) => text!);
  const few = ["RTN W3A16", "RTN W2A16", "GPTQ W3A16"];
  const all: [string, string[]][] = [
    ["needle_heat_maps", ["Baseline", ...few, "1024", "Depth (%)"]],
    ["topk_consistency_by_position", [...few, "Baseline, transformers", "Baseline, one by one"]],
    ["perplexity_against_topk", ["W8", "W2", "cache only", "pruned", "k = 20", ...MODELS]],
    ["logit_histograms_by_position", [...few, "position 2", "position 184", "Logit"]],
    ["energy_histograms", [...few, "position 1", "position 175", "E = −ln Σ exp f (nats)"]],
    ["damage_by_span", ["GPTQ W3A16", "[REASON]", "[ACT]", "Top-1 agreement"]],
    ["erank_by_bits", ["Logits", "Hidden states", "Weights", "RTN", "GPTQ", "KV cache", ...MODELS]],
  ];
  for (const [name, wanted] of all) {
    const found = texts(name);
    for (const text of wanted) assert.ok(found.includes(text), `${name} lacks ${text}`);
  }
  // Two panels' rho over 42 variants, with an interval.
  assert.match(
    texts("perplexity_against_topk").join("\n"),
    /^ρ = −0\.\d\d \[−0\.\d\d, −0\.\d\d\]$/m,
  );
});

Deno.test("energy_histograms takes in nearby positions until a panel has tokens enough, and says so", () => {
  const { plan } = results;
  const variants = plan.variants.filter(({ model }) => model === MODELS[0]).slice(0, 2);
  const captionOf = (samples: number) => {
    const position = Int32Array.from({ length: 300 * samples }, (_, index) => index % 300);
    const blocks = variants.map(({ id }) => ({
      ...results.measured.blocks("energy")[0]!,
      variant: id,
      samples: Array.from({ length: samples }, (_, sample) => `sample ${sample}`),
      sample: position.map((_, index) => Math.floor(index / 300)),
      position,
      value: Float64Array.from(position, (at) => -20 - at / 100),
      reason: null,
      reasons: [],
    }));
    const measured = {
      blocks: (metric: string) => metric === "energy" ? blocks : results.measured.blocks(metric),
    };
    return FIGURES.energy_histograms!.caption({
      ...results,
      plan: { ...plan, variants },
      measured,
    });
  };
  const alone = captionOf(30);
  assert.match(alone, /positions 1, 64, 117, 175, 244 and 252 of .*n = 30 tokens a panel/);
  // Position 1 has one position before it.
  assert.match(captionOf(7), /252, and up to 4 beside each, of .*n = 42 to 63 tokens a panel/);
  assert.match(captionOf(3), /252, and up to 8 beside each, of .*n = 30 to 51 tokens a panel/);
  assert.match(captionOf(2), /252, and up to 8 beside each, of .*n = 20 to 34 tokens a panel/);
});
