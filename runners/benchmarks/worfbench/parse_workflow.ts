/**
 * How WorfBench (zjunlp/WorfBench e6e1cb7) reads a workflow.
 *
 * @module
 */
import { pythonInteger } from "../../scoring/python_integer.ts";
import { DIGIT, isBlank, strip } from "../../scoring/python_text.ts";
import { PythonError } from "../../scoring/python_value.ts";

/** Node texts, with START first and END last, and edges between their indices. */
export interface Workflow {
  nodes: string[];
  edges: [number, number][];
}

/** `\d+[:.] (.+)`; that it starts where the digits start changes nothing but the time. */
const NODE = new RegExp(`(?<![${DIGIT}])[${DIGIT}]+[:.] ([^\\n]+)`, "gu");

/**
 * Reads `1: first step …` lines and `(START,1) (1,2) (2,END)` edges.
 *
 * @returns Null without the word "Node", without an edge, or where a number is too long for Python.
 */
export function parseWorkflow(text: string): Workflow | null {
  if (!text.includes("Node")) return null;
  const nodes = ["START", ...nodeTexts(text), "END"];
  try {
    const edges = readEdges(text, nodes.length - 1);
    return edges.length === 0 ? null : { nodes, edges };
  } catch (error) {
    if (error instanceof PythonError) return null; // a number of more digits than Python reads
    throw error;
  }
}

/** The node texts alone, without a last one that says to finish; empty without the word "Node". */
export function parseNodes(text: string): string[] {
  if (!text.includes("Node")) return [];
  const nodes = nodeTexts(text);
  return /[Ff]inish/.test(nodes.at(-1) ?? "") ? nodes.slice(0, -1) : nodes;
}

function nodeTexts(text: string): string[] {
  return Array.from(text.matchAll(NODE), (match) => strip(match[1]!));
}

/** `\(\s*(\d+|START)\s*,\s*(\d+|END)\s*\)` by hand: a run of blanks would take quadratic time. */
function readEdges(text: string, end: number): [number, number][] {
  const edges: [number, number][] = [];
  for (let at = text.indexOf("("); at !== -1;) {
    const match = readEdge(text, at);
    if (match === null) {
      at = text.indexOf("(", at + 1);
      continue;
    }
    const [from, to, next] = match;
    edges.push([
      from === "START" ? 0 : Number(pythonInteger(from)),
      to === "END" ? end : Number(pythonInteger(to)),
    ]);
    at = text.indexOf("(", next);
  }
  return edges;
}

function readEdge(text: string, open: number): [string, string, number] | null {
  const fromAt = skipBlanks(text, open + 1);
  const from = readToken(text, fromAt, "START");
  if (from === "") return null;
  const comma = skipBlanks(text, fromAt + from.length);
  if (text[comma] !== ",") return null;
  const toAt = skipBlanks(text, comma + 1);
  const to = readToken(text, toAt, "END");
  const close = skipBlanks(text, toAt + to.length);
  return to === "" || text[close] !== ")" ? null : [from, to, close + 1];
}

function skipBlanks(text: string, at: number): number {
  let next = at;
  while (next < text.length && isBlank(text[next]!)) next++;
  return next;
}

const DIGITS = new RegExp(`[${DIGIT}]+`, "uy");

function readToken(text: string, at: number, word: string): string {
  if (text.startsWith(word, at)) return word;
  DIGITS.lastIndex = at;
  return DIGITS.exec(text)?.[0] ?? "";
}
