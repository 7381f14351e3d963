import { join } from "node:path";
import { pip } from "./pip.ts";

/** The torch that pip would take. */
export interface TorchBuild {
  version: string;
  /** `cuda`: it needs NVIDIA's libraries, which come as further packages. */
  kind: "cpu" | "cuda";
  /** Bytes to download, NVIDIA's libraries included; null when the index does not tell. */
  bytes: number | null;
}

/**
 * Asks pip which build of torch it would take, without downloading it.
 *
 * @param requirement E.g. `torch==2.13.0`.
 * @returns Null when pip finds none (the installation will say why).
 */
export async function torchBuild(
  python: string,
  requirement: string,
  { indexArguments, folder, logFile }: {
    indexArguments: string[];
    folder: string;
    logFile: string;
  },
): Promise<TorchBuild | null> {
  const alone = await resolve(["--no-deps"]);
  const torch = alone?.find((item) => item.metadata.name === "torch");
  if (!torch) return null;
  const { version, requires_dist = [] } = torch.metadata;
  const cuda = requires_dist.some((need) => /^(nvidia|cuda)-/.test(need));
  const archives = cuda ? await resolve([]) ?? [torch] : [torch];
  const sizes = await Promise.all(archives.map((item) => sizeOf(item.download_info.url)));
  const known = sizes.filter((size) => size !== null);
  return {
    version,
    kind: cuda ? "cuda" : "cpu",
    bytes: known.length === sizes.length ? known.reduce((sum, size) => sum + size, 0) : null,
  };

  async function resolve(options: string[]): Promise<Resolved[] | null> {
    const report = join(folder, "report.json");
    const { outcome } = await pip({
      python,
      args: [
        "install",
        "--dry-run",
        "--ignore-installed",
        // Reads only the archives' lists of contents, also from an index that does not list needs apart.
        "--use-feature=fast-deps",
        ...["--report", report],
        ...options,
        ...indexArguments,
        requirement,
      ],
      logFile,
    });
    if (!outcome.ok) return null;
    const { install } = JSON.parse(await Deno.readTextFile(report));
    await Deno.remove(report);
    return install;
  }
}

interface Resolved {
  metadata: { name: string; version: string; requires_dist?: string[] };
  download_info: { url: string };
}

async function sizeOf(url: string): Promise<number | null> {
  try {
    if (url.startsWith("file:")) return (await Deno.stat(new URL(url))).size;
    const answer = await fetch(url, { method: "HEAD", signal: AbortSignal.timeout(20_000) });
    const length = answer.headers.get("content-length");
    return answer.ok && length !== null ? Number(length) : null;
  } catch {
    return null;
  }
}
