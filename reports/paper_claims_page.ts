/**
 * The report of the audit of claims, in Markdown and HTML: contradictions first, the worst on top, each
 * with links to its cells.
 *
 * @module
 */
import { type AuditedClaim, rankContradictions, type Verdict } from "../analysis/claims/audit.ts";
import { describeRule } from "../analysis/claims/describe_rule.ts";
import { cellKey, type PaperCell } from "../data/paper/acbench.ts";
import { escapeHtml } from "./render/table_html.ts";
import { escapeMarkdown } from "./render/table_markdown.ts";
import { paperCellAddress } from "./tables/paper_cell.ts";

/** Cells that a claim shows before the rest is only counted; `paper_claims.csv` names them all. */
const CELLS_SHOWN = 40;

const VERDICTS: Verdict[] = [
  "contradicted",
  "depends on the reading",
  "supported",
  "cannot be checked",
];

/** Words that both formats share. */
const WORDS = {
  title: "What the papers claim, checked against what they print",
  introduction:
    "Every verdict is computed from the transcribed cells by the rule shown. A sentence with an " +
    "ambiguous word has several readings. A flagged cell counts with its best reading; a cell that is " +
    "not printed decides nothing. Claims are ranked by the share of their readings that the cells " +
    "contradict, then by the gap: the distance from what the rule asks, relative to the numbers " +
    "compared, or the distance of the shares.",
  contradictions: "Contradictions, the worst first",
  others: "All other claims",
};

interface CellLink {
  name: string;
  printed: string;
  flag: string;
  address: string;
}

function linksOf({ claim, cells }: AuditedClaim): { shown: CellLink[]; more: number } {
  const absent = claim.paper !== "ACBench";
  const link = (cell: PaperCell): CellLink => ({
    name: absent ? `${cell.group} ${cell.model} ${cell.column}`.trim() : cellKey(cell),
    printed: cell.printed || "–",
    flag: cell.flag ?? "",
    address: absent
      ? `data/paper/structured_agent_distillation/absences.csv#L${cell.row}`
      : paperCellAddress(cell),
  });
  return {
    shown: cells.slice(0, CELLS_SHOWN).map(link),
    more: Math.max(0, cells.length - CELLS_SHOWN),
  };
}

function sections(
  audited: AuditedClaim[],
): { contradictions: AuditedClaim[]; others: AuditedClaim[] } {
  const contradictions = rankContradictions(audited);
  const ranked = new Set(contradictions);
  return { contradictions, others: audited.filter((claim) => !ranked.has(claim)) };
}

/** How many claims have each verdict, in words. */
export function verdictCounts(audited: AuditedClaim[]): string {
  const count = (verdict: Verdict) => audited.filter((claim) => claim.verdict === verdict).length;
  return `${audited.length} claims: ${
    VERDICTS.map((verdict) => `${count(verdict)} ${verdict}`).join(", ")
  }.`;
}

function place({ claim }: AuditedClaim): string {
  return `${claim.paper}, ${claim.section}, line ${claim.line}`;
}

/**
 * The report in Markdown.
 *
 * @param root Path from the report to the repository, with a slash at its end.
 */
export function claimsMarkdown(audited: AuditedClaim[], root: string): string {
  const entry = (one: AuditedClaim) => {
    const { shown, more } = linksOf(one);
    return [
      `### ${escapeMarkdown(one.claim.sentence)}`,
      "",
      `${escapeMarkdown(place(one))}. **${one.verdict}** (\`${one.claim.id}\`)`,
      "",
      ...one.readings.map((reading, index) =>
        `- *${escapeMarkdown(reading.name)}*: **${reading.outcome}**. ` +
        `Found: ${escapeMarkdown(reading.detail)}. ` +
        `Rule: ${escapeMarkdown(describeRule(one.claim.readings[index]!.rule))}`
      ),
      "",
      ...(shown.length === 0 ? [] : [
        `Cells: ${
          shown.map(({ name, printed, flag, address }) =>
            `[${escapeMarkdown(name)}](${root}${address}) ${escapeMarkdown(printed)}` +
            (flag ? ` (${flag})` : "")
          ).join("; ")
        }${more ? `; and ${more} more` : ""}`,
        "",
      ]),
    ].join("\n");
  };
  const { contradictions, others } = sections(audited);
  return [
    `# ${WORDS.title}`,
    "",
    escapeMarkdown(verdictCounts(audited)),
    "",
    escapeMarkdown(WORDS.introduction),
    "",
    `## ${WORDS.contradictions}`,
    "",
    ...contradictions.map(entry),
    `## ${WORDS.others}`,
    "",
    ...others.map(entry),
  ].join("\n");
}

const STYLE =
  "body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}" +
  "article{border-top:1px solid #ccc;padding:.6rem 0}h3{margin:.2rem 0;font-size:1rem}" +
  "li,details{font-size:.9rem}.place{color:#555;font-size:.9rem}" +
  ".contradicted{color:#a02c00}.supported{color:#00694a}.open{color:#555}";

function verdictClass(verdict: Verdict): string {
  if (verdict === "contradicted" || verdict === "supported") return verdict;
  return "open";
}

/**
 * The report as one HTML page without scripts.
 *
 * @param root Path from the page to the repository, with a slash at its end.
 */
export function claimsHtml(audited: AuditedClaim[], root: string): string {
  const strong = (verdict: Verdict) =>
    `<strong class="${verdictClass(verdict)}">${escapeHtml(verdict)}</strong>`;
  const entry = (one: AuditedClaim) => {
    const { shown, more } = linksOf(one);
    const readings = one.readings.map((reading, index) =>
      `<li><em>${escapeHtml(reading.name)}</em>: ${strong(reading.outcome)}. ` +
      `Found: ${escapeHtml(reading.detail)}.<br>Rule: ${
        escapeHtml(describeRule(one.claim.readings[index]!.rule))
      }</li>`
    );
    const cells = shown.map(({ name, printed, flag, address }) =>
      `<li><a href="${escapeHtml(root + address)}">${escapeHtml(name)}</a> ${escapeHtml(printed)}${
        flag ? ` (${flag})` : ""
      }</li>`
    );
    return [
      `<article id="${escapeHtml(one.claim.id)}"><h3>${escapeHtml(one.claim.sentence)}</h3>`,
      `<p class="place">${escapeHtml(place(one))}. ${strong(one.verdict)}</p>`,
      `<ul>${readings.join("")}</ul>`,
      ...(shown.length === 0 ? [] : [
        `<details><summary>${one.cells.length} cells, ${one.flagged.length} flagged</summary>`,
        `<ul>${cells.join("")}${more ? `<li>and ${more} more</li>` : ""}</ul></details>`,
      ]),
      "</article>",
    ].join("\n");
  };
  const { contradictions, others } = sections(audited);
  return [
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${WORDS.title}</title>`,
    `<meta name="viewport" content="width=device-width"><style>${STYLE}</style></head><body>`,
    `<h1>${WORDS.title}</h1><p>${escapeHtml(verdictCounts(audited))}</p>`,
    `<p>${escapeHtml(WORDS.introduction)}</p><h2>${WORDS.contradictions}</h2>`,
    ...contradictions.map(entry),
    `<h2>${WORDS.others}</h2>`,
    ...others.map(entry),
    "</body></html>",
    "",
  ].join("\n");
}
