/**
 * What failed, with all that is needed to try it again.
 *
 * @module
 */
import { plural } from "../../analysis/numbers.ts";
import { type Failure, failures } from "../failures.ts";
import { plainLine, plainLines } from "../render/plain_line.ts";
import { escapeHtml } from "../render/table_html.ts";
import type { Results } from "../results.ts";
import { commandLine } from "./command_line.ts";

/** Longest end of a log, in characters. */
const LONGEST_LOG = 4000;

/** Address of a failure inside the page. */
export function failureAnchor(cell: string): string {
  return `failure-${cell}`;
}

/** Section on failures and on what has not run. */
export function failureSections(results: Results): string {
  const failed = failures(results);
  const pending = results.plan.cells.filter(({ id }) => !results.records.has(id));
  const lead = failed.length + pending.length === 0
    ? "<p>Every cell of the plan has finished.</p>"
    : `<p>${plural(failed.length, "cell")} failed, ${pending.length} ${
      pending.length === 1 ? "has" : "have"
    } not run. Their values are shown as failed or as a dash, never as 0.</p>`;
  const open = pending.map(({ kind, variant, benchmark, id }) =>
    `<li>${
      escapeHtml(plainLine([kind, variant, benchmark].filter(Boolean).join(" ")))
    } (cell <a href="#cell-${id}"><code>${id}</code></a>)</li>`
  );
  return [
    lead,
    ...failed.map(failureSection),
    ...open.length === 0 ? [] : ["<h3>Not run</h3>", `<ul>${open.join("")}</ul>`],
  ].join("\n");
}

function failureSection({ cell, record, error }: Failure): string {
  const heading = [cell.variant, cell.kind, cell.benchmark].filter(Boolean).join(", ");
  const log = error.logTail.slice(-LONGEST_LOG);
  return [
    `<section class="failure" id="${failureAnchor(cell.id)}"><h3>${
      escapeHtml(plainLine(heading))
    }</h3>`,
    `<p class="bad">${escapeHtml(plainLine(`${error.kind}: ${error.message}`))}</p>`,
    `<p class="faint">Cell <a href="#cell-${cell.id}"><code>${cell.id}</code></a>, made by</p>`,
    ...record.commands.map((command) => `<pre>${escapeHtml(commandLine(command))}</pre>`),
    log === ""
      ? '<p class="faint">It left no log.</p>'
      : `<details open><summary>End of its log</summary><pre>${
        escapeHtml(plainLines(log))
      }</pre></details>`,
    "</section>",
  ].join("\n");
}
