import assert from "node:assert/strict";
import type { FigureSpec } from "../../../reports/figures/figure.ts";
import { renderAtWidth } from "../../../reports/figures/render_figure.ts";
import { renderSvg, svgSize } from "../../../reports/render/vega_svg.ts";
import { VENUES } from "../../../reports/render/venues.ts";

const view = (width: number) =>
  ({
    width,
    padding: 0,
    data: { values: [{ x: 0 }] },
    mark: "point",
    encoding: { x: { field: "x", type: "quantitative", axis: null } },
  }) as unknown as FigureSpec;

Deno.test("a figure that grows in steps, as panels of whole points do, finds a width that fits", async () => {
  const frame = svgSize(await renderSvg(view(100))).width - 100;
  for (const venue of Object.values(VENUES)) {
    const place = Math.floor(venue.full), step = 12;
    // A step and no more than one point too wide, from where the first correction leads.
    const drawn = (width: number) =>
      place + 1 - step + step * Math.ceil((width - (place - 46)) / step);
    const svg = await renderAtWidth("panels", "full", venue, (width) => view(drawn(width) - frame));
    assert.equal(svgSize(svg).width, place + 1 - step);
  }
});
