/**
 * `deno task suites [--out DIR] [--train N]`: writes the test and calibration files of our own suites,
 * and with `--train` N conversations of each suite, which our own models are trained on.
 *
 * @module
 */
import { mkdir, open, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { buildSuites, trainingConversations } from "./build_suites.ts";
import { jsonLines } from "./json_lines.ts";
import { suites } from "./registry.ts";

const USAGE = `Usage: deno task suites [--out DIR] [--train N]
  --out DIR   folder to write to (default: data/suites)
  --train N   also write N conversations of each suite to DIR/generated/train/SUITE.jsonl`;

/** Writes the suites and returns the exit code: 0, or 2 for a mistake in the arguments. */
export async function main(args: string[]): Promise<number> {
  let options: { out: string; train: number };
  try {
    options = parseOptions(args);
  } catch (error) {
    console.error(`${(error as Error).message}\n${USAGE}`);
    return 2;
  }
  const files = buildSuites();
  if (options.train > 0) {
    for (const name of Object.keys(suites)) {
      const conversations = trainingConversations(name, options.train);
      files.set(`generated/train/${name}.jsonl`, jsonLines(conversations));
    }
  }
  for (const [name, content] of files) {
    await writeAtomically(join(options.out, name), content);
    console.log(`${join(options.out, name)}: ${content.split("\n").length - 1} records`);
  }
  return 0;
}

function parseOptions(args: string[]): { out: string; train: number } {
  const { values } = parseArgs({
    args,
    options: { out: { type: "string" }, train: { type: "string" } },
  });
  const train = values.train ?? "0";
  if (!/^\d{1,7}$/.test(train)) {
    throw new Error(`--train takes a number of records from 0 to 9999999, but got "${train}"`);
  }
  return { out: values.out ?? import.meta.dirname ?? ".", train: Number(train) };
}

async function writeAtomically(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const partial = `${path}.partial`;
  const file = await open(partial, "w");
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(partial, path);
}

if (import.meta.main) Deno.exit(await main(Deno.args));
