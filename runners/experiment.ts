/**
 * Reading experiment files.
 *
 * @module
 */
import { dirname, resolve } from "node:path";
import { LineCounter, parseDocument } from "yaml";
import { UserError } from "./errors.ts";
import { withAbsolutePaths } from "./experiment/absolute_paths.ts";
import { checkReferences } from "./experiment/check_references.ts";
import { describeIssue } from "./experiment/describe_issue.ts";
import {
  type Experiment,
  experimentJsonSchema,
  experimentShape,
  unpinnedShape,
} from "./experiment/shape.ts";

/**
 * Reads an experiment from YAML (or JSON, which is YAML too).
 *
 * @param onlyLook The plan will not be run: models of a hub need no commit.
 * @throws {UserError} Naming every line and key that does not fit, with what was expected.
 */
export async function readExperiment(path: string, onlyLook = false): Promise<Experiment> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (cause) {
    throw new UserError(`Cannot read the experiment ${path}: ${(cause as Error).message}`, {
      cause,
    });
  }
  return parseExperiment(text, path, onlyLook);
}

/** Parses the text of an experiment file. @param path Where it stands: for messages and relative paths. */
export function parseExperiment(text: string, path: string, onlyLook = false): Experiment {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [error] = document.errors;
  if (error) throw new UserError(`${path}: not YAML: ${error.message}`, { cause: error });
  const result = (onlyLook ? unpinnedShape : experimentShape).safeParse(document.toJS());
  if (!result.success) {
    const messages = result.error.issues.map((issue) =>
      `${path}, ${describeIssue(issue, document, lines, experimentJsonSchema())}`
    );
    throw new UserError(messages.join("\n"));
  }
  checkReferences(result.data, path);
  return withAbsolutePaths(result.data, dirname(resolve(path)));
}
