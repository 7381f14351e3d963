import { type Document, isCollection, isMap, isNode, isScalar, type LineCounter } from "yaml";
import type { z } from "zod";
import { closest } from "./closest.ts";

type Issue = z.core.$ZodIssue;

/** One line: where the issue stands in the file, what was found, what was expected. */
export function describeIssue(
  issue: Issue,
  document: Document,
  lines: LineCounter,
  schema: unknown,
): string {
  const path = issue.path as (string | number)[];
  if (issue.code === "unrecognized_keys") {
    const key = issue.keys[0]!;
    const known = knownKeys(schema as JsonSchema, document, path);
    const guess = closest(key, known);
    return `line ${lineOf(document, lines, [...path, key], true)}: unknown key "${key}"${
      path.length > 0 ? ` in ${dotted(path)}` : ""
    }${guess ? `; did you mean "${guess}"?` : `; known are ${known.join(", ")}`}`;
  }
  const found = document.getIn(path);
  const where = `line ${lineOf(document, lines, path)}: ${dotted(path) || "the file"}`;
  if (found === undefined) return `${where} is missing; ${expectation(issue)}`;
  const value = isScalar(found) ? found.value : found;
  const shown = isCollection(value) ? "" : ` is ${JSON.stringify(value)};`;
  const options = issue.code === "invalid_union" && "options" in issue
    ? issue.options as string[]
    : issue.code === "invalid_value"
    ? issue.values.map(String)
    : [];
  const guess = typeof value === "string" ? closest(value, options) : null;
  return `${where}${shown || ":"} ${expectation(issue)}${
    guess ? `; did you mean "${guess}"?` : ""
  }`;
}

function expectation(issue: Issue): string {
  if (issue.code === "invalid_union" && "options" in issue) {
    return `expected one of ${(issue.options as string[]).join(", ")}`;
  }
  return issue.message.replace(/^Invalid (?:input|option|string): /, "");
}

function dotted(path: (string | number)[]): string {
  return path.map((part, index) =>
    typeof part === "number" ? `[${part}]` : index > 0 ? `.${part}` : part
  ).join("");
}

interface JsonSchema {
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  oneOf?: JsonSchema[];
  const?: unknown;
  /** Stands where a key is known, but may have no value. */
  not?: JsonSchema;
}

/** The keys that may stand at a path, by the file's JSON Schema. */
function knownKeys(schema: JsonSchema, document: Document, path: (string | number)[]): string[] {
  let at: JsonSchema | undefined = schema;
  path.forEach((part, index) => {
    at = typeof part === "number" ? at?.items : at?.properties?.[part];
    const name = document.getIn([...path.slice(0, index + 1), "name"]);
    if (at?.oneOf) at = at.oneOf.find((option) => option.properties?.name?.const === name);
  });
  return Object.entries(at?.properties ?? {}).filter(([, { not }]) => !not).map(([key]) => key);
}

/** Line, from 1, of the value at a path, or of the nearest thing around it that the file holds. */
function lineOf(
  document: Document,
  lines: LineCounter,
  path: (string | number)[],
  ofKey = false,
): number {
  for (let length = path.length; length > 0; length--) {
    const parent = document.getIn(path.slice(0, length - 1), true);
    const last = path[length - 1]!;
    if (isMap(parent)) {
      const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === last);
      const node = pair && (ofKey || !isNode(pair.value) ? pair.key : pair.value);
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
