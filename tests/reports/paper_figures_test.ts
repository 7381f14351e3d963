import assert from "node:assert/strict";
import { readPaperTables } from "../../data/paper/acbench.ts";
import { PAPER_FIGURES, UNPRINTED_FIGURES } from "../../reports/figures/paper_figures.ts";
import { paperBar } from "../../reports/figures/paper_panels.ts";
import { svgSize } from "../../reports/render/vega_svg.ts";
import { SMALLEST_TEXT, VENUES } from "../../reports/render/venues.ts";
import { drawPaperFigure } from "../../reports/write_paper.ts";

const cells = await readPaperTables();

/** Bars of a specification, wherever they stand in it. */
function barsOf(spec: unknown): { category: string; series: string; value: number | null }[] {
  if (Array.isArray(spec)) return spec.flatMap(barsOf);
  if (typeof spec !== "object" || spec === null) return [];
  const own = "mark" in spec && (spec.mark as { type?: string }).type === "bar" && "data" in spec
    ? (spec.data as { values: ReturnType<typeof barsOf> }).values
    : [];
  return [...own, ...Object.values(spec).flatMap(barsOf)];
}

for (const figure of Object.values(PAPER_FIGURES)) {
  Deno.test(`Figure ${figure.figure} of the paper is as wide as its place, in text of 7 pt and more`, async () => {
    for (const venue of [VENUES.icml, VENUES.acl]) {
      const svg = await drawPaperFigure(figure, cells, venue);
      const { width } = svgSize(svg);
      assert.ok(width <= venue.full && width > venue.full - 4, `${width} in ${venue.full}`);
      const sizes = [...svg.matchAll(/font-size="([\d.]+)(?:px)?"/g)].map(([, size]) =>
        Number(size)
      );
      assert.ok(sizes.every((size) => size >= SMALLEST_TEXT), String(Math.min(...sizes)));
      assert.equal(svg, await drawPaperFigure(figure, cells, venue));
    }
  });
}

Deno.test("every figure of the paper is drawn or listed with why not", () => {
  const numbers = [
    ...Object.keys(PAPER_FIGURES).map(Number),
    ...UNPRINTED_FIGURES.map(({ figure }) => figure),
  ].sort((a, b) => a - b);
  assert.deepEqual(numbers, Array.from({ length: 15 }, (_, i) => i + 1));
});

Deno.test("Figure 9 shows Table 8's cells of InternLM2.5-7B", () => {
  const bars = barsOf(PAPER_FIGURES[9]!.spec(cells, 486));
  assert.equal(bars.length, 12 * 7);
  const value = (category: string, series: string) =>
    bars.find((bar) => bar.category === category && bar.series === series)?.value;
  assert.equal(value("Retrieve String", "Wanda(Un)"), 96.5);
  assert.equal(value("Overall", "FP16"), 72.2);
});

Deno.test("Figure 3 is the mean of string minus JSON", () => {
  const bars = barsOf(PAPER_FIGURES[3]!.spec(cells, 486));
  const gap = bars.find(({ category, series }) => category === "GPTQ" && series === "Qwen2.5-7B")!;
  // Table 8, line 841: 80.5 65.3 62.1 91.4 63.9 against 75.7 72.8 59.3 74.7 64.8.
  assert.ok(Math.abs(gap.value! - (363.2 - 347.3) / 5) < 1e-9, String(gap.value));
});

Deno.test("a mean with a cell that is not printed has no bar", () => {
  const [first, second] = cells.filter(({ value }) => value !== null);
  const lost = cells.find(({ flag }) => flag === "missing")!;
  assert.equal(paperBar("c", "s", [first, second, lost], ([a]) => a!).value, null);
  assert.equal(paperBar("c", "s", [first]).value, first!.value);
  assert.equal(paperBar("c", "s", [undefined]).value, null);
});

Deno.test("Figures 7 and 8 mark what Table 10 lacks", async () => {
  for (const number of [7, 8]) {
    const svg = await drawPaperFigure(PAPER_FIGURES[number]!, cells, VENUES.icml);
    assert.ok(svg.includes("×"), String(number));
  }
});
