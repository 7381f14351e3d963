import { checkPythonOnce } from "./check.ts";
import { readMark } from "./mark.ts";
import { choosePython, pythonPath } from "./python_path.ts";

/** What runs the scripts. */
export interface EnvironmentDescription {
  /** Path of the interpreter. */
  python: string;
  /** Versions by package name: python, torch, transformers, vllm, llmcompressor, … */
  versions: Record<string, string>;
  /** `cpu (…)` or `cuda (…)`, with the name of the processor. */
  device: string;
  /** E.g. `vLLM 0.32.0`; null when vLLM is missing. */
  engine: string | null;
}

/**
 * Describes the Python that `pythonPath()` gives. Immediate for the project's own environment; an interpreter of the
 * user's is started once (10 to 60 seconds) and again when its packages change.
 *
 * @throws {Error} When there is no environment, or the interpreter does not run.
 */
export async function describeEnvironment(): Promise<EnvironmentDescription> {
  const python = await pythonPath();
  const folder = choosePython()?.folder ?? null;
  const found = (folder === null ? null : readMark(folder)) ?? await checkPythonOnce(python);
  return {
    python,
    versions: found.versions,
    device: found.device,
    engine: found.versions.vllm === undefined ? null : `vLLM ${found.versions.vllm}`,
  };
}
