import { existsSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { availableParallelism, freemem, totalmem } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { RUNS_FOLDER } from "../../data/logs.ts";
import { cacheFolder, REPOSITORY } from "../environment/places.ts";
import { bad, type Check, good, weak } from "./check.ts";

/** The Deno that the project is tested with. */
const TESTED_DENO = "2.9.6";
/** Free space for runs; the demo takes far less, every logit of a large model far more. */
const RUNS_BYTES = 2e9;
/** vLLM, or torch with a small model. */
const MEMORY_BYTES = 4e9;

/** Looks at what the machine offers, Python aside. */
export async function checkMachine(): Promise<Check[]> {
  return [denoVersion(), await disk("Disk for runs", RUNS_FOLDER), memory(), cores()];
}

function denoVersion(): Check {
  const [major, minor] = Deno.version.deno.split(".").map(Number) as [number, number];
  const [wantedMajor, wantedMinor] = TESTED_DENO.split(".").map(Number) as [number, number];
  if (major === wantedMajor && minor >= wantedMinor) return good("Deno", Deno.version.deno);
  return bad("Deno", Deno.version.deno, `Use the tested one: npx -y deno@${TESTED_DENO} task …`);
}

async function disk(name: string, path: string): Promise<Check> {
  let folder = path;
  while (!existsSync(folder)) folder = dirname(folder);
  const { bavail, bsize } = await statfs(folder);
  const found = `${gigabytes(bavail * bsize)} free in ${folder}`;
  if (bavail * bsize >= RUNS_BYTES) return good(name, found);
  return bad(
    name,
    found,
    `Free ${gigabytes(RUNS_BYTES)}, or name another folder with ACTGAUGE_RUNS.`,
  );
}

function memory(): Check {
  const limit = Math.min(totalmem(), cgroupLimit());
  const found = `${gigabytes(limit)}, ${gigabytes(Math.min(freemem(), limit))} free`;
  if (limit >= MEMORY_BYTES) return good("Memory", found);
  return bad(
    "Memory",
    found,
    `vLLM needs about ${gigabytes(MEMORY_BYTES)} even for a small model.`,
  );
}

/** The memory limit of a container; Infinity without one. */
function cgroupLimit(): number {
  try {
    const bytes = Number(Deno.readTextFileSync("/sys/fs/cgroup/memory.max").trim());
    return Number.isFinite(bytes) ? bytes : Infinity;
  } catch {
    return Infinity;
  }
}

function cores(): Check {
  const count = availableParallelism();
  if (count >= 2) return good("Cores", String(count));
  return weak("Cores", String(count), "It works with one core, in about twice the time.");
}

/** Chromium drives the tests of the explorer in a real browser. */
export function checkChromium(): Check {
  const name = "Chromium";
  const named = Deno.env.get("ACTGAUGE_CHROMIUM");
  if (named && existsSync(named)) return good(name, named);
  if (named) {
    return weak(name, `ACTGAUGE_CHROMIUM names ${named}, which does not exist`, "Unset it.");
  }
  const folders = (Deno.env.get("PATH") ?? "").split(delimiter);
  for (const program of ["chromium", "chromium-browser", "google-chrome"]) {
    const folder = folders.find((folder) => existsSync(join(folder, program)));
    if (folder !== undefined) return good(name, join(folder, program));
  }
  const { imports } = JSON.parse(Deno.readTextFileSync(join(REPOSITORY, "deno.json")));
  const packaged = imports["@sparticuz/chromium"];
  if (packaged !== undefined) return good(name, packaged);
  return weak(
    name,
    "not found",
    "Only the browser tests need it. On Debian: apt-get install chromium",
  );
}

/** Where downloads and the environment go. */
export async function checkCache(): Promise<Check> {
  return { ...await disk("Disk for the cache", cacheFolder()) };
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
