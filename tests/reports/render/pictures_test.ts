/** SVG, PNG and PDF of a small specification. */
import assert from "node:assert/strict";
import { inflateSync } from "node:zlib";
import type { TopLevelSpec } from "vega-lite";
import { THEME } from "../../../reports/figures/theme.ts";
import { renderPng } from "../../../reports/render/svg_png.ts";
import { svgPdf, typstPdf } from "../../../reports/render/typst_pdf.ts";
import { renderSvg, standaloneSvg, svgSize } from "../../../reports/render/vega_svg.ts";

const SPEC = {
  config: THEME,
  width: 200,
  height: 60,
  data: { values: [{ name: "GPTQ W4A16 <b>&", value: 3 }, { name: "Kendall’s τ", value: 1 }] },
  mark: "bar",
  encoding: {
    x: { field: "value", type: "quantitative" },
    y: { field: "name", type: "nominal", title: null },
  },
} as unknown as TopLevelSpec;

Deno.test("renderSvg() gives the same bytes twice and escapes what it draws", async () => {
  const svg = await renderSvg(SPEC);
  assert.equal(await renderSvg(SPEC), svg);
  assert.ok(svg.includes("GPTQ W4A16 &lt;b&gt;&amp;"));
});

Deno.test("renderSvg() leaves long labels room as wide as the font draws them", async () => {
  const narrow = svgSize(await renderSvg(SPEC)).width;
  const text = JSON.stringify(SPEC).replace("Kendall’s τ", "iiiiiiiiiiiiiiiiiiiiiiii");
  // 24 narrow letters are narrower than their count suggests: below the label that was widest before.
  assert.equal(svgSize(await renderSvg(JSON.parse(text))).width, narrow);
});

Deno.test("renderSvg() refuses a specification that Vega-Lite warns about", async () => {
  const shaped = { x: { field: "value", type: "quantitative" }, shape: { field: "name" } };
  const spec = { ...SPEC, encoding: shaped };
  await assert.rejects(renderSvg(spec as unknown as TopLevelSpec), /not sound/);
});

Deno.test("standaloneSvg() carries its font and loads nothing", async () => {
  const svg = standaloneSvg(await renderSvg(SPEC));
  assert.ok(svg.includes('@font-face{font-family:"Source Sans 3"'));
  const urls = [...svg.matchAll(/url\((.{5})/g)].map(([, start]) => start);
  assert.ok(urls.length > 0 && urls.every((start) => start === "data:" || start!.startsWith("#")));
});

Deno.test("renderPng() gives the same bytes twice, at the resolution asked for", async () => {
  const svg = await renderSvg(SPEC);
  const png = renderPng(svg, 144);
  assert.deepEqual(renderPng(svg, 144), png);
  const width = new DataView(png.buffer, png.byteOffset).getUint32(16);
  assert.equal(width, 2 * svgSize(svg).width);
});

Deno.test("svgPdf() gives one page of the figure's size, with embedded subset fonts and no Type 3", async () => {
  const svg = await renderSvg(SPEC);
  const pdf = svgPdf(svg);
  assert.deepEqual(svgPdf(svg), pdf);
  const text = pdfText(pdf);
  const { width, height } = svgSize(svg);
  assert.match(text, new RegExp(`/MediaBox ?\\[0 0 ${width}(\\.0)? ${height}(\\.0)?\\]`));
  assert.match(text, /\/BaseFont ?\/[A-Z]{6}\+SourceSans3/);
  assert.match(text, /\/FontFile[23]/);
  assert.ok(!/\/Subtype ?\/Type3/.test(text));
  assert.ok(!/\/CreationDate/.test(text));
});

Deno.test("typstPdf() reports what Typst does not accept", () => {
  assert.throws(() => typstPdf("#no_such_function()"), /Typst: .*unknown variable/);
});

/** A PDF with its compressed streams opened, for looking at names. */
function pdfText(pdf: Uint8Array): string {
  const raw = new TextDecoder("latin1").decode(pdf);
  const opened = [...raw.matchAll(/stream\r?\n/g)].map(({ index, 0: mark }) => {
    try {
      return inflateSync(pdf.subarray(index + mark.length), { finishFlush: 2 }).toString("latin1");
    } catch {
      return ""; // Not compressed: in `raw` already.
    }
  });
  return [raw, ...opened].join("\n");
}
