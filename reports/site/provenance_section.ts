/**
 * Where every number comes from: cells, commands, versions, commit.
 *
 * @module
 */
import { fixed } from "../../analysis/numbers.ts";
import type { Cell, RunRecord } from "../../data/types.ts";
import { plainLine } from "../render/plain_line.ts";
import { escapeHtml } from "../render/table_html.ts";
import type { Results } from "../results.ts";
import { commandLine } from "./command_line.ts";

/** Table of all cells, versions and commands. */
export function provenanceSection(results: Results): string {
  const { plan, records } = results;
  const rows = plan.cells.map((cell) => cellRow(cell, records.get(cell.id)));
  return [
    "<p>A cell is one unit of work: making a checkpoint (compress), answering a benchmark " +
    "(evaluate), or logging logits on the baseline's answers (capture). Its id is the hash of all " +
    "that decides its result; its logs lie in <code>cells/</code> and its id inside the folder of " +
    "runs.</p>",
    versionsTable([...records.values()]),
    '<div class="scroll" tabindex="0" role="region" aria-label="Cells">',
    "<table><caption>Cells in the order of the plan</caption><thead><tr>",
    ...["Cell", "Kind", "Variant", "Benchmark", "Seed", "Status", "Seconds", "Started (UTC)"]
      .map((header) => `<th scope="col">${header}</th>`),
    "</tr></thead><tbody>",
    ...rows,
    "</tbody></table></div>",
    commandsDetails(results),
  ].join("\n");
}

function cellRow(cell: Cell, record: RunRecord | undefined): string {
  const columns = [
    cell.kind,
    cell.variant,
    cell.benchmark ?? "–",
    cell.seed === null ? "–" : String(cell.seed),
    record?.status ?? "not run",
    record ? fixed(record.seconds, 1) : "–",
    record ? record.startedAt.replace("T", " ").replace(/(\.\d+)?Z$/, "") : "–",
  ];
  return `<tr id="cell-${cell.id}"><th scope="row"><code>${cell.id}</code></th>${
    columns.map((text) => `<td>${escapeHtml(plainLine(text))}</td>`).join("")
  }</tr>`;
}

/** One row a version that took part; several where cells ran under different ones. */
function versionsTable(records: RunRecord[]): string {
  const versions = new Map<string, Set<string>>();
  for (const record of records) {
    const named = { ...record.versions, commit: record.gitCommit ?? "unknown" };
    for (const [name, version] of Object.entries(named)) {
      versions.set(name, (versions.get(name) ?? new Set()).add(version));
    }
  }
  const rows = [...versions].sort(([a], [b]) => a < b ? -1 : 1).map(([name, found]) =>
    `<tr><th scope="row">${escapeHtml(plainLine(name))}</th><td>${
      [...found].sort().map((version) => `<code>${escapeHtml(plainLine(version))}</code>`).join(
        ", ",
      )
    }</td></tr>`
  );
  return [
    "<details><summary>Versions that took part</summary>",
    '<table><caption>Versions and commit</caption><thead><tr><th scope="col">What</th>' +
    '<th scope="col">Version</th></tr></thead><tbody>',
    ...rows,
    "</tbody></table></details>",
  ].join("\n");
}

function commandsDetails({ records }: Results): string {
  const lines = new Set(
    [...records.values()].flatMap(({ commands }) => commands.map(commandLine)),
  );
  return `<details><summary>Commands of the cells</summary><pre>${
    escapeHtml([...lines].join("\n"))
  }</pre></details>`;
}
