/**
 * `deno task notebooks`: executes the notebooks from beginning to end, without a browser.
 *
 * @module
 */
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { command, exitWith } from "./command.ts";
import { installKernel, jupyterFolder } from "./environment/kernel.ts";
import { REPOSITORY } from "./environment/places.ts";
import { transientLine } from "./environment/transient_line.ts";
import { choosePython, pythonPath } from "./environment.ts";
import { UserError } from "./errors.ts";
import { plain, scriptEnvironment, start } from "./shell.ts";

const NOTEBOOKS = join(REPOSITORY, "notebooks");
const OUT = join(REPOSITORY, "reports", "out", "notebooks");

/** How a notebook went. */
export interface NotebookOutcome {
  /** File name without `.ipynb`. */
  name: string;
  /** Null when every cell ran; otherwise which cell failed and how. */
  error: string | null;
  seconds: number;
}

/** The names of the notebooks in a folder, in order. */
export async function notebookNames(folder: string): Promise<string[]> {
  const files = await readdir(folder);
  return files.filter((name) => name.endsWith(".ipynb")).map((name) => name.slice(0, -6)).sort();
}

/**
 * Executes one notebook on the Deno kernel and writes it with its outputs, as a notebook and as an HTML page.
 *
 * @param path The notebook, which is not changed.
 * @param out Folder for `<name>.ipynb`, `<name>.html` and `<name>.log`.
 * @param timeoutMs Time limit for the whole notebook.
 * @param onCell Called with the number of each cell (from 1, text cells included) when it starts.
 * @throws {UserError} When the Python environment is missing.
 * @throws {DOMException} `AbortError` when interrupted.
 */
export async function executeNotebook(
  path: string,
  out: string,
  timeoutMs: number,
  onCell: (cell: number) => void = () => {},
): Promise<NotebookOutcome> {
  const python = await pythonPath();
  const { folder } = choosePython()!;
  await installKernel(folder, python);
  const name = basename(path, ".ipynb");
  const logFile = join(out, `${name}.log`);
  await Deno.remove(logFile).catch(() => {});
  const script = join(REPOSITORY, "runners", "python", "execute_notebook.py");
  let started: Started | null = null;
  let answer: Answer | null = null;
  const outcome = await start({
    command: [python, "-u", script, path, out, "deno"],
    env: { ...scriptEnvironment(1), JUPYTER_PATH: jupyterFolder(folder) },
    stdout(line) {
      const event: Started | Answer = JSON.parse(line);
      if ("cell" in event) {
        started = event;
        onCell(event.cell);
      } else answer = event;
    },
    logFile,
    timeoutMs,
  }).done;
  if (outcome.aborted) throw new DOMException("Interrupted", "AbortError");
  return { name, seconds: outcome.seconds, error: error() };

  function error(): string | null {
    const where = place(started);
    if (outcome.timedOut) return `${where}: not done after ${timeoutMs / 1000} s`;
    if (answer?.ok) return null;
    if (answer) return `${where}: ${answer.name || "Error"}: ${firstLine(answer.message)}`;
    const missing = /No module named '(nbclient|nbconvert|nbformat)/.test(outcome.logTail);
    const mend = missing ? `; install it: ${python} -m pip install jupyterlab nbconvert` : "";
    return `${where}: ${outcome.logTail.split("\n").at(-1)}${mend} (log: ${logFile})`;
  }
}

/** A cell has started. */
interface Started {
  cell: number;
  code: string;
}

/** How the notebook ended. */
type Answer = { ok: true } | { ok: false; name: string; message: string };

function place(started: Started | null): string {
  return started
    ? `cell ${started.cell} (${firstLine(started.code).trim().slice(0, 60)})`
    : "before the first cell";
}

function firstLine(text: string): string {
  return text.split("\n").map(plain).find((line) => line.trim() !== "") ?? "";
}

async function chosenNotebooks(names: string[], folder: string): Promise<string[]> {
  const known = await notebookNames(folder);
  const wanted = names.map((name) => basename(name, ".ipynb"));
  const unknown = wanted.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new UserError(
      `There is no notebook ${unknown.join(", ")} in ${folder}; there are: ${
        known.join(", ") || "none"
      }.`,
    );
  }
  return wanted.length > 0 ? wanted : known;
}

const program = command(
  "notebooks",
  "Executes the notebooks on the Deno kernel, without a browser, and writes them with their outputs to " +
    "reports/out/notebooks. The notebooks themselves stay as they are.",
  `deno task notebooks                   all of them
   deno task notebooks compare           one of them
   deno task notebooks --timeout 1800    with half an hour for each`,
)
  .argument("[name...]", "names of notebooks; none: all")
  .option("--timeout <seconds>", "time limit for each notebook", "600")
  .option("--from <folder>", "folder of the notebooks", NOTEBOOKS)
  .option("--out <folder>", "folder for what was executed", OUT);

async function main(
  names: string[],
  options: { timeout: string; from: string; out: string },
): Promise<number> {
  const seconds = Number(options.timeout);
  if (!(seconds > 0)) {
    throw new UserError(`--timeout ${options.timeout}: expected a number of seconds above 0`);
  }
  if (!existsSync(options.from)) throw new UserError(`--from ${options.from}: no such folder`);
  const chosen = await chosenNotebooks(names, options.from);
  const progress = transientLine();
  let failed = 0;
  for (const [index, name] of chosen.entries()) {
    const label = `${name} (${index + 1} of ${chosen.length})`;
    progress.show(`${label}: starting the kernel …`);
    const path = resolve(options.from, `${name}.ipynb`);
    const outcome = await executeNotebook(
      path,
      resolve(options.out),
      seconds * 1000,
      (cell) => progress.show(`${label}: cell ${cell} …`),
    );
    progress.clear();
    if (outcome.error !== null) failed++;
    const state = outcome.error === null ? "ok" : `FAILED: ${outcome.error}`;
    console.log(`${name} (${outcome.seconds.toFixed(1)} s): ${state}`);
  }
  console.log(`${chosen.length - failed} executed, ${failed} failed; see ${options.out}`);
  return failed === 0 ? 0 : 1;
}

if (import.meta.main) {
  program.parse(Deno.args, { from: "user" });
  await exitWith(() => main(program.args, program.opts()));
}
