/**
 * `deno task paper`: the papers' tables, figures and claims, and what your own run measured beside them.
 *
 * @module
 */
import { relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Argument, Command, CommanderError, Option } from "commander";
import { experimentsIn, findRun } from "../analysis/find_run.ts";
import { writeAtomically } from "../data/atomic_write.ts";
import { LogError } from "../data/logs.ts";
import { PAPER_FIGURES, UNPRINTED_FIGURES } from "./figures/paper_figures.ts";
import { claimsHtml, claimsMarkdown, verdictCounts } from "./paper_claims_page.ts";
import { PAPER_FORMATS } from "./paper_formats.ts";
import { COMPARABLE_BENCHMARKS } from "./paper_mapping.ts";
import { loadPaperStudy, type PaperStudy } from "./paper_study.ts";
import { plainLine } from "./render/plain_line.ts";
import { csvTable } from "./render/table_csv.ts";
import { renderPng } from "./render/svg_png.ts";
import { svgPdf } from "./render/typst_pdf.ts";
import { standaloneSvg } from "./render/vega_svg.ts";
import { findVenue, VENUES } from "./render/venues.ts";
import { loadResults } from "./results.ts";
import { claimsTable } from "./tables/paper_claims.ts";
import { paperTable } from "./tables/paper_table.ts";
import { drawPaperFigure, writePaper, writePaperComparison } from "./write_paper.ts";

const OUT = fileURLToPath(new URL("./out/paper", import.meta.url));

const EXAMPLES = `
Examples:
  deno task paper                          all tables, figures and claims into reports/out/paper
  deno task paper table 8                  Table 8 as Markdown
  deno task paper table 8 --format tex     as LaTeX (booktabs)
  deno task paper table 10 --to t10.pdf    as PDF
  deno task paper figure 6 --to fig6.pdf
  deno task paper claims                   the audit as Markdown, contradictions first
  deno task paper --from my-run            each printed score that your run measured too, side by side

Tables and figures of your run in the paper's layout: deno task report my-run

Exit code: 0 done, 1 a log is damaged, 2 there is no such table, figure or run.`;

/** A mistake of the user's, said in one message. */
class UsageError extends Error {}

interface WriteOptions {
  to?: string;
  format?: string;
}

function endingOf({ to, format }: WriteOptions, fallback: string): string {
  return format ?? /\.([a-z]+)$/.exec(to ?? "")?.[1] ?? fallback;
}

/** Writes to the file that the user named, or else to standard output. */
async function deliver(content: string | Uint8Array, to: string | undefined): Promise<void> {
  if (to !== undefined) return await writeAtomically(resolve(to), content);
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  if (typeof content !== "string" && Deno.stdout.isTerminal()) {
    throw new UsageError("this format is binary: name a file with --to");
  }
  for (let at = 0; at < bytes.length;) at += await Deno.stdout.write(bytes.subarray(at));
}

async function printTable(number: string, options: WriteOptions): Promise<void> {
  const { cells } = await loadPaperStudy();
  const ending = endingOf(options, "md");
  const render = PAPER_FORMATS[ending];
  if (!render) {
    throw new UsageError(`no format "${ending}": ${Object.keys(PAPER_FORMATS).join(", ")}`);
  }
  await deliver(render(paperTable(Number(number), cells)), options.to);
}

async function printFigure(
  number: string,
  options: WriteOptions & { venue: string },
): Promise<void> {
  const figure = PAPER_FIGURES[Number(number)];
  if (!figure) {
    const unprinted = UNPRINTED_FIGURES.find((one) => one.figure === Number(number));
    throw new UsageError(
      unprinted
        ? `Figure ${number} plots ${unprinted.plots}: printed nowhere, it needs ${unprinted.needs}`
        : `no figure ${number}; from print: ${Object.keys(PAPER_FIGURES).join(", ")}`,
    );
  }
  const { cells } = await loadPaperStudy();
  const svg = await drawPaperFigure(figure, cells, findVenue(options.venue));
  const formats: Record<string, () => string | Uint8Array> = {
    svg: () => standaloneSvg(svg),
    pdf: () => svgPdf(svg),
    png: () => renderPng(svg),
  };
  const ending = endingOf(options, "svg");
  const render = formats[ending];
  if (!render) throw new UsageError(`no format "${ending}": ${Object.keys(formats).join(", ")}`);
  await deliver(render(), options.to);
}

