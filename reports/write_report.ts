/**
 * Writes the report of an experiment: the page, and every figure and table as files beside it.
 *
 * @module
 */
import { join } from "node:path";
import { writeAtomically } from "../data/atomic_write.ts";
import { FIGURES } from "./figures/registry.ts";
import { picturesOf, renderFigure } from "./figures/render_figure.ts";
import { TABLE_FORMATS } from "./render/formats.ts";
import { renderPng } from "./render/svg_png.ts";
import { svgPdf } from "./render/typst_pdf.ts";
import { standaloneSvg } from "./render/vega_svg.ts";
import type { Venue } from "./render/venues.ts";
import { loadResults } from "./results.ts";
import { loadSamples } from "./samples.ts";
import { type DrawnFigure, reportPage, shownTables } from "./site/page.ts";

/** Most samples of one evaluation on the page. */
const SAMPLES_SHOWN = 6;

/** Where a report comes from and goes to. */
export interface ReportRequest {
  /** Folder of runs. */
  runs: string;
  experiment: string;
  /** Folder of reports; the experiment gets one inside. */
  out: string;
  venue: Venue;
}

/** What was written. */
export interface WrittenReport {
  /** The page. */
  page: string;
  /** All other files. */
  files: string[];
}

/**
 * Writes the report. The same runs give the same bytes.
 *
 * @throws {LogError} When the experiment or its results are not there.
 */
export async function writeReport(request: ReportRequest): Promise<WrittenReport> {
  const { runs, experiment, out, venue } = request;
  const results = await loadResults(runs, experiment);
  const folder = join(out, experiment);
  const files: string[] = [];
  const write = async (name: string, content: Uint8Array | string) => {
    await writeAtomically(join(folder, name), content);
    files.push(join(folder, name));
  };
  const figures: DrawnFigure[] = [];
  for (const figure of Object.values(FIGURES)) {
    for (const { name, title, options } of picturesOf(figure, results)) {
      const svg = await renderFigure(figure, results, venue, options);
      figures.push({ name, title, svg, caption: figure.caption(results, options) });
      await write(`figures/${name}.svg`, standaloneSvg(svg));
      await write(`figures/${name}.pdf`, svgPdf(svg));
      await write(`figures/${name}.png`, renderPng(svg));
    }
  }
  for (const table of shownTables(results)) {
    for (const [ending, render] of Object.entries(TABLE_FORMATS)) {
      await write(`tables/${table.name}.${ending}`, render(table.table(results)));
    }
  }
  const samples = await loadSamples(runs, results, SAMPLES_SHOWN);
  const page = join(folder, "index.html");
  await writeAtomically(page, reportPage(results, figures, samples));
  return { page, files };
}
