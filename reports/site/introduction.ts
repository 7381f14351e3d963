/**
 * What was run, in plain words.
 *
 * @module
 */
import { METRICS } from "../../analysis/metrics/registry.ts";
import { grouped, listed, plural } from "../../analysis/numbers.ts";
import { drawsOf } from "../draws.ts";
import { failures } from "../failures.ts";
import { plainLine } from "../render/plain_line.ts";
import { escapeHtml } from "../render/table_html.ts";
import type { Results } from "../results.ts";
import { modelNames, seedText } from "../sampling.ts";

/** What the project's benchmarks ask, by name. Others are named without a description. */
const BENCHMARKS: Record<string, string> = {
  teval: "use tools step by step: plan, reason, choose, fill in, review; as JSON and as a string",
  worfbench: "write the workflow of a task: its steps and their order",
  needle_in_a_haystack: "find one sentence again in a long story, by length and depth",
  longbench: "answer from a long text: questions, classes, passages, code",
  longgenbench: "answer many questions in one long text",
  household: "search a room, find an object and do what is asked with it, an action at a time",
};

/** Paragraphs for a reader who knows neither the code nor the experiment. */
export function introduction(results: Results): string {
  const { plan, records } = results;
  const draws = drawsOf(results).filter(({ role }) => role === "compressed");
  const titles = [...new Set(draws.map(({ title }) => title))];
  const versions = draws.reduce((sum, { variants }) => sum + variants.length, 0);
  const seeds = Math.max(1, ...draws.map(({ variants }) => variants.length));
  const several = Object.keys(plan.baseline).length > 1;
  const benchmarks = [
    ...new Set(plan.cells.flatMap(({ kind, benchmark }) => kind === "evaluate" ? benchmark! : [])),
  ];
  const asked = benchmarks.map((name) => {
    const words = BENCHMARKS[name];
    return `<code>${text(name)}</code>${words ? ` (${words})` : ""}`;
  });
  const captured = plan.cells.some(({ kind }) => kind === "capture");
  const done = [...records.values()].filter(({ status }) => status === "done").length;
  const failed = failures(results).length;
  return [
    ...(plan.description ? [`<p>${text(plan.description)}</p>`] : []),
    `<p>This page shows what compression does to the language ${
      several ? "models" : "model"
    } <strong>${text(modelNames(results))}</strong> when ${
      several ? "they act as agents. Each" : "it acts as an agent. The"
    } uncompressed model, ${several ? "a" : "the"} <em>baseline</em>, was compared ` +
    `with compressed versions of it (${
      several ? `${grouped(versions)} together` : grouped(versions)
    }): ${listed(titles.map(text))}${
      seeds > 1 ? `, some with up to ${seeds} draws of the texts that they are calibrated on` : ""
    }. Each is a <em>variant</em>.</p>`,
    `<p>Every variant answered the same questions of ${
      listed(asked)
    }, and the answers were scored ` +
    `(${seedText(results)}).${
      captured
        ? " Then every variant read the baseline's own answers, token by token, and its logits (what it " +
          "thinks of each possible next token) were compared with the baseline's at the same place."
        : ""
    } Of ${plural(plan.cells.length, "unit")} of work ${grouped(done)} finished${
      failed === 0
        ? ""
        : `, <a href="#failures"><span class="bad">${plural(failed, "unit")} failed</span></a>`
    }.</p>`,
    "<p>Every score in the tables is a link to the questions and answers behind it. A dash means that " +
    "there is no value; the note below the table says why.</p>",
    metricWords(results),
  ].join("\n");
}

function metricWords({ summary }: Results): string {
  const measured = new Set(summary.map(({ metric }) => metric));
  const entries = Object.values(METRICS).filter(({ name }) => measured.has(name)).map((metric) => {
    const unit = metric.unit === "" ? "" : `, in ${metric.unit}`;
    const better = metric.better === "neither"
      ? ""
      : `; ${metric.better} is closer to the baseline`;
    return `<dt>${text(metric.title)} <code>${metric.name}</code></dt><dd>${
      text(`${metric.source}${unit}${better}.`)
    }</dd>`;
  });
  return entries.length === 0
    ? ""
    : `<details><summary>Metrics and where they are defined</summary><dl>${
      entries.join("")
    }</dl></details>`;
}

function text(value: string): string {
  return escapeHtml(plainLine(value));
}
