/**
 * `deno task setup`: makes the Python environment, once for all clones on this machine.
 *
 * @module
 */
import type { TorchAnswer } from "./environment/choose_torch.ts";
import { installKernel, jupyterFolder } from "./environment/kernel.ts";
import {
  choosePython,
  describeEnvironment,
  ensureEnvironment,
  forgetInterpreter,
  rememberInterpreter,
  usable,
} from "./environment.ts";
import { transientLine } from "./environment/transient_line.ts";
import { command, exitWith } from "./command.ts";

const EXAMPLES = `
deno task setup                               the project's own environment, in the cache folder
deno task setup --torch-index URL             where plain "torch" would be a CUDA build of gigabytes: PyTorch's
                                              own index of CPU builds, which its installation page names
deno task setup --python /opt/vllm/bin/python an interpreter that has vllm and llmcompressor (for a GPU)
deno task setup --python default              back to the project's own environment
deno task setup --json                        what was found, for programs`;

interface Options {
  torchIndex?: string;
  python?: string;
  fresh?: true;
  yes?: true;
  json?: true;
}

const program = command(
  "setup",
  "Makes the Python environment that compresses and evaluates. Once it is there: silent and immediate.\n" +
    "ACTGAUGE_PYTHON names another interpreter for one command.",
  EXAMPLES,
)
  .option("--torch-index <url>", "package index for torch alone")
  .option("--python <path>", "use this interpreter from now on; `default`: the project's own")
  .option("--fresh", "make the environment anew")
  .option("--yes", "take a CUDA build of torch without asking")
  .option("--json", "print what was found as JSON");

async function setUp(options: Options): Promise<number> {
  const progress = transientLine();
  const say = (line: string) => {
    progress.clear();
    console.error(line);
  };
  let news = false;
  if (options.python === "default") news = await forgetInterpreter();
  else if (options.python !== undefined) {
    say("Checking that everything imports (takes a minute) …");
    await rememberInterpreter(options.python);
    news = true;
  }
  const chosen = choosePython();
  if (chosen !== null && chosen.folder === null) {
    await usable(chosen.path, chosen.chosenBy);
    await installKernel(null, chosen.path);
  } else {
    const ensured = await ensureEnvironment({
      torchIndex: options.torchIndex,
      yes: options.yes,
      fresh: options.fresh,
      ask: Deno.stdin.isTerminal() && Deno.stderr.isTerminal() ? askAboutTorch : undefined,
      say,
      progress: progress.show,
    });
    progress.clear();
    if (ensured.made) {
      news = true;
      const { seconds, downloadedBytes, installedBytes } = ensured.mark;
      say(
        `Made in ${Math.round(seconds)} s: ${gigabytes(downloadedBytes ?? 0)} of packages, ` +
          `${gigabytes(installedBytes)} on disk`,
      );
    } else if (options.torchIndex !== undefined && options.torchIndex !== ensured.mark.torchIndex) {
      say("The environment is there already; --torch-index has no effect without --fresh.");
    }
  }
  const found = await describeEnvironment();
  if (options.json) {
    const jupyter = jupyterFolder(choosePython()?.folder ?? null);
    console.log(JSON.stringify({ ...found, jupyter }, null, 2));
  } else if (news) {
    const { versions } = found;
    say(
      `Ready: ${found.engine} on ${found.device}; llm-compressor ${versions.llmcompressor}, ` +
        `torch ${versions.torch}, transformers ${versions.transformers}, Python ${versions.python}`,
    );
  }
  return 0;
}

function askAboutTorch(question: string): TorchAnswer {
  console.error(`\n${question}`);
  console.error(
    "  Address of an index with a CPU build (PyTorch's installation page names one): take that one",
  );
  console.error("  y: take the CUDA build all the same");
  const answer = prompt("Which? [address/y, anything else stops]")?.trim() ?? "";
  if (/^(https?|file):\/\//.test(answer)) return { index: answer };
  return answer.toLowerCase() === "y" ? "take" : "stop";
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}

if (import.meta.main) {
  program.parse(Deno.args, { from: "user" });
  await exitWith(() => setUp(program.opts()));
}
