/**
 * The Python environment of the runners: where it is, and how it comes to be.
 *
 * The project keeps one of its own in the user's cache folder, shared by every clone, with exactly the packages of
 * `python/requirements.txt`. A user who has vLLM and llm-compressor already (a GPU machine) names their interpreter.
 *
 * @module
 */
export { choosePython, type ChosenPython, pythonPath } from "./environment/python_path.ts";
export { describeEnvironment, type EnvironmentDescription } from "./environment/describe.ts";
export { type Ensured, ensureEnvironment, type EnsureOptions } from "./environment/ensure.ts";
export { forgetInterpreter, rememberInterpreter, usable } from "./environment/interpreter.ts";
