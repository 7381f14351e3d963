/** Every format of tables against texts that try to be markup. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { start } from "../../../runners/shell.ts";
import { TABLE_FORMATS } from "../../../reports/render/formats.ts";
import { csvTable, csvText } from "../../../reports/render/table_csv.ts";
import { type TableCell, type TableData } from "../../../reports/render/table_data.ts";
import { htmlTable } from "../../../reports/render/table_html.ts";
import { escapeLatex, latexTable } from "../../../reports/render/table_latex.ts";
import { escapeMarkdown, markdownTable } from "../../../reports/render/table_markdown.ts";
import { typstTable } from "../../../reports/render/table_typst.ts";
import { typstPdf } from "../../../reports/render/typst_pdf.ts";

const HOSTILE = [
  "<script>alert(1)</script>",
  "\\input{/etc/passwd}",
  '#eval("1") #read("/etc/passwd") $x$ *b* _i_ @ref',
  "a | b & c % d ~ e ^ f { } ` \" '",
  "line\nbreak\r\nand\ttab",
  "\u001b[31mred\u001b[0m \u202eright to left",
  "[x](javascript:alert(1)) ![i](x) http://example.org",
  "[2pt] * first",
  "=cmd()|' /C calc'!A0",
  "中文 ü − × …",
];

function table(texts: string[]): TableData {
  const rows = texts.map((text): TableCell[] => [
    { kind: "text", text },
    { kind: "value", lines: [text, "0.5 [0.4, 0.6]"], cells: ["00000000000000aa"] },
    { kind: "failed", reason: text, cells: [] },
    { kind: "missing", why: text },
  ]);
  return {
    name: "t",
    caption: texts.join(" "),
    columns: [
      { header: "Method", group: "", align: "left" },
      { header: texts[0] ?? "", group: "G", align: "right" },
      { header: "second", group: "G", align: "right" },
      { header: "third", group: "", align: "right" },
    ],
    rows,
  };
}

Deno.test("no format lets a control or direction character through", () => {
  const unseen = /[^\P{Cc}\r\n\t]|[\u202a-\u202e]/u;
  for (const [ending, render] of Object.entries(TABLE_FORMATS)) {
    assert.ok(!unseen.test(render(table(HOSTILE))), ending);
  }
});

Deno.test("every format shows failures with their reason, and a missing value as an en dash with a note", () => {
  const one = table(["out of memory"]);
  for (const [ending, render] of Object.entries(TABLE_FORMATS)) {
    const text = render(one);
    assert.ok(text.includes("failed: out of memory"), ending);
    assert.ok(text.includes(ending === "tex" ? "{--}" : "–"), ending);
  }
  assert.ok(htmlTable(one).includes("–<sup>a</sup>"));
  assert.ok(htmlTable(one).includes("<sup>a</sup> out of memory"));
});

Deno.test("htmlTable() has no element that the table did not make", () => {
  const tags = new Set(
    [...htmlTable(table(HOSTILE)).matchAll(/<\/?([a-z]+)/g)].map(([, name]) => name),
  );
  const made = [
    "div",
    "table",
    "caption",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "sup",
    "span",
    "br",
    "p",
  ];
  assert.deepEqual([...tags].filter((tag) => !made.includes(tag!)), []);
});

Deno.test("htmlTable() gives headers their scope and values their cells", () => {
  const html = htmlTable(table(["x"]), { href: ([cell]) => `#run-${cell}` });
  assert.ok(html.includes('<th scope="colgroup" colspan="2"'));
  assert.ok(html.includes('<th scope="col"') && html.includes('<th scope="row"'));
  assert.ok(html.includes('data-cells="00000000000000aa"><a href="#run-00000000000000aa">x</a>'));
});

Deno.test("markdownTable() keeps each row on a line with as many bars as columns", () => {
  const lines = markdownTable(table(HOSTILE)).split("\n").filter((line) => line.startsWith("|"));
  assert.equal(lines.length, HOSTILE.length + 2);
  for (const line of lines) assert.equal(line.replace(/\\\|/g, "").split("|").length - 2, 4, line);
});

Deno.test("escapeMarkdown() leaves no character that opens markup", () => {
  fc.assert(fc.property(fc.string({ unit: "binary-ascii" }), (text) => {
    const bare = escapeMarkdown(text).replace(/\\./gs, "").replace(/<\/?span>/g, "");
    assert.ok(!/[`*_[\]|<>#]/.test(bare), bare);
  }));
});

Deno.test("csvTable() reads back as written", () => {
  fc.assert(fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 4 }), (texts) => {
    const rows = parseCsv(csvTable(table(texts)));
    assert.equal(rows.length, texts.length + 1);
    assert.ok(rows.every((row) => row.length === 5));
  }));
  assert.equal(csvText("=1+1"), "'=1+1");
});

Deno.test("csvTable() writes values with a plain minus and names their cells", () => {
  const one = table(["x"]);
  one.rows[0]![1] = { kind: "value", lines: ["−0.5"], cells: ["00000000000000aa"] };
  const [, row] = parseCsv(csvTable(one));
  assert.deepEqual(row, ["x", "-0.5", "failed: x", "–", "00000000000000aa"]);
});

Deno.test("escapeLatex() leaves no active character and balances its braces", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
    const escaped = escapeLatex(text.replace(/[\r\n\t]/g, " "));
    const bare = escaped.replace(/\\[a-z]+(\{\})?|\\[{}$&#_%]/gi, "");
    assert.ok(
      !/[\\$&#_%^~]/.test(bare.replace(/\\ensuremath\{[^}]*\}/g, "").replaceAll("~", "")),
      escaped,
    );
    let depth = 0;
    for (const character of escaped.replace(/\\[{}]/g, "")) {
      depth += character === "{" ? 1 : character === "}" ? -1 : 0;
      assert.ok(depth >= 0, escaped);
    }
    assert.equal(depth, 0, escaped);
  }));
});

Deno.test("latexTable() of hostile text compiles, where the machine has pdfLaTeX", async (t) => {
  const engine = ["/usr/bin/pdflatex", "/usr/local/bin/pdflatex"].find(existsSync);
  await t.step({
    name: "pdflatex -halt-on-error",
    ignore: engine === undefined,
    async fn() {
      const folder = await Deno.makeTempDir();
      try {
        const document = "\\documentclass{article}\\usepackage{booktabs}\\begin{document}\n" +
          latexTable(table(HOSTILE)) + "\\end{document}\n";
        await Deno.writeTextFile(join(folder, "t.tex"), document);
        const command = [engine!, "-interaction=nonstopmode", "-halt-on-error", "t.tex"];
        const { ok, stdout } = await start({ command, cwd: folder, stdout: "capture" }).done;
        assert.ok(ok, stdout);
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    },
  });
});

Deno.test("typstTable() of hostile text compiles and evaluates none of it", () => {
  const markup = typstTable(table(HOSTILE));
  assert.ok(typstPdf(markup).length > 1000);
  // All texts stand inside string literals: outside of them only the table's own calls are left.
  const outside = markup.replace(/"(\\.|[^"\\])*"/gs, '""');
  const calls = new Set([...outside.matchAll(/#?([a-z.]+)\(/g)].map(([, name]) => name));
  assert.deepEqual(
    [...calls].sort(),
    ["figure", "linebreak", "super", "table", "table.cell", "table.header", "table.hline", "text"],
  );
});

/** RFC 4180. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  let field = "", quoted = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    if (quoted) {
      if (character !== '"') field += character;
      else if (text[i + 1] === '"') field += text[++i];
      else quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === ",") {
      rows.at(-1)!.push(field);
      field = "";
    } else if (character === "\r" && text[i + 1] === "\n") {
      rows.at(-1)!.push(field);
      rows.push([]);
      field = "";
      i++;
    } else field += character;
  }
  return rows.slice(0, -1);
}
