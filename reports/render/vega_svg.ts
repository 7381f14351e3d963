/**
 * Vega-Lite specification -> SVG, without a browser or a DOM.
 *
 * @module
 */
import * as vega from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import { fontFaceCss } from "./fonts.ts";
import { textWidth } from "./text_width.ts";

/** What Vega hands to its text measure; `vega` exports the object without its type. */
interface TextItem {
  fontSize?: number;
  fontWeight?: string | number;
  limit?: number;
  text?: unknown;
}

const textMetrics = (vega as unknown as {
  textMetrics: { width: (item: TextItem, text?: unknown) => number };
}).textMetrics;

/**
 * Renders a Vega-Lite specification. The same specification gives the same bytes.
 *
 * @param spec The specification; 1 unit of it is 1 pt of the figure.
 * @throws {TypeError} When Vega-Lite refuses the specification or warns about it.
 */
export async function renderSvg(spec: TopLevelSpec): Promise<string> {
  textMetrics.width = (item, text) => measure(item, text ?? item.text);
  const complaints: string[] = [];
  const logger = complaintLogger(complaints);
  const compiled = compile(spec, { logger }).spec;
  vega.resetSVGDefIds();
  const view = new vega.View(vega.parse(compiled), { renderer: "none", logger });
  const svg = await view.toSVG();
  view.finalize();
  if (complaints.length > 0) {
    throw new TypeError(`The specification is not sound: ${complaints.join("; ")}`);
  }
  return svg + "\n";
}

/** The SVG as a file of its own: the font inside, so that it looks the same where it is not installed. */
export function standaloneSvg(svg: string): string {
  return svg.replace(/>/, `><style>${fontFaceCss()}</style>`);
}

/** Width and height of a rendered SVG in pt. */
export function svgSize(svg: string): { width: number; height: number } {
  const found = /<svg[^>]*? width="([\d.]+)"[^>]*? height="([\d.]+)"/.exec(svg);
  if (!found) throw new TypeError("Not an SVG of this renderer: no width and height");
  return { width: Number(found[1]), height: Number(found[2]) };
}

function measure(item: TextItem, text: unknown): number {
  const lines = Array.isArray(text) ? text : [text];
  const bold = item.fontWeight === "bold" || Number(item.fontWeight) >= 600;
  const widest = Math.max(
    0,
    ...lines.map((line) => textWidth(String(line ?? ""), item.fontSize ?? 11, bold)),
  );
  return item.limit ? Math.min(widest, item.limit) : widest;
}

/** Vega says what it ignores only through its logger: a figure with such a line is wrong. */
function complaintLogger(complaints: string[]): vega.LoggerInterface {
  const note = function (this: vega.LoggerInterface, ...parts: readonly unknown[]) {
    complaints.push(parts.map(String).join(" "));
    return this;
  };
  const ignore = function (this: vega.LoggerInterface) {
    return this;
  };
  return {
    level: (() => vega.Warn) as unknown as vega.LoggerInterface["level"],
    error: note,
    warn: note,
    info: ignore,
    debug: ignore,
  };
}
