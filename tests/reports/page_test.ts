/** The page in a real browser: quiet, self-contained, linked, readable, and hostile text stays text. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { FIGURES } from "../../reports/figures/registry.ts";
import { VENUES } from "../../reports/render/venues.ts";
import { writeReport, type WrittenReport } from "../../reports/write_report.ts";
import { openBrowser } from "./browser.ts";
import { EXPERIMENT, HOSTILE, writeFixture } from "./fixture.ts";

async function written(folder: string): Promise<WrittenReport> {
  const runs = join(folder, "runs");
  await writeFixture(runs);
  return await writeReport({
    runs,
    experiment: EXPERIMENT,
    out: join(folder, "out"),
    venue: VENUES.icml,
  });
}

Deno.test({
  name: "the report's page in a browser",
  // Playwright keeps its connection's timers until the process ends.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn(t) {
    const folder = await Deno.makeTempDir();
    const browser = await openBrowser();
    try {
      const report = await written(folder);
      const page = await browser.newPage();
      const noise: string[] = [];
      const requests: string[] = [];
      page.on("console", (message) => noise.push(message.text()));
      page.on("pageerror", (error) => noise.push(error.message));
      page.on("request", (request) => requests.push(request.url()));
      const address = pathToFileURL(report.page).href;
      await page.goto(address, { waitUntil: "networkidle" });
      // A page of a megabyte may still be parsed when the network has long been idle.
      await page.waitForLoadState("load");

      await t.step("loads nothing but itself and says nothing on the console", () => {
        assert.deepEqual(requests.filter((url) => !url.startsWith("data:")), [address]);
        assert.deepEqual(noise, []);
      });

      await t.step("shows every figure at a readable size, described in words", async () => {
        const figures = await page.evaluate(async () => {
          // deno-lint-ignore no-explicit-any
          const { document } = globalThis as any;
          await document.fonts.ready;
          // deno-lint-ignore no-explicit-any
          return [...document.querySelectorAll("figure svg")].map((svg: any) => {
            const { width, height } = svg.getBoundingClientRect();
            return { width, height, description: svg.getAttribute("aria-label") as string };
          });
        });
        assert.equal(figures.length, Object.keys(FIGURES).length);
        for (const { width, height, description } of figures) {
          assert.ok(width > 600 && height > 100, `${width} x ${height}: ${description}`);
          assert.ok(description.length > 40);
        }
        const ids = await page.locator("[id]").evaluateAll((all) => all.map(({ id }) => id));
        assert.equal(new Set(ids).size, ids.length, "an id stands twice");
      });

      await t.step("says first what to choose, for each capability and over all", async () => {
        assert.equal(await page.locator("main > section").first().getAttribute("id"), "choice");
        const sentences = await page.locator("#choice li").allInnerTexts();
        assert.equal(sentences.length, 5);
        assert.match(
          sentences[0]!,
          /^fixture-model, tool use: the data cannot tell .* within ±0\.05/,
        );
      });

      await t.step("draws text in its own font", async () => {
        assert.ok(await page.evaluate('document.fonts.check("12px \\"Source Sans 3\\"", "aτ")'));
      });

      await t.step("the figures' files draw text in it too, by themselves", async () => {
        const alone = await browser.newPage();
        for (const file of report.files.filter((name) => name.endsWith(".svg"))) {
          await alone.goto(pathToFileURL(file).href);
          const families = await alone.locator("text").evaluateAll((texts) => [
            // deno-lint-ignore no-explicit-any
            ...new Set(texts.map((text) => (globalThis as any).getComputedStyle(text).fontFamily)),
          ]);
          assert.deepEqual(families, ['"Source Sans 3", sans-serif'], file);
          assert.ok(
            await alone.evaluate(
              'document.fonts.ready.then((fonts) => fonts.check("7px \\"Source Sans 3\\"", "a"))',
            ),
          );
        }
        await alone.close();
      });

      await t.step("links each score to its samples", async () => {
        const links = page.locator("#table-methods_by_benchmark td.value a");
        await links.first().click();
        const target = new URL(page.url()).hash;
        assert.match(target, /^#run-[0-9a-f]{16}$/);
        const top = (await page.locator(target).boundingBox())!.y;
        assert.ok(top >= -1 && top < 400, `the section is ${top} px below the top`);
        await page.locator(`${target} summary`).first().click();
        assert.ok(await page.locator(`${target} details pre`).first().isVisible());
      });

      await t.step("every link inside the page and beside it leads somewhere", async () => {
        const hrefs = await page.locator("a").evaluateAll((all) =>
          all.map((link) => link.getAttribute("href")!)
        );
        for (const href of new Set(hrefs)) {
          if (href.startsWith("#")) {
            assert.equal(await page.locator(`[id="${href.slice(1)}"]`).count(), 1, href);
          } else assert.ok((await Deno.stat(join(report.page, "..", href))).size > 0, href);
        }
      });

      await t.step("keeps hostile text as text", async () => {
        assert.equal(await page.locator("script, img, iframe").count(), 0);
        assert.ok(!(await page.title()).includes("owned"));
        const shown = await page.locator("pre").allInnerTexts();
        const visible = HOSTILE.replace("\u001b", "\\u001b").slice(0, 60);
        assert.ok(shown.some((text) => text.includes(visible)));
        assert.ok(!(await page.content()).includes("\u202e"));
      });

      await t.step("gives tables and headings their structure", async () => {
        assert.equal(await page.locator("h1").count(), 1);
        assert.equal(await page.locator("th:not([scope])").count(), 0);
        assert.equal(await page.locator("table:not(:has(caption))").count(), 0);
        assert.equal(await page.getAttribute("html", "lang"), "en");
      });

      for (const colorScheme of ["light", "dark"] as const) {
        await t.step(`has enough contrast in ${colorScheme} mode`, async () => {
          await page.emulateMedia({ colorScheme });
          const poor = await poorContrast(page);
          assert.deepEqual(poor, []);
        });
      }

      await t.step("fits a small screen without sideways scrolling", async () => {
        await page.setViewportSize({ width: 390, height: 800 });
        const width = await page.evaluate("document.documentElement.scrollWidth") as number;
        assert.ok(width <= 390, `${width} px wide`);
      });
    } finally {
      await browser.close();
      await Deno.remove(folder, { recursive: true });
    }
  },
});

Deno.test("writeReport() gives the same bytes twice", async () => {
  const folders = await Promise.all([Deno.makeTempDir(), Deno.makeTempDir()]);
  try {
    const [first, second] = [await written(folders[0]!), await written(folders[1]!)];
    const pairs = [[first.page, second.page], ...first.files.map((f, i) => [f, second.files[i]!])];
    for (const [a, b] of pairs) {
      assert.deepEqual(await Deno.readFile(a!), await Deno.readFile(b!), a);
    }
  } finally {
    for (const folder of folders) await Deno.remove(folder, { recursive: true });
  }
});

/** Texts whose colour is less than 4.5 : 1 against what is behind them (WCAG 2.2, 1.4.3). */
async function poorContrast(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    // deno-lint-ignore no-explicit-any
    const { document, getComputedStyle } = globalThis as any;
    const channels = (colour: string) => colour.match(/[\d.]+/g)!.map(Number);
    const luminance = (colour: string) => {
      const [r, g, b] = channels(colour).slice(0, 3).map((value) => {
        const share = value / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
    };
    // deno-lint-ignore no-explicit-any
    const behind = (element: any): string => {
      for (let at = element; at; at = at.parentElement) {
        const colour = getComputedStyle(at).backgroundColor;
        if ((channels(colour)[3] ?? 1) > 0) return colour;
      }
      return "rgb(255, 255, 255)";
    };
    const poor = new Set<string>();
    for (const element of document.querySelectorAll("body *:not(svg *)")) {
      // deno-lint-ignore no-explicit-any
      const own = [...element.childNodes].some((node: any) =>
        node.nodeType === 3 && node.data.trim()
      );
      if (!own) continue;
      const text = luminance(getComputedStyle(element).color), back = luminance(behind(element));
      const ratio = (Math.max(text, back) + 0.05) / (Math.min(text, back) + 0.05);
      if (ratio < 4.5) poor.add(`${element.tagName} ${element.className}: ${ratio.toFixed(2)}`);
    }
    return [...poor];
  });
}
