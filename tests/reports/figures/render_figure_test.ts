import assert from "node:assert/strict";
import { renderAtWidth } from "../../../reports/figures/render_figure.ts";
import { svgSize } from "../../../reports/render/vega_svg.ts";
import { VENUES } from "../../../reports/render/venues.ts";
import type { FigureSpec } from "../../../reports/figures/figure.ts";

Deno.test("a figure whose panels share a width in whole points finds one that fits", async () => {
  const panels = 6;
  const spec = (width: number) => ({
    data: { values: [{ x: 0 }] },
    spacing: 0,
    hconcat: Array.from({ length: panels }, () => ({
      // Seven points more than it reckons with.
      width: Math.floor(width / panels) + 7,
      mark: "point",
      encoding: { x: { field: "x", type: "quantitative", axis: null } },
    })),
  } as unknown as FigureSpec);
  for (const venue of Object.values(VENUES)) {
    const { width } = svgSize(await renderAtWidth("panels", "full", venue, spec));
    assert.ok(width <= venue.full && width > venue.full - 2 * panels, `${width} of ${venue.full}`);
  }
});
