import { existsSync } from "node:fs";
import { join } from "node:path";
import { checkPython, MODULES } from "../environment/check.ts";
import { jupyterFolder } from "../environment/kernel.ts";
import type { Found } from "../environment/mark.ts";
import { choosePython, type ChosenPython } from "../environment.ts";
import { bad, type Check, good, weak } from "./check.ts";
import { gpuCheck, listGpus } from "./gpu.ts";

const SET_UP = "Run `deno task setup`.";
const NOTEBOOK_MODULES = ["nbconvert", "ipykernel"];

/** Starts the Python that would be used and imports everything: takes up to a minute. */
export async function checkPythonSide(): Promise<Check[]> {
  const name = "Python environment";
  const gpus = await listGpus();
  let chosen: ChosenPython | null;
  try {
    chosen = choosePython();
  } catch (error) {
    return [bad(name, (error as Error).message, SET_UP), gpuCheck(gpus, null)];
  }
  if (chosen === null) {
    return [bad(name, "not made on this machine", SET_UP), gpuCheck(gpus, null)];
  }
  const again = chosen.folder === null
    ? `Install what is missing there, or run \`deno task setup --python default\`.`
    : "Run `deno task setup --fresh`.";
  let found: Found;
  try {
    found = await checkPython(chosen.path, { modules: [...MODULES, ...NOTEBOOK_MODULES] });
  } catch (error) {
    if (error instanceof DOMException) throw error;
    return [bad(name, (error as Error).message, again), gpuCheck(gpus, null)];
  }
  return [
    good(name, `Python ${found.python}, ${chosen.path} (${chosen.chosenBy})`),
    imports(found, again),
    engine(found, again),
    gpuCheck(gpus, found.device),
    compressor(found, again),
    jupyter(chosen, found),
  ];
}

function imports(found: Found, mend: string): Check {
  const failures = MODULES.filter((module) => module in found.failures);
  if (failures.length === 0) return good("Imports", MODULES.join(", "));
  const reasons = failures.map((module) => `${module} (${found.failures[module]})`);
  return bad("Imports", `failed: ${reasons.join("; ")}`, mend);
}

function engine({ versions, device, failures }: Found, mend: string): Check {
  if (versions.vllm === undefined || "vllm" in failures) return bad("Engine", "no vLLM", mend);
  return good("Engine", `vLLM ${versions.vllm} on ${device}, torch ${versions.torch}`);
}

function compressor({ versions, failures }: Found, mend: string): Check {
  const name = "Compression";
  if ("llmcompressor" in failures) return bad(name, "no llm-compressor", mend);
  return good(
    name,
    `llm-compressor ${versions.llmcompressor}, transformers ${versions.transformers}`,
  );
}

function jupyter(chosen: ChosenPython, found: Found): Check {
  const name = "Notebooks";
  const missing = NOTEBOOK_MODULES.filter((module) => module in found.failures);
  if (missing.length > 0) {
    return weak(
      name,
      `no ${missing.join(", ")}`,
      `${chosen.path} -m pip install jupyterlab nbconvert`,
    );
  }
  const path = join(jupyterFolder(chosen.folder), "kernels", "deno", "kernel.json");
  if (!existsSync(path)) return weak(name, "no Deno kernel", SET_UP);
  return good(name, `Jupyter with the Deno kernel ${path}`);
}
