import assert from "node:assert/strict";
import { readAdvances, textWidth } from "../../../reports/render/text_width.ts";

// fontTools 4.68.0: sum of hmtx[getBestCmap()[ord(c)]][0] / head.unitsPerEm * 10.
const GOLDEN: [text: string, regular: number, bold: number][] = [
  ["Kendall’s τ", 45.17, 48.07],
  ["GPTQ W4A16 − 50 %", 83.18, 86.85],
  ["Spearman’s ρ … ×", 75.78, 79.46],
];

Deno.test("textWidth() agrees with fontTools", () => {
  for (const [text, regular, bold] of GOLDEN) {
    assert.ok(Math.abs(textWidth(text, 10) - regular) < 1e-9, text);
    assert.ok(Math.abs(textWidth(text, 10, true) - bold) < 1e-9, `${text}, bold`);
  }
});

Deno.test("textWidth() gives a glyph that the font lacks a width all the same", () => {
  assert.ok(textWidth("中", 10) > 0);
});

Deno.test("readAdvances() names the table that a font lacks", () => {
  assert.throws(() => readAdvances(new Uint8Array(64)), /no table "(hhea|hmtx|cmap)"/);
});
