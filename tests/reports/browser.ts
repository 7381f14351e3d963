/**
 * A headless Chromium for tests: the one inside the npm package `@sparticuz/chromium`, or one that
 * `ACTGAUGE_CHROMIUM` or the machine has.
 *
 * @module
 */
import { type Browser, chromium } from "playwright-core";

const FLAGS = [
  "--headless=shell",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Places where Linux distributions put Chromium. */
const INSTALLED = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/**
 * Starts a browser.
 *
 * @throws {Error} When none starts; the message lists what was tried and how to get one.
 */
export async function openBrowser(): Promise<Browser> {
  const tried: string[] = [];
  for (const [name, find] of candidates()) {
    try {
      const executablePath = await find();
      return await chromium.launch({ executablePath, args: FLAGS, headless: true });
    } catch (error) {
      tried.push(`${name}: ${(error as Error).message.split("\n")[0]}`);
    }
  }
  throw new Error(
    `No Chromium starts here. Tried:\n  ${tried.join("\n  ")}\n` +
      "Install one (Debian: apt-get install chromium) or name one in ACTGAUGE_CHROMIUM.",
  );
}

function candidates(): [string, () => Promise<string>][] {
  const named = Deno.env.get("ACTGAUGE_CHROMIUM");
  if (named) return [[named, () => Promise.resolve(named)]];
  return [
    ["npm package @sparticuz/chromium", packagedChromium],
    ...INSTALLED.map((
      path,
    ): [string, () => Promise<string>] => [path, () => Promise.resolve(path)]),
  ];
}

/** The package unpacks its browser into the folder for temporary files, once. */
async function packagedChromium(): Promise<string> {
  const { default: packaged } = await import("@sparticuz/chromium");
  return await packaged.executablePath();
}
