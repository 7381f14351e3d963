/**
 * Writes an experiment's figures and tables as one Markdown page with its pictures, to be kept in a repository.
 *
 * @module
 */
import { join } from "node:path";
import { writeAtomically } from "../data/atomic_write.ts";
import type { Figure, FigurePart } from "./figures/figure.ts";
import { FIGURES } from "./figures/registry.ts";
import { picturesOf, renderFigure } from "./figures/render_figure.ts";
import { plainLine } from "./render/plain_line.ts";
import { escapeMarkdown, markdownTable } from "./render/table_markdown.ts";
import { standaloneSvg } from "./render/vega_svg.ts";
import { loadResults, type Results } from "./results.ts";
import { modelNames } from "./sampling.ts";
import { choiceLines } from "./site/choice_section.ts";
import { shownTables } from "./site/page.ts";
import type { ReportRequest, WrittenReport } from "./write_report.ts";

/** What to write; figures of single models are those of `model` alone, where it is named. */
export interface GalleryRequest extends ReportRequest {
  model?: string;
}

/**
 * Writes `<out>/<experiment>/README.md`, and the pictures and tables beside it. The same runs give the same bytes.
 *
 * @throws {LogError} When the experiment or its results are not there.
 */
export async function writeGallery(request: GalleryRequest): Promise<WrittenReport> {
  const { runs, experiment, out, venue, model } = request;
  const results = await loadResults(runs, experiment);
  const folder = join(out, experiment);
  const pictures: string[] = [];
  const files: string[] = [];
  for (const figure of Object.values(FIGURES)) {
    for (const part of partsOf(figure, results, model)) {
      const file = `${part.name}.svg`;
      const svg = await renderFigure(figure, results, venue, part.options);
      await writeAtomically(join(folder, file), standaloneSvg(svg));
      files.push(join(folder, file));
      const caption = figure.caption(results, part.options);
      pictures.push(
        section(
          part.title,
          `![${escapeMarkdown(part.title)}](${file})\n\n${escapeMarkdown(caption)}`,
        ),
      );
    }
  }
  const page = join(folder, "README.md");
  const tables: string[] = [];
  for (const table of shownTables(results)) {
    const file = `${table.name}.md`;
    const content = `# ${escapeMarkdown(table.title)}\n\n${markdownTable(table.table(results))}`;
    await writeAtomically(join(folder, file), content);
    files.push(join(folder, file));
    tables.push(`- [${escapeMarkdown(table.title)}](${file})`);
  }
  const choice = choiceLines(results).map((sentence) => `- ${escapeMarkdown(plainLine(sentence))}`)
    .join("\n");
  const title = `${experiment}: ${modelNames(results)} under compression`;
  const content = [
    `# ${escapeMarkdown(title)}`,
    escapeMarkdown(`${results.plan.description} ${cellsText(results)}`),
    section("What to choose", choice),
    section("Tables", tables.join("\n")),
    ...pictures,
  ];
  await writeAtomically(page, content.join("\n\n") + "\n");
  return { page, files };
}

/** A figure's pictures; of those that show one model, the asked one's. */
function partsOf(figure: Figure, results: Results, model: string | undefined): FigurePart[] {
  const parts = picturesOf(figure, results);
  const own = parts.filter(({ options }) => options.model === undefined || options.model === model);
  return model === undefined || own.length === 0 ? parts : own;
}

/** `All 77 cells are done.`, or how many are. */
function cellsText({ plan, records }: Results): string {
  const done = plan.cells.filter(({ id }) => records.get(id)?.status === "done").length;
  return done === plan.cells.length
    ? `All ${done} cells are done.`
    : `${done} of ${plan.cells.length} cells are done: what is missing is a dash, or is not drawn.`;
}

function section(title: string, body: string): string {
  return `## ${escapeMarkdown(title)}\n\n${body}`;
}
