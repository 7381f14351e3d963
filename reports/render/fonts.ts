/**
 * The one font of figures and pages, shipped with the project.
 *
 * @module
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Family name of the shipped font. */
export const FONT_FAMILY = "Source Sans 3";

/** The same as CSS wants it: without quotes a name with a digit is no name, and the browser's font is taken. */
export const FONT_STACK = `'${FONT_FAMILY}', sans-serif`;

const folder = new URL("./fonts/", import.meta.url);

/** TrueType files, for programs that draw. */
export const FONT_FILES = ["SourceSans3-Regular.ttf", "SourceSans3-Bold.ttf"].map((name) =>
  fileURLToPath(new URL(name, folder))
);

/** Unicode ranges of the web subsets: the browser takes a glyph from the subset that has it. */
const SUBSETS = [
  { subset: "latin", range: "U+0000-00FF,U+0131,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212" },
  { subset: "greek", range: "U+0370-03FF" },
];

let css: string | null = null;

/** `@font-face` rules with the font inside as data, for pages and SVG files that load nothing. */
export function fontFaceCss(): string {
  css ??= [400, 700].flatMap((weight) =>
    SUBSETS.map(({ subset, range }) => {
      const file = new URL(`source-sans-3-${subset}-${weight}-normal.woff2`, folder);
      const data = readFileSync(file).toString("base64");
      return `@font-face{font-family:"${FONT_FAMILY}";font-weight:${weight};` +
        `src:url(data:font/woff2;base64,${data}) format("woff2");unicode-range:${range}}`;
    })
  ).join("\n");
  return css;
}
