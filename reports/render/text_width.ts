/**
 * Width of a line of text in the shipped font, read from the font's own tables, so that Vega lays out
 * what resvg, Typst and browsers later draw. Kerning is left out (below 2 % on words).
 *
 * @module
 */
import { readFileSync } from "node:fs";
import { FONT_FILES } from "./fonts.ts";

/** Advance widths of a TrueType font. */
interface Advances {
  unitsPerEm: number;
  /** Advance in font units by code point; undefined where the font has no glyph. */
  advance(codePoint: number): number | undefined;
}

/**
 * Width of a line of text.
 *
 * @param text One line.
 * @param size Font size; the width has its unit.
 * @param bold True for the bold face.
 */
export function textWidth(text: string, size: number, bold = false): number {
  const font = loadFont(bold ? 1 : 0);
  let units = 0;
  for (const character of text) {
    units += font.advance(character.codePointAt(0)!) ?? font.unitsPerEm * 0.6;
  }
  return units / font.unitsPerEm * size;
}

const loaded: (Advances | undefined)[] = [];

function loadFont(index: number): Advances {
  return loaded[index] ??= readAdvances(readFileSync(FONT_FILES[index]!));
}

/** Reads `head`, `hhea`, `hmtx` and the format 4 `cmap` (OpenType 1.9, chapters of the same names). */
export function readAdvances(bytes: Uint8Array): Advances {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tables = new Map<string, number>();
  for (let i = 0; i < view.getUint16(4); i++) {
    const at = 12 + 16 * i;
    tables.set(String.fromCharCode(...bytes.subarray(at, at + 4)), view.getUint32(at + 8));
  }
  const offset = (tag: string) => {
    const at = tables.get(tag);
    if (at === undefined) throw new TypeError(`Font has no table "${tag}"`);
    return at;
  };
  const metrics = view.getUint16(offset("hhea") + 34);
  const hmtx = offset("hmtx");
  const glyphs = unicodeGlyphs(view, offset("cmap"));
  return {
    unitsPerEm: view.getUint16(offset("head") + 18),
    advance(codePoint) {
      const glyph = glyphs(codePoint);
      if (glyph === 0) return undefined;
      return view.getUint16(hmtx + 4 * Math.min(glyph, metrics - 1));
    },
  };
}

/** Glyph index by code point from the `cmap` table's first format 4 subtable; 0 where there is none. */
function unicodeGlyphs(view: DataView, cmap: number): (codePoint: number) => number {
  for (let i = 0; i < view.getUint16(cmap + 2); i++) {
    const table = cmap + view.getUint32(cmap + 4 + 8 * i + 4);
    if (view.getUint16(table) === 4) return (codePoint) => format4Glyph(view, table, codePoint);
  }
  throw new TypeError("Font has no format 4 cmap subtable");
}

function format4Glyph(view: DataView, table: number, codePoint: number): number {
  const twice = view.getUint16(table + 6);
  const ends = table + 14, starts = ends + twice + 2, deltas = starts + twice;
  const ranges = deltas + twice;
  for (let at = 0; at < twice; at += 2) {
    if (codePoint > view.getUint16(ends + at)) continue;
    const start = view.getUint16(starts + at);
    if (codePoint < start) return 0;
    const range = view.getUint16(ranges + at), delta = view.getUint16(deltas + at);
    if (range === 0) return (codePoint + delta) & 0xffff;
    const glyph = view.getUint16(ranges + at + range + 2 * (codePoint - start));
    return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
  }
  return 0;
}
