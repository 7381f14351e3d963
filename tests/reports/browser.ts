/**
 * A headless Chromium for tests: the one inside the npm package `@sparticuz/chromium`, or one that
 * `ACTGAUGE_CHROMIUM` or the machine has.
 *
 * @module
 */
import { tmpdir } from "node:os";
import { join } from "node:path";
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
      return await chromium.launch({ ...await find(), args: FLAGS, headless: true });
    } catch (error) {
      tried.push(`${name}: ${(error as Error).message.split("\n")[0]}`);
    }
  }
  throw new Error(
    `No Chromium starts here. Tried:\n  ${tried.join("\n  ")}\n` +
      "Install one (Debian: apt-get install chromium) or name one in ACTGAUGE_CHROMIUM.",
  );
}

interface Found {
  executablePath: string;
  env?: Record<string, string>;
}

function candidates(): [string, () => Promise<Found>][] {
  const installed = (path: string): [string, () => Promise<Found>] => [
    path,
    () => Promise.resolve({ executablePath: path }),
  ];
  const named = Deno.env.get("ACTGAUGE_CHROMIUM");
  if (named) return [installed(named)];
  return [["npm package @sparticuz/chromium", packagedChromium], ...INSTALLED.map(installed)];
}

/**
 * The package unpacks its browser into the folder for temporary files, once. Told that it is on Amazon's Linux, it
 * unpacks the libraries (NSS) too that a bare machine lacks; only the browser gets them on its library path.
 */
async function packagedChromium(): Promise<Found> {
  const folder = join(tmpdir(), "actgauge-chromium");
  await Deno.mkdir(folder, { recursive: true });
  const before = Deno.env.toObject();
  Deno.env.set("TMPDIR", folder);
  Deno.env.set("AWS_EXECUTION_ENV", "AWS_Lambda_nodejs22.x");
  try {
    const { default: packaged } = await import("@sparticuz/chromium");
    const executablePath = await packaged.executablePath();
    return { executablePath, env: { ...before, LD_LIBRARY_PATH: join(folder, "al2023", "lib") } };
  } finally {
    for (const name of Object.keys(Deno.env.toObject())) {
      if (!(name in before)) Deno.env.delete(name);
    }
    for (const [name, value] of Object.entries(before)) Deno.env.set(name, value);
  }
}