async function printClaims(options: WriteOptions): Promise<void> {
  const { claims } = await loadPaperStudy();
  const root = relative(
    options.to ? resolve(options.to, "..") : Deno.cwd(),
    resolve(OUT, "../../.."),
  );
  const prefix = root === "" ? "" : `${root}/`;
  const formats: Record<string, () => string> = {
    md: () => claimsMarkdown(claims, prefix),
    html: () => claimsHtml(claims, prefix),
    csv: () => csvTable(claimsTable(claims)),
  };
  const ending = endingOf(options, "md");
  const render = formats[ending];
  if (!render) throw new UsageError(`no format "${ending}": ${Object.keys(formats).join(", ")}`);
  await deliver(render(), options.to);
}

interface AllOptions {
  from?: string;
  runs?: string;
  out: string;
  venue: string;
}

async function compare(study: PaperStudy, options: AllOptions): Promise<void> {
  const run = findRun(options.from!, options.runs);
  const known = await experimentsIn(run.runs);
  if (!known.includes(run.experiment)) {
    throw new UsageError(
      `there is no run "${run.experiment}" in ${run.runs}; there are: ${
        known.join(", ") || "none"
      }`,
    );
  }
  const results = await loadResults(run.runs, run.experiment);
  const out = resolve(options.out, "..", "paper-beside", run.experiment);
  const files = await writePaperComparison(study, results, out);
  if (files.length === 0) {
    const named = (names: string[]) => [...new Set(names)].join(", ") || "none";
    throw new UsageError(
      `no score of "${run.experiment}" is one that the paper prints: its models are ${
        named(results.plan.variants.map(({ model }) => model))
      }, its benchmarks ${
        named(results.summary.map(({ benchmark }) => benchmark))
      }; the paper's benchmarks are ${COMPARABLE_BENCHMARKS.join(", ")}. ` +
        `Its tables and figures in the paper's layout: deno task report ${run.experiment}`,
    );
  }
  console.log(`${run.experiment} beside the print: ${files.join(", ")}`);
}

async function writeAll(options: AllOptions): Promise<void> {
  const study = await loadPaperStudy();
  if (options.from !== undefined) {
    await compare(study, options);
    return;
  }
  const files = await writePaper(study, resolve(options.out), findVenue(options.venue));
  console.log(`${files.length} files in ${resolve(options.out)}\n${verdictCounts(study.claims)}`);
}

function program(): Command {
  const venue = () =>
    new Option("--venue <name>", "whose widths the figures have")
      .choices(Object.keys(VENUES)).default("icml");
  const named = (list: string[], noun: string) => new Argument("<number>", noun).choices(list);
  const command = new Command("deno task paper")
    .description("Regenerates the papers' tables, figures and claims from their data.")
    .option("--from <run>", "a run of yours: what it measured, beside the print")
    .option("--runs <folder>", "folder of runs (default: data/runs)")
    .option("--out <folder>", "where to write", relative(Deno.cwd(), OUT) || ".")
    .addOption(venue())
    .addHelpText("after", EXAMPLES)
    .exitOverride()
    .action(writeAll);
  command.command("table").description("prints one of the ten tables").exitOverride()
    .addArgument(named(Array.from({ length: 10 }, (_, i) => String(i + 1)), "1 to 10"))
    .addOption(new Option("--format <ending>", "its format").choices(Object.keys(PAPER_FORMATS)))
    .option("--to <file>", "a file, whose ending names the format")
    .action(printTable);
  command.command("figure").description("draws a figure that print can draw").exitOverride()
    .argument("<number>", "its number in the paper")
    .addOption(new Option("--format <ending>", "its format").choices(["svg", "pdf", "png"]))
    .option("--to <file>", "a file, whose ending names the format")
    .addOption(venue())
    .action(printFigure);
  command.command("claims").description("prints the audit of the papers' claims").exitOverride()
    .addOption(new Option("--format <ending>", "its format").choices(["md", "html", "csv"]))
    .option("--to <file>", "a file, whose ending names the format")
    .action(printClaims);
  return command;
}

/**
 * Runs the command.
 *
 * @returns Its exit code.
 */
export async function main(args: string[]): Promise<number> {
  try {
    await program().parseAsync(args, { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof UsageError) {
      console.error(plainLine(error.message));
      return 2;
    }
    if (error instanceof LogError || error instanceof SyntaxError) {
      console.error(plainLine(error.message));
      return 1;
    }
    throw error;
  }
}

if (import.meta.main) Deno.exit(await main(Deno.args));
