/**
 * Each figure of the synthetic experiment against its committed picture. A changed one lands beside it as
 * `…-changed.svg`; `ACTGAUGE_UPDATE_SNAPSHOTS=1 deno task test tests/reports/figures` accepts it.
 */
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import fc from "fast-check";
import type { Figure } from "../../../reports/figures/figure.ts";
import { FIGURES } from "../../../reports/figures/registry.ts";
import { picturesOf, renderFigure } from "../../../reports/figures/render_figure.ts";
import { renderSvg, svgSize } from "../../../reports/render/vega_svg.ts";
import { SMALLEST_TEXT, VENUES } from "../../../reports/render/venues.ts";
import { loadResults, type Results } from "../../../reports/results.ts";
import { NO_VALUES, someValues } from "../some_values.ts";
import { loadFamily } from "../family_run.ts";
import { EXPERIMENT, POSITIONS, writeFixture } from "../fixture.ts";

function ofFigure(name: string): Results {
  return OF_FAMILY.includes(name) ? family : results;
}

const SNAPSHOTS = new URL("../../snapshots/figures/", import.meta.url);

async function fixture(): Promise<Results> {
  const runs = await Deno.makeTempDir();
  try {
    await writeFixture(runs);
    return await loadResults(runs, EXPERIMENT);
  } finally {
    await Deno.remove(runs, { recursive: true });
  }
}

const results = await fixture();
const family = await loadFamily();

/** Figures that need several models, or all of T-Eval's columns. */
const OF_FAMILY = [
  "same_memory",
  "tool_use_by_ability",
  "format_gap",
  "tool_use_pruned",
  "tool_use_quantized",
  "distillation",
];

for (const figure of Object.values(FIGURES)) {
  const results = ofFigure(figure.name);
  Deno.test(`figure ${figure.name} looks as its snapshot`, async () => {
    const svg = await renderFigure(figure, results, VENUES.icml);
    const snapshot = new URL(`${figure.name}.svg`, SNAPSHOTS);
    const changed = new URL(`${figure.name}-changed.svg`, SNAPSHOTS);
    await Deno.remove(changed).catch(() => {});
    if (Deno.env.get("ACTGAUGE_UPDATE_SNAPSHOTS") === "1") {
      await Deno.mkdir(SNAPSHOTS, { recursive: true });
      await Deno.writeTextFile(snapshot, svg);
    }
    if (await Deno.readTextFile(snapshot).catch(() => null) === svg) return;
    await Deno.writeTextFile(changed, svg);
    assert.fail(
      `${figure.name} is drawn otherwise than in ${snapshot.pathname}. Compare it with ` +
        `${changed.pathname}, and accept it with ACTGAUGE_UPDATE_SNAPSHOTS=1.`,
    );
  });

  Deno.test(`figure ${figure.name} fits every venue with text of ${SMALLEST_TEXT} pt and more`, async () => {
    for (const venue of [VENUES.icml, VENUES.neurips, VENUES.acl]) {
      const svg = await renderFigure(figure, results, venue);
      const place = figure.span === "full" ? venue.full : venue.column;
      const { width } = svgSize(svg);
      assert.ok(width <= place && width > 0.95 * place, `${width} of ${place} pt at ${venue.name}`);
      const sizes = [...svg.matchAll(/font-size="([\d.]+)px"/g)].map(([, size]) => Number(size));
      assert.ok(
        sizes.length > 0 && Math.min(...sizes) >= SMALLEST_TEXT,
        `${Math.min(...sizes)} px`,
      );
    }
  });

  Deno.test(`figure ${figure.name} says so when its data is absent`, async () => {
    const empty = {
      ...results,
      measured: NO_VALUES,
      summary: [],
      capabilities: [],
      spans: [],
      histograms: [],
    };
    const svg = await renderFigure(figure, empty, VENUES.icml);
    assert.match(svg, /no data\./);
    assert.ok(figure.caption(empty).length > 0);
  });

  Deno.test(`figure ${figure.name} names model, n, interval and seed in its caption`, () => {
    const caption = figure.caption(results);
    for (const part of ["fixture-model", /n = \d/, /interval/, "seed 0"]) {
      assert.match(caption, new RegExp(part));
    }
  });
}

async function drawParts(whole: Results, figures: Figure[], numRuns: number): Promise<void> {
  const variants = whole.plan.variants.map(({ id }) => id);
  const metrics = [...new Set(whole.summary.map(({ metric }) => metric))];
  const parts = fc.tuple(fc.subarray(variants), fc.subarray(metrics), fc.nat(POSITIONS));
  await fc.assert(
    fc.asyncProperty(parts, async ([variants, metrics, last]) => {
      const kept = (row: { variant: string; metric: string; position?: number | null }) =>
        variants.includes(row.variant) &&
        (metrics.includes(row.metric) || row.position != null && row.position <= last);
      const some = {
        ...whole,
        measured: someValues(whole.measured, kept),
        summary: whole.summary.filter(kept),
        capabilities: whole.capabilities.filter(({ variant }) => variants.includes(variant)),
        spans: whole.spans.filter(({ variant }) => variants.includes(variant)),
        histograms: whole.histograms.filter(({ variant, position }) =>
          variants.includes(variant) && position <= 6 * last
        ),
      };
      for (const figure of figures) {
        assert.match(await renderSvg(figure.spec(some, { width: 486 })), /^<svg/);
        assert.ok(figure.caption(some).length > 0);
      }
    }),
    { numRuns, seed: 1 },
  );
}

Deno.test("every figure can be drawn of a run that is only partly there", async () => {
  const figures = Object.values(FIGURES);
  await drawParts(results, figures, 12);
  await drawParts(family, figures.filter(({ name }) => OF_FAMILY.includes(name)), 6);
});

Deno.test("the Pareto figures are a picture a model, and one where there is one model", async () => {
  for (const name of ["pareto_by_stored_bytes", "pareto_by_effective_bits"]) {
    const figure = FIGURES[name]!;
    assert.deepEqual(picturesOf(figure, results).map((picture) => picture.name), [name]);
    const pictures = picturesOf(figure, family);
    assert.deepEqual(pictures.map(({ options }) => options.model), [
      "fixture-model-s",
      "fixture-model-l",
    ]);
    const [{ options }] = pictures as [typeof pictures[0]];
    const svg = await renderFigure(figure, family, VENUES.icml, options);
    assert.ok(svg.includes("fixture-model-s: Tool use") && !svg.includes("fixture-model-l"));
    assert.match(
      figure.caption(family, options),
      /of fixture-model-s, from .* seeds 0 and 1 together/,
    );
  }
});

Deno.test("FIGURES names each figure by its file", () => {
  const files = readdirSync(new URL("../../../reports/figures/", import.meta.url));
  for (const [name, figure] of Object.entries(FIGURES)) {
    assert.equal(figure.name, name);
    assert.ok(files.includes(`${name}.ts`), name);
  }
});

Deno.test("a value that changes, changes the picture", async () => {
  const figure = FIGURES.erank_by_bits!;
  const summary = results.summary.map((row) =>
    row.metric === "erank" && row.mean !== null ? { ...row, mean: row.mean + 0.2 } : row
  );
  assert.notEqual(
    await renderFigure(figure, { ...results, summary }, VENUES.icml),
    await renderFigure(figure, results, VENUES.icml),
  );
});
