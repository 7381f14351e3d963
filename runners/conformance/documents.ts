import { UserError } from "../errors.ts";
import { parsePythonJson } from "../scoring/python_json.ts";
import {
  isDict,
  lookUp,
  type PythonDict,
  PythonError,
  type PythonValue,
} from "../scoring/python_value.ts";
import type { Check } from "./check.ts";
import { agentboardChecks } from "./agentboard.ts";
import { hotpotChecks } from "./hotpotqa_react.ts";
import { longbenchChecks } from "./longbench.ts";
import { longgenbenchChecks } from "./longgenbench.ts";
import { needleChecks } from "./needle.ts";
import { tevalChecks } from "./teval.ts";
import { webshopChecks } from "./webshop.ts";
import { worfbenchChecks } from "./worfbench.ts";

/** How a golden document is read. */
interface Reader {
  /** A part of its `upstream` line. */
  name: RegExp;
  checks: (document: PythonDict) => Check[];
  /** Fields that hold results and are checked. */
  results: string[];
}

/** Fields that hold no results, or inputs only. */
const OTHER_FIELDS = new Set([
  "upstream",
  "made",
  "versions",
  "embedding",
  "note",
  "note_whole_file",
  "threshold",
  "networkx",
  "gold_records_with_duplicate_node_texts",
  "jieba_tokens",
  "needle",
  "haystack",
  "tokenizer",
  "tagger",
]);

/** Readers by the benchmark's name in the registry. */
export const READERS: Record<string, Reader> = {
  agentboard: {
    name: /AgentBoard/,
    checks: agentboardChecks,
    results: ["cases", "aggregates", "dimension_scores", "progress_curve"],
  },
  hotpotqa_react: {
    name: /ReAct/,
    checks: hotpotChecks,
    results: ["cases", "first_500_indices", "finish_parsing"],
  },
  longbench: {
    name: /THUDM\/LongBench/,
    checks: longbenchChecks,
    results: ["cases", "aggregates", "dataset2metric"],
  },
  longgenbench: {
    name: /LongGenBench/,
    checks: longgenbenchChecks,
    results: ["cases", "aggregates"],
  },
  needle_in_a_haystack: {
    name: /NeedleInAHaystack/,
    checks: needleChecks,
    results: ["cases", "insert_needle", "grids"],
  },
  teval: {
    name: /T-Eval/,
    checks: tevalChecks,
    results: ["cases", "format_load", "split_special_tokens", "overall"],
  },
  webshop: {
    name: /WebShop/,
    checks: webshopChecks,
    results: ["cases", "token_set_ratio", "normalize_color"],
  },
  worfbench: {
    name: /WorFBench/i,
    checks: worfbenchChecks,
    results: ["cases"],
  },
};

/** The checks of a golden file, and the fields with results that nothing here checks. */
export interface GoldenFile {
  /** Name in the registry. */
  benchmark: string;
  checks: Check[];
  unchecked: string[];
}

/**
 * Reads a golden file and makes its checks.
 *
 * @throws {UserError} When the file cannot be read or is no golden document.
 */
export async function readGolden(path: string): Promise<GoldenFile> {
  const document = await readDocument(path);
  const upstream = lookUp(document, "upstream");
  const found = Object.entries(READERS).find(([, { name }]) =>
    typeof upstream === "string" && name.test(upstream)
  );
  if (found === undefined) {
    throw new UserError(`${path}: the field "upstream" names no scorer that is known here`);
  }
  const [benchmark, reader] = found;
  try {
    const checks = reader.checks(document);
    if (checks.length === 0) throw new UserError("it holds no entries");
    const known = new Set([...OTHER_FIELDS, ...reader.results]);
    const unchecked = [...document.entries.values()].filter(([name, value]) =>
      !known.has(String(name)) && !isEmpty(value)
    );
    return { benchmark, checks, unchecked: unchecked.map(([name]) => String(name)) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(`${path}: ${error.message}`, { cause: error });
  }
}

function isEmpty(value: PythonValue): boolean {
  return Array.isArray(value) ? value.length === 0 : isDict(value) && value.entries.size === 0;
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
