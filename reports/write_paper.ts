/**
 * Writes all that is made of the papers: tables, figures, claims; or what a run measured beside them.
 *
 * @module
 */
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { writeAtomically } from "../data/atomic_write.ts";
import { type PaperCell } from "../data/paper/acbench.ts";
import { PAPER_LAYOUTS } from "../data/paper/layouts.ts";
import { comparePrint } from "./compare_print.ts";
import type { PaperFigure } from "./figures/paper_figure.ts";
import { PAPER_FIGURES, UNPRINTED_FIGURES } from "./figures/paper_figures.ts";
import { renderAtWidth } from "./figures/render_figure.ts";
import { claimsHtml, claimsMarkdown } from "./paper_claims_page.ts";
import { PAPER_FORMATS } from "./paper_formats.ts";
import type { PaperStudy } from "./paper_study.ts";
import { renderPng } from "./render/svg_png.ts";
import { svgPdf } from "./render/typst_pdf.ts";
import { standaloneSvg } from "./render/vega_svg.ts";
import type { TableData } from "./render/table_data.ts";
import type { Venue } from "./render/venues.ts";
import type { Results } from "./results.ts";
import { averagesTable, claimsTable } from "./tables/paper_claims.ts";
import { paperComparisonTable } from "./tables/paper_comparison.ts";
import { paperTable } from "./tables/paper_table.ts";

const REPOSITORY = fileURLToPath(new URL("../", import.meta.url));

/** Draws a figure from printed cells. */
export function drawPaperFigure(
  figure: PaperFigure,
  cells: PaperCell[],
  venue: Venue,
): Promise<string> {
  return renderAtWidth(figure.name, figure.span, venue, (width) => figure.spec(cells, width));
}

async function writeTable(folder: string, table: TableData): Promise<string[]> {
  const files: string[] = [];
  for (const [ending, render] of Object.entries(PAPER_FORMATS)) {
    const file = join(folder, `${table.name}.${ending}`);
    await writeAtomically(file, render(table));
    files.push(file);
  }
  return files;
}

async function writeFigure(
  folder: string,
  figure: PaperFigure,
  cells: PaperCell[],
  venue: Venue,
): Promise<string[]> {
  const svg = await drawPaperFigure(figure, cells, venue);
  const contents: Record<string, string | Uint8Array> = {
    svg: standaloneSvg(svg),
    pdf: svgPdf(svg),
    png: renderPng(svg),
    txt: `${figure.title}\n${figure.caption}\n`,
  };
  const files: string[] = [];
  for (const [ending, content] of Object.entries(contents)) {
    const file = join(folder, `${figure.name}.${ending}`);
    await writeAtomically(file, content);
    files.push(file);
  }
  return files;
}

/**
 * Writes the printed tables and figures, the audit and the recomputed averages.
 *
 * @param out Folder.
 * @returns The files.
 */
export async function writePaper(study: PaperStudy, out: string, venue: Venue): Promise<string[]> {
  const files: string[] = [];
  for (const table of Object.keys(PAPER_LAYOUTS)) {
    files.push(...await writeTable(join(out, "tables"), paperTable(Number(table), study.cells)));
  }
  for (const figure of Object.values(PAPER_FIGURES)) {
    files.push(...await writeFigure(join(out, "figures"), figure, study.cells, venue));
  }
  const unprinted = UNPRINTED_FIGURES.map(({ figure, plots, needs }) =>
    `Figure ${figure}: ${plots}. Printed nowhere; needs ${needs}.\n`
  );
  const root = relative(join(out, "claims"), REPOSITORY) + "/";
  const texts: Record<string, string> = {
    "figures/unprinted.txt": unprinted.join(""),
    "claims/claims.md": claimsMarkdown(study.claims, root),
    "claims/claims.html": claimsHtml(study.claims, root),
  };
  for (const [name, content] of Object.entries(texts)) {
    await writeAtomically(join(out, name), content);
    files.push(join(out, name));
  }
  for (const table of [claimsTable(study.claims), averagesTable(study.averages)]) {
    const file = join(out, "claims", `${table.name}.csv`);
    await writeAtomically(file, PAPER_FORMATS["csv"]!(table));
    files.push(file);
  }
  return files;
}

/**
 * Writes what an experiment measured beside what the paper prints.
 *
 * @returns The files; empty when the experiment has nothing that the paper prints.
 */
export async function writePaperComparison(
  study: PaperStudy,
  results: Results,
  out: string,
): Promise<string[]> {
  const comparisons = comparePrint(results, study.cells);
  if (comparisons.length === 0) return [];
  return await writeTable(out, paperComparisonTable(comparisons, results.plan.experiment));
}
