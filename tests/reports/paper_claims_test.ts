import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { rankContradictions } from "../../analysis/claims/audit.ts";
import { claimsHtml, claimsMarkdown, verdictCounts } from "../../reports/paper_claims_page.ts";
import { loadPaperStudy } from "../../reports/paper_study.ts";
import { averagesTable, claimsTable } from "../../reports/tables/paper_claims.ts";
import { csvTable } from "../../reports/render/table_csv.ts";

const study = await loadPaperStudy();
const ROOT = new URL("../../", import.meta.url);

Deno.test("the report names every claim, contradictions in their rank", () => {
  const html = claimsHtml(study.claims, "../");
  const order = [...html.matchAll(/<article id="([^"]+)">/g)].map(([, id]) => id);
  assert.equal(order.length, study.claims.length);
  const ranked = rankContradictions(study.claims).map(({ claim }) => claim.id);
  assert.deepEqual(order.slice(0, ranked.length), ranked);
});

Deno.test("links of the report lead to the lines of the transcription that it names", async () => {
  const markdown = claimsMarkdown(study.claims, "");
  const links = [...markdown.matchAll(/\]\((data\/paper\/[^)#]+)#L(\d+)\) (\S+)/g)];
  assert.ok(links.length > 500);
  const files = new Map<string, string[]>();
  for (const [, file, line, printed] of links) {
    const path = new URL(file!, ROOT);
    if (!files.has(file!)) {
      assert.ok(existsSync(path), file);
      files.set(file!, (await Deno.readTextFile(path)).split("\n"));
    }
    const row = files.get(file!)![Number(line) - 1]!;
    const number = /^[\d.]+/.exec(printed!.replaceAll("\\", ""))?.[0];
    if (number) assert.ok(row.includes(number.replace(/\.$/, "")), `${file}#L${line}: ${printed}`);
  }
});

Deno.test("the table of claims has a row for every reading, and names the cells", () => {
  const csv = csvTable(claimsTable(study.claims));
  const readings = study.claims.reduce((count, { readings }) => count + readings.length, 0);
  assert.equal(csv.trim().split("\r\n").length, readings + 1);
  assert.match(csv, /data\/paper\/acbench\/table8\.csv#L\d+/);
});

Deno.test("verdictCounts() counts every claim once", () => {
  const [all, ...parts] = [...verdictCounts(study.claims).matchAll(/\d+/g)].map(Number);
  assert.equal(parts.reduce((sum, part) => sum + part, 0), all);
});

Deno.test("the table of averages lists those that are lost or off", () => {
  const { caption, rows } = averagesTable(study.averages);
  assert.match(caption, /of 142, 137 agree to the last digit/);
  assert.equal(rows.length, 5);
});
