import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readPaperTables } from "../../data/paper/acbench.ts";
import { PAPER_LAYOUTS } from "../../data/paper/layouts.ts";
import { PAPER_FORMATS } from "../../reports/paper_formats.ts";
import { showTable, type TableData } from "../../reports/render/table_data.ts";
import { latexTable } from "../../reports/render/table_latex.ts";
import { paperTable } from "../../reports/tables/paper_table.ts";
import { start } from "../../runners/shell.ts";

const cells = await readPaperTables();
const tables = Object.keys(PAPER_LAYOUTS).map((number) => paperTable(Number(number), cells));

/** All shown lines of a table's values. */
function valuesOf(table: TableData): string[] {
  return table.rows.flat().flatMap((cell) => cell.kind === "value" ? cell.lines : []).sort();
}

Deno.test("each table shows every printed cell once, and no other", () => {
  for (const [index, table] of tables.entries()) {
    const own = cells.filter((cell) =>
      cell.table === index + 1 && cell.printed !== "" && cell.column !== "surplus"
    );
    assert.deepEqual(valuesOf(table), own.map(({ printed }) => printed).sort(), table.name);
  }
});

Deno.test("every flagged cell has a note, or its row has", () => {
  for (const [index, table] of tables.entries()) {
    const shown = showTable(table);
    const marked = shown.rows.map((row) => row.some(({ mark }) => mark !== ""));
    const flaggedRows = new Set(
      cells.filter(({ table, flag }) => table === index + 1 && flag !== null)
        .map(({ model, compression, group, column, table }) =>
          table === 1 ? `${group}/${column}` : `${model}/${compression}`
        ),
    );
    // Table 6 sets two rows side by side, and flags none.
    assert.equal(marked.filter(Boolean).length, flaggedRows.size, table.name);
  }
});

Deno.test("bold is the best of each block: Table 8, GPTQ of Qwen2.5-7B overall", () => {
  const { rows } = tables[7]!;
  const bold = rows.flatMap((row) => {
    const last = row.at(-1)!;
    return last.kind === "value" && last.bold ? last.lines : [];
  });
  // InternLM2.5-7B FP16, Mistral-7B SparseGPT(Un), Qwen2.5-14B FP16, Qwen2.5-7B GPTQ; blocks of one row have none.
  assert.deepEqual(bold, ["72.2", "39.7", "77.5", "71.0"]);
});

Deno.test("a row whose label was shifted stands in its own block", () => {
  const { rows } = tables[9]!;
  const labels = rows.map(([model, compression]) =>
    [model, compression].map((cell) => {
      assert.equal(cell!.kind, "text");
      return cell!.kind === "text" ? cell!.text : "";
    })
  );
  const start = labels.findIndex(([model]) => model === "Qwen2.5-32B");
  assert.deepEqual(labels.slice(start, start + 4).map((row) => row.join("|")), [
    "Qwen2.5-32B|GPTQ(INT4)",
    "|AWQ(INT4)",
    "|–",
    "Qwen2.5-14B|GPTQ(INT4)",
  ]);
});

Deno.test("every format shows what is bold, noted and parted", () => {
  const shown: Record<string, RegExp[]> = {
    md: [/\*\*72\.2\*\*/, /FP8<sup>a<\/sup>/],
    html: [/<b>72\.2<\/b>/, /FP8<sup>a<\/sup>/, /<tr class="rule">/],
    tex: [/\\textbf\{72\.2\}/, /\{FP8\}\\textsuperscript\{a\}/, /\\midrule\[0\.03em\]/],
    typ: [/strong\("72\.2"\)/, /"FP8" \+ super\("a"\)/, /table\.hline\(stroke: 0\.3pt\)/],
  };
  for (const [ending, patterns] of Object.entries(shown)) {
    const content = PAPER_FORMATS[ending]!(tables[7]!) as string;
    for (const pattern of patterns) assert.match(content, pattern, ending);
  }
});

Deno.test("every format writes every table; PDF by Typst", () => {
  for (const table of tables) {
    for (const [ending, render] of Object.entries(PAPER_FORMATS)) {
      const content = render(table);
      if (typeof content === "string") assert.ok(content.length > 200, `${table.name}.${ending}`);
      else assert.equal(new TextDecoder().decode(content.slice(0, 5)), "%PDF-", table.name);
    }
  }
});

Deno.test("all ten tables compile in LaTeX within the page, where the machine has pdfLaTeX", async (t) => {
  const engine = ["/usr/bin/pdflatex", "/usr/local/bin/pdflatex"].find(existsSync);
  await t.step({
    name: "pdflatex -halt-on-error",
    ignore: engine === undefined,
    fn: async () => {
      const folder = await Deno.makeTempDir();
      const source = [
        "\\documentclass{article}",
        "\\usepackage[letterpaper,textwidth=6.75in,textheight=9in]{geometry}",
        "\\usepackage{booktabs,graphicx}",
        "\\begin{document}",
        ...tables.map((table) => latexTable(table, { fit: "shrink" }) + "\\clearpage"),
        "\\end{document}",
      ].join("\n");
      await Deno.writeTextFile(`${folder}/tables.tex`, source);
      const { ok, stdout, logTail } = await start({
        command: [engine!, "-halt-on-error", "-interaction=nonstopmode", "tables.tex"],
        cwd: folder,
        stdout: "capture",
      }).done;
      assert.ok(ok, logTail);
      assert.match(stdout, /Output written on tables\.pdf \(10 pages/);
      assert.doesNotMatch(stdout, /Overfull|Float too large/);
      await Deno.remove(folder, { recursive: true });
    },
  });
});
