/**
 * A section of the page for each evaluation, with some of its samples.
 *
 * @module
 */
import { fixed, plural } from "../../analysis/numbers.ts";
import { plainLine, plainLines } from "../render/plain_line.ts";
import { escapeHtml } from "../render/table_html.ts";
import { type Results, summaryOf, variantTitle } from "../results.ts";
import type { ShownRun, ShownSample } from "../samples.ts";
import { mainScores } from "../scores.ts";
import { shorten } from "./shorten.ts";

/** Most characters of a prompt, and of a completion. */
const LONGEST_PROMPT = 1000;
const LONGEST_COMPLETION = 700;

/** What stands for a text that an imported result lacks. */
const NOT_KEPT = "(not in the imported results)";

/** Address of an evaluation's section inside the page. */
export function runAnchor(cell: string): string {
  return `run-${cell}`;
}

/** Sections of all evaluations. */
export function runSections(results: Results, runs: ShownRun[]): string {
  return runs.map((run) => runSection(results, run)).join("\n");
}

function runSection(results: Results, run: ShownRun): string {
  const { cell, samples, total, file } = run;
  const variant = results.plan.variants.find(({ id }) => id === cell.variant)!;
  const heading = `${variantTitle(results, variant)} on ${cell.benchmark}`;
  return [
    `<section class="run" id="${runAnchor(cell.id)}">`,
    `<h3>${line(heading)}</h3>`,
    `<p class="faint">${
      line(scoreText(results, run))
    } Seed ${cell.seed}. Cell <a href="#cell-${cell.id}"><code>${cell.id}</code></a>. ` +
    `${samples.length} of ${plural(total, "sample")} shown; all are in <code>${
      line(file)
    }</code> in the folder of runs.</p>`,
    ...samples.map((sample) => sampleDetails(sample, file)),
    "</section>",
  ].join("\n");
}

function scoreText(results: Results, { cell }: ShownRun): string {
  return mainScores(results).flatMap((column) => {
    if (column.benchmark !== cell.benchmark) return [];
    const row = summaryOf(results, { ...column, variant: cell.variant, parameter: null });
    return row?.mean == null ? [] : [`${column.subtask} ${column.metric} ${fixed(row.mean, 3)}`];
  }).join(", ").concat(".");
}

function sampleDetails(sample: ShownSample, file: string): string {
  const { id, subtask, prompt, completion, gold, finishReason, scores } = sample;
  const shown = scores.map(({ metric, value, reason }) =>
    `${metric} ${value === null ? `– (${reason ?? "no reason given"})` : fixed(value, 2)}`
  );
  const cut = finishReason === "length" ? " (cut at its longest length)" : "";
  return [
    `<details class="sample"><summary><code>${line(id)}</code> ${line(subtask)}: ${
      line(shown.join(", ") || "not scored")
    }</summary>`,
    `<p class="faint">Prompt</p><pre>${
      block(shorten(prompt ?? NOT_KEPT, LONGEST_PROMPT, file))
    }</pre>`,
    `<p class="faint">Completion${cut}</p><pre>${
      block(shorten(completion ?? NOT_KEPT, LONGEST_COMPLETION, file))
    }</pre>`,
    gold === null
      ? ""
      : `<p class="faint">Right answer</p><pre>${
        block(shorten(gold, LONGEST_COMPLETION, file))
      }</pre>`,
    "</details>",
  ].join("\n");
}

function line(text: string): string {
  return escapeHtml(plainLine(text));
}

function block(text: string): string {
  return escapeHtml(plainLines(text));
}
