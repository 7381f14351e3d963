import { Command } from "commander";
import { RUNS_FOLDER } from "../data/logs.ts";
import { UserError } from "./errors.ts";

/** A command of `deno task`, with what all of them share. */
export function command(name: string, description: string, examples: string): Command {
  return new Command(`deno task ${name}`)
    .description(description)
    .addHelpText("after", `\nExamples:\n${examples.trim().replaceAll(/^\s*/gm, "  ")}`)
    .exitOverride((error) => Deno.exit(error.exitCode === 0 ? 0 : 2))
    .showHelpAfterError("(--help shows the options and examples)");
}

/** The option of every command that reads or writes runs. */
export const runsOption = [
  "--runs <folder>",
  "folder of all runs",
  Deno.env.get("ACTGAUGE_RUNS") ?? RUNS_FOLDER,
] as const;

/**
 * Runs a command's work and ends the process: 0 when all went well, 1 when something failed, 2 when the user can
 * mend it, 130 after Ctrl-C.
 */
export async function exitWith(work: () => Promise<number>): Promise<never> {
  try {
    Deno.exit(await work());
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") {
      console.error("Interrupted. What was finished stays; the same command goes on from there.");
      Deno.exit(130);
    }
    if (error instanceof UserError) {
      console.error(error.message);
      Deno.exit(2);
    }
    console.error(error instanceof Error ? error.message : error);
    if (Deno.env.has("ACTGAUGE_DEBUG")) console.error(error);
    Deno.exit(1);
  }
}
