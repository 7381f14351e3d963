import { UserError } from "../errors.ts";
import type { TorchBuild } from "./torch_build.ts";

/** `take`: take the build that pip would; `stop`: do nothing; or the address of an index with another. */
export type TorchAnswer = "take" | "stop" | { index: string };

/**
 * Decides about a torch that is gigabytes larger than needed.
 *
 * @param ask Asks the user; null when there is no terminal to ask on.
 * @throws {UserError} When the user has to decide and did not.
 */
export function chooseTorch(
  build: TorchBuild,
  { yes, ask }: { yes: boolean; ask: ((question: string) => TorchAnswer) | null },
): Exclude<TorchAnswer, "stop"> {
  if (build.kind === "cpu" || yes) return "take";
  const size = build.bytes === null
    ? "several gigabytes"
    : `${(build.bytes / 1e9).toFixed(1)} GB to download`;
  const situation =
    `pip would take torch ${build.version} built for CUDA: ${size}, NVIDIA's libraries included.\n` +
    "This environment evaluates on the CPU and needs the CPU build only (0.2 GB).";
  const answer = ask?.(situation) ?? "stop";
  if (answer !== "stop") return answer;
  throw new UserError(
    `${situation} Choose one of:\n` +
      "  deno task setup --torch-index URL\n" +
      "      the CPU build, from PyTorch's own index of CPU builds (its installation page names it)\n" +
      "  deno task setup --python PATH\n" +
      "      on a machine with a GPU: an interpreter that has vllm and llmcompressor\n" +
      "  deno task setup --yes\n" +
      "      the CUDA build all the same",
  );
}
