import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { start } from "../shell.ts";
import { type Check, good, weak } from "./check.ts";

const NAME = "GPU";

/** NVIDIA GPUs as their driver tells them: a line `name, memory, driver` each; null where there is no driver. */
export async function listGpus(): Promise<string[] | null> {
  const folders = (Deno.env.get("PATH") ?? "").split(delimiter);
  const program = folders.map((folder) => join(folder, "nvidia-smi")).find(existsSync);
  if (program === undefined) return null;
  const { ok, stdout } = await start({
    command: [program, "--query-gpu=name,memory.total,driver_version", "--format=csv,noheader"],
    stdout: "capture",
    timeoutMs: 30_000,
  }).done;
  return ok ? stdout.split("\n").map((line) => line.trim()).filter((line) => line !== "") : [];
}

/**
 * Whether the GPUs of the machine are those that the Python computes on.
 *
 * @param gpus From {@link listGpus}.
 * @param device What torch says, `cpu (…)` or `cuda (…)`; null where no Python works.
 */
export function gpuCheck(gpus: string[] | null, device: string | null): Check {
  const cuda = device?.startsWith("cuda") ?? false;
  if (gpus === null) {
    if (cuda) return good(NAME, `${device}, without nvidia-smi`);
    return good(NAME, "none seen; models run on the CPU");
  }
  if (gpus.length === 0) {
    return weak(
      NAME,
      "nvidia-smi is there, but lists no GPU",
      "Run nvidia-smi by hand: the driver may be older than its tools, or the container may not show the device.",
    );
  }
  const found = gpus.join("\n");
  if (cuda || device === null) return good(NAME, found);
  return weak(
    NAME,
    `${found}\nbut this Python's torch computes on the CPU`,
    "deno task setup --python PATH, with a Python that has the ordinary (CUDA) vllm and llmcompressor.",
  );
}
