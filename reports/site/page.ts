/**
 * The report as one HTML page: nothing is loaded, nothing runs.
 *
 * @module
 */
import { readFileSync } from "node:fs";
import { fontFaceCss } from "../render/fonts.ts";
import { TABLE_FORMATS } from "../render/formats.ts";
import { plainLine } from "../render/plain_line.ts";
import { escapeHtml, htmlTable } from "../render/table_html.ts";
import type { Results } from "../results.ts";
import { modelNames } from "../sampling.ts";
import type { ShownRun } from "../samples.ts";
import { TABLES } from "../tables/registry.ts";
import type { Table } from "../tables/table.ts";
import { choiceSection } from "./choice_section.ts";
import { failureAnchor, failureSections } from "./failure_sections.ts";
import { inlineSvg } from "./inline_svg.ts";
import { introduction } from "./introduction.ts";
import { provenanceSection } from "./provenance_section.ts";
import { runAnchor, runSections } from "./run_sections.ts";

/** A figure as it was drawn for the page. */
export interface DrawnFigure {
  /** Name of its files. */
  name: string;
  title: string;
  svg: string;
  caption: string;
}

/** Sections of the page: address, heading. */
const SECTIONS = [
  ["choice", "What to choose"],
  ["tables", "Tables"],
  ["figures", "Figures"],
  ["failures", "Failures"],
  ["samples", "Samples"],
  ["provenance", "Provenance"],
] as const;

/** The whole page. `figures/` and `tables/` beside it hold the files that it links to. */
export function reportPage(results: Results, figures: DrawnFigure[], runs: ShownRun[]): string {
  const title = plainLine(`${results.plan.experiment}: ${modelNames(results)} under compression`);
  const bodies: Record<typeof SECTIONS[number][0], string> = {
    choice: choiceSection(results),
    tables: shownTables(results).map((table) => tableSection(results, table, runs)).join("\n"),
    figures: figures.map(figureSection).join("\n"),
    failures: failureSections(results),
    samples:
      "<p>Some samples of every evaluation, the same under every variant. Open one to read " +
      "the prompt as the model got it and what it answered.</p>\n" + runSections(results, runs),
    provenance: provenanceSection(results),
  };
  const links = SECTIONS.map(([id, heading]) => `<li><a href="#${id}">${heading}</a></li>`);
  return [
    "<!DOCTYPE html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    // No script can run and nothing can be loaded, whatever a completion holds.
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; ` +
    `style-src 'unsafe-inline'; img-src data:; font-src data:">`,
    '<link rel="icon" href="data:,">',
    `<title>${escapeHtml(title)}</title>`,
    `<style>${fontFaceCss()}\n${styleSheet()}</style>`,
    "</head>",
    "<body>",
    `<header><h1>${escapeHtml(title)}</h1><nav aria-label="Sections"><ul>${
      links.join("")
    }</ul></nav></header>`,
    "<main>",
    introduction(results),
    ...SECTIONS.map(([id, heading]) =>
      `<section id="${id}"><h2>${heading}</h2>\n${bodies[id]}\n</section>`
    ),
    "</main>",
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

/** Tables that have more than the column of names. */
export function shownTables(results: Results): Table[] {
  return Object.values(TABLES).filter((table) => table.table(results).columns.length > 1);
}

function styleSheet(): string {
  return readFileSync(new URL("./style.css", import.meta.url), "utf8");
}

function tableSection(results: Results, table: Table, runs: ShownRun[]): string {
  const withSamples = new Set(runs.map(({ cell }) => cell.id));
  const href = (cells: string[]) => {
    const shown = cells.find((id) => withSamples.has(id));
    if (shown) return `#${runAnchor(shown)}`;
    const failed = cells.find((id) => results.records.get(id)?.status === "failed");
    return failed ? `#${failureAnchor(failed)}` : `#cell-${cells[0]}`;
  };
  const files = Object.keys(TABLE_FORMATS).filter((ending) => ending !== "html").map((ending) =>
    `<a href="tables/${table.name}.${ending}">${ending}</a>`
  );
  return [
    `<section id="table-${table.name}"><h3>${escapeHtml(table.title)}</h3>`,
    htmlTable(table.table(results), { href }),
    `<p class="files">As a file: ${files.join(", ")}.</p></section>`,
  ].join("\n");
}

function figureSection({ name, title, svg, caption }: DrawnFigure): string {
  const files = ["pdf", "svg", "png"].map((ending) =>
    `<a href="figures/${name}.${ending}">${ending}</a>`
  );
  return [
    `<figure id="figure-${name}"><h3>${escapeHtml(title)}</h3>`,
    `<div class="picture">${inlineSvg(svg, name, plainLine(`${title}. ${caption}`))}</div>`,
    `<figcaption>${escapeHtml(plainLine(caption))} <span class="files">As a file: ${
      files.join(", ")
    }.</span></figcaption></figure>`,
  ].join("\n");
}
