import { UserError } from "../errors.ts";
import { parsePythonJson } from "../scoring/python_json.ts";
import { isDict, lookUp, type PythonDict, PythonError } from "../scoring/python_value.ts";
import type { Check } from "./check.ts";
import { agentboardChecks } from "./agentboard.ts";
import { hotpotChecks } from "./hotpotqa_react.ts";
import { longbenchChecks } from "./longbench.ts";
import { longgenbenchChecks } from "./longgenbench.ts";
import { needleChecks } from "./needle.ts";
import { tevalChecks } from "./teval.ts";
import { webshopChecks } from "./webshop.ts";
import { worfbenchChecks } from "./worfbench.ts";

/** Readers of golden documents by a part of their `upstream` line. */
const READERS: [RegExp, (document: PythonDict) => Check[]][] = [
  [/THUDM\/LongBench/, longbenchChecks],
  [/LongGenBench/, longgenbenchChecks],
  [/ReAct/, hotpotChecks],
  [/NeedleInAHaystack/, needleChecks],
  [/WebShop/, webshopChecks],
  [/AgentBoard/, agentboardChecks],
  [/T-Eval/, tevalChecks],
  [/WorFBench/i, worfbenchChecks],
];

/**
 * Reads a golden file and makes its checks.
 *
 * @throws {UserError} When the file cannot be read or is no golden document.
 */
export async function readChecks(path: string): Promise<Check[]> {
  const document = await readDocument(path);
  const upstream = lookUp(document, "upstream");
  const reader = READERS.find(([name]) => typeof upstream === "string" && name.test(upstream));
  if (reader === undefined) {
    throw new UserError(`${path}: the field "upstream" names no scorer that is known here`);
  }
  try {
    return reader[1](document);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(`${path}: ${error.message}`, { cause: error });
  }
}

async function readDocument(path: string): Promise<PythonDict> {
  let value;
  try {
    value = parsePythonJson(await Deno.readTextFile(path));
  } catch (error) {
    const reason = error instanceof PythonError ? `not JSON: ${error.message}` : `${error}`;
    throw new UserError(`${path}: ${reason}`, { cause: error });
  }
  if (!isDict(value)) throw new UserError(`${path}: a golden document is a JSON object`);
  return value;
}
