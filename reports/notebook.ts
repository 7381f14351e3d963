/**
 * What notebooks show: data frames, tables and figures of an experiment. A notebook only calls and discusses.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import pl from "nodejs-polars";
import { RUNS_FOLDER } from "../data/logs.ts";
import type { FigureOptions } from "./figures/figure.ts";
import { FIGURES } from "./figures/registry.ts";
import { renderFigure } from "./figures/render_figure.ts";
import { plainLine } from "./render/plain_line.ts";
import type { TableData } from "./render/table_data.ts";
import { escapeHtml, htmlTable } from "./render/table_html.ts";
import { standaloneSvg } from "./render/vega_svg.ts";
import { findVenue } from "./render/venues.ts";
import { loadResults, orderedVariants, type Results, variantTitle } from "./results.ts";
import { choiceLines, choiceSection } from "./site/choice_section.ts";
import { TABLES } from "./tables/registry.ts";

/** What Jupyter shows: contents by MIME type. */
export interface Shown {
  [display: symbol]: () => Record<string, string>;
}

/** Jupyter's own style breaks values in the middle and centres captions. */
const TABLE_STYLE = ".actgauge .scroll{overflow-x:auto;container-type:inline-size}" +
  ".actgauge caption{text-align:left;box-sizing:border-box;" +
  "padding-right:max(0px,100% - 100cqi)}" +
  ".actgauge th,.actgauge td{white-space:nowrap;vertical-align:top}" +
  ".actgauge td.text{white-space:normal;min-width:16rem}" +
  ".actgauge td.left,.actgauge th.left,.actgauge th[scope=row]{text-align:left}" +
  ".actgauge th.group{text-align:center}";

/**
 * Reads a run from `data/runs`, or from the folder that the environment variable `ACTGAUGE_RUNS` names.
 *
 * @throws {LogError} When there is no such run, or it has no results yet.
 */
export function loadRun(name: string): Promise<Results> {
  return loadResults(Deno.env.get("ACTGAUGE_RUNS") ?? RUNS_FOLDER, name);
}

/** Which rows of the summary a data frame holds; what is left out is not filtered. */
export interface SummaryFilter {
  benchmark?: string;
  subtask?: string;
  metric?: string;
  parameter?: string;
}

/**
 * The summary as a data frame, variants in the plan's order by their titles.
 *
 * @throws {RangeError} When no row fits; the message names what there is.
 */
export function summaryFrame(results: Results, filter: SummaryFilter = {}): pl.DataFrame {
  const wanted = Object.entries(filter) as [keyof SummaryFilter, string][];
  const order = orderedVariants(results);
  const fitting = linesThatFit(results.summary, filter);
  const rows = order.flatMap((variant) =>
    fitting
      .filter((row) => row.variant === variant.id)
      .map(({ variant: _, ...row }) => ({ variant: variantTitle(results, variant), ...row }))
  );
  if (rows.length === 0) {
    const there = wanted.map(([column]) =>
      `${column} ${[...new Set(results.summary.map((row) => row[column] ?? "null"))].join(", ")}`
    );
    throw new RangeError(
      `The summary has no row with ${JSON.stringify(filter)}; there are: ${there.join("; ")}`,
    );
  }
  return pl.DataFrame(rows, { inferSchemaLength: rows.length });
}

/**
 * Lines of a log as a data frame, such as `results.capabilities` or `results.spans`.
 *
 * @param filter Columns and the values that their lines must have.
 */
export function linesFrame<Line extends Record<string, unknown>>(
  lines: readonly Line[],
  filter: Partial<Line> = {},
): pl.DataFrame {
  const rows = linesThatFit(lines, filter);
  return pl.DataFrame(rows, { inferSchemaLength: Math.max(1, rows.length) });
}

function linesThatFit<Line extends Record<string, unknown>>(
  lines: readonly Line[],
  filter: Partial<Line>,
): Line[] {
  const wanted = Object.entries(filter);
  return lines.filter((line) => wanted.every(([column, value]) => line[column] === value));
}

/** What to choose and where the damage sits, in sentences. */
export function showChoices(results: Results): Shown {
  return shown({
    "text/html": choiceSection(results),
    "text/plain": choiceLines(results).map(plainLine).join("\n"),
  });
}

/**
 * A figure with its caption.
 *
 * @param name Key of the figure in the registry.
 * @param options What of it: a benchmark, a model, a group of methods.
 */
export async function showFigure(
  results: Results,
  name: string,
  venue = "icml",
  options: Partial<FigureOptions> = {},
): Promise<Shown> {
  const figure = found(FIGURES, name, "figure");
  const svg = await renderFigure(figure, results, findVenue(venue), options);
  const caption = plainLine(figure.caption(results, options));
  return shownFigure(svg, name, figure.title, caption);
}

/** A drawn figure with its caption, in the font that it was drawn with. */
export function shownFigure(svg: string, name: string, title: string, caption: string): Shown {
  // As an image it keeps its font: notebooks drop what a page's style says of fonts.
  const data = Buffer.from(standaloneSvg(svg)).toString("base64");
  const description = escapeHtml(plainLine(`${title}. ${caption}`));
  return shown({
    "text/html": `<figure style="max-width:60rem;background:white;color:#1c1c1c;padding:.5rem" ` +
      `data-figure="${escapeHtml(name)}"><img style="width:100%" alt="${description}" ` +
      `src="data:image/svg+xml;base64,${data}">` +
      `<figcaption>${escapeHtml(caption)}</figcaption></figure>`,
    "text/plain": `${title}: ${caption}`,
  });
}

/**
 * A table with its notes.
 *
 * @param name Key of the table in the registry.
 */
export function showTable(results: Results, name: string): Shown {
  return shownTable(found(TABLES, name, "table").table(results));
}

/** A table that is made already, with its notes. */
export function shownTable(table: TableData): Shown {
  const html = `<div class="actgauge"><style>${TABLE_STYLE}</style>${htmlTable(table)}</div>`;
  return shown({ "text/html": html, "text/plain": plainLine(table.caption) });
}

function found<T>(registry: Record<string, T>, name: string, kind: string): T {
  const entry = registry[name];
  if (entry) return entry;
  const known = Object.keys(registry).join(", ");
  throw new RangeError(`There is no ${kind} ${JSON.stringify(name)}; there are: ${known}`);
}

function shown(bundle: Record<string, string>): Shown {
  return { [Symbol.for("Jupyter.display")]: () => bundle };
}
