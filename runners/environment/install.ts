import { existsSync, readdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { chooseTorch, type TorchAnswer } from "./choose_torch.ts";
import { pipOrFail } from "./pip.ts";
import type { PipProgress } from "./pip_progress.ts";
import { type TorchBuild, torchBuild } from "./torch_build.ts";

/** Where to install what. */
export interface InstallOptions {
  /** The Python of the environment. */
  python: string;
  folder: string;
  /** File of pinned packages. */
  requirements: string;
  logFile: string;
  torchIndex: string | null;
  yes: boolean;
  ask: ((question: string) => TorchAnswer) | null;
  say(line: string): void;
  progress(line: string): void;
}

/**
 * Installs the pinned packages, torch first, and tells how far it is.
 *
 * @returns Bytes of all archives, and the index that torch came from (null: pip's own).
 */
export async function installPackages(
  options: InstallOptions,
): Promise<{ bytes: number; torchIndex: string | null }> {
  const packages = (await Deno.readTextFile(options.requirements)).split("\n")
    .map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("#"));
  const torch = packages.find((line) => line.startsWith("torch=="));
  const rest = packages.filter((line) => line !== torch);
  let torchIndex = options.torchIndex;
  let bytes = 0;
  if (torch !== undefined) {
    options.progress("asking pip which torch it would take …");
    let build = await askBuild(torch, torchIndex);
    const choice = build ? chooseTorch(build, options) : "take";
    if (choice !== "take") {
      torchIndex = choice.index;
      build = await askBuild(torch, torchIndex);
    }
    const size = build?.bytes ? `, ${megabytes(build.bytes)}` : "";
    if (build) {
      options.say(`torch ${build.version} (${build.kind === "cpu" ? "CPU" : "CUDA"}${size})`);
    }
    // A CUDA build finds NVIDIA's libraries only in the packages that it names.
    const dependencies = build?.kind === "cuda" ? [] : ["--no-deps"];
    bytes += await install([...dependencies, ...indexArguments(torchIndex), torch], 1, 0);
  }
  const list = join(options.folder, "packages.txt");
  await Deno.writeTextFile(list, rest.join("\n") + "\n");
  bytes += await install(["--no-deps", "-r", list], rest.length, bytes);
  await rm(list);
  return { bytes, torchIndex };

  function askBuild(requirement: string, index: string | null): Promise<TorchBuild | null> {
    return torchBuild(options.python, requirement, {
      indexArguments: indexArguments(index),
      folder: options.folder,
      logFile: options.logFile,
    });
  }

  async function install(args: string[], count: number, before: number): Promise<number> {
    const line = progressLine(count, before);
    const installedBefore = countInstalled(options.folder);
    let latest: PipProgress = { collected: 0, bytes: 0, unpacking: false };
    const show = () => {
      const unpacked = latest.unpacking ? countInstalled(options.folder) - installedBefore : 0;
      options.progress(line(latest, unpacked, performance.now()));
    };
    const clock = setInterval(show, 500);
    try {
      const result = await pipOrFail({
        python: options.python,
        args: ["install", ...args],
        logFile: options.logFile,
        onProgress: (progress) => latest = progress,
      });
      return result.bytes;
    } finally {
      clearInterval(clock);
    }
  }
}

function indexArguments(index: string | null): string[] {
  return index === null ? [] : ["--index-url", index];
}

/**
 * Puts pip's progress into words: `downloading: 120 of 226 packages, 412 MB, about 40 s left`.
 *
 * @param before Bytes that were fetched before.
 * @returns A function of the progress, the number of unpacked packages and the time in milliseconds.
 */
export function progressLine(
  count: number,
  before: number,
): (progress: PipProgress, unpacked: number, now: number) => string {
  let phase = "";
  let since = 0;
  return (progress, unpacked, now) => {
    const name = progress.unpacking ? "unpacking" : "downloading";
    const done = Math.min(progress.unpacking ? unpacked : progress.collected, count);
    if (phase !== name) {
      phase = name;
      since = now;
    }
    const seconds = (now - since) / 1000;
    // The packages differ in size: an estimate from the first few would only mislead.
    const left = done >= count / 10 && done < count && seconds > 3
      ? `, about ${Math.ceil(seconds / done * (count - done))} s left`
      : "";
    return `${name}: ${done} of ${count} packages, ${megabytes(before + progress.bytes)}${left}`;
  };
}

function megabytes(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.round(bytes / 1e6)} MB`;
}

/** Packages that are unpacked in an environment: pip writes their `.dist-info` folder last. */
function countInstalled(folder: string): number {
  const libraries = join(folder, "lib");
  if (!existsSync(libraries)) return 0;
  let count = 0;
  for (const python of readdirSync(libraries)) {
    const packages = join(libraries, python, "site-packages");
    if (!existsSync(packages)) continue;
    count += readdirSync(packages).filter((name) => name.endsWith(".dist-info")).length;
  }
  return count;
}
