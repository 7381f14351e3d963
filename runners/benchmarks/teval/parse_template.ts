/**
 * T-Eval's string answers: `<thought start>…<thought end><action start>…` around three texts.
 *
 * @module
 */
import { linearPattern } from "../../scoring/linear_pattern.ts";
import { PatternError } from "../../scoring/pattern_parser.ts";
import { NoScore, type ScorerMode } from "../../scoring/score_context.ts";

/** The literal pieces around the three texts of an answer. */
export interface StringTemplate {
  thought_start: string;
  thought_end: string;
  action_start: string;
  action_end: string;
  args_start: string;
  args_end: string;
}

/** The three texts of an answer. */
export interface StringAnswer {
  thought: string;
  action: string;
  args: string;
}

/** Longest text that a template is matched against, in characters; the rest is left out. */
const MAX_SEARCHED = 100_000;

/**
 * Finds the three texts, each as long as it can be.
 *
 * Upstream puts the pieces into a regular expression without escaping them: `(API)` becomes a group
 * and shifts the texts, `[args] ` one letter. `fixed` takes the pieces literally.
 *
 * @returns Null when the answer does not follow the template.
 * @throws {NoScore} In `upstream` mode, where upstream raises.
 */
export function parseStringAnswer(
  template: StringTemplate,
  text: string,
  mode: ScorerMode,
): StringAnswer | null {
  const pieces = [
    template.thought_start,
    template.thought_end + template.action_start,
    template.action_end + template.args_start,
    template.args_end,
  ];
  return mode === "fixed" ? findLiteral(pieces, text) : findPattern(pieces, text);
}

function findPattern(pieces: string[], text: string): StringAnswer | null {
  const [start, afterThought, afterAction, afterArgs] = pieces;
  const template = `${start}{thought}${afterThought}{action}${afterAction}{args}${afterArgs}`;
  const names = fieldNames(template);
  let source = template;
  for (const name of names) source = source.replaceAll(`{${name}}`, "(.*)");
  let groups: (string | null)[] | undefined;
  try {
    const pattern = linearPattern(source, { dotAll: true });
    groups = pattern.findAll(text.slice(0, MAX_SEARCHED), 1)[0]?.groups;
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    throw new NoScore(`upstream raises: the template as a pattern: ${error.message}`);
  }
  if (groups === undefined) return null;
  const group = (name: string) => {
    if (names.indexOf(name) !== names.lastIndexOf(name)) {
      throw new NoScore(`upstream raises: the template names "${name}" twice`);
    }
    return groups[names.indexOf(name)] ?? "";
  };
  return { thought: group("thought"), action: group("action"), args: group("args") };
}

/** Names in braces, as `string.Formatter().parse` reads them; a doubled brace is a plain one. */
function fieldNames(template: string): string[] {
  const names: string[] = [];
  for (let at = 0; at < template.length; at++) {
    const character = template[at];
    if (character !== "{" && character !== "}") continue;
    if (template[at + 1] === character) {
      at++;
      continue;
    }
    const end = character === "{" ? closingBrace(template, at) : -1;
    if (end === -1) throw new NoScore("upstream raises: a single brace in the template");
    names.push(/^[^!:]*/.exec(template.slice(at + 1, end))![0]);
    at = end;
  }
  return names;
}

function closingBrace(template: string, open: number): number {
  let depth = 0;
  for (let at = open; at < template.length; at++) {
    if (template[at] === "{") depth++;
    if (template[at] === "}" && --depth === 0) return at;
  }
  return -1;
}

/** Leftmost first piece, then each text as long as the later pieces allow: search from the right. */
function findLiteral(pieces: string[], text: string): StringAnswer | null {
  const [first, second, third, last] = pieces as [string, string, string, string];
  const from = text.indexOf(first);
  const end = text.lastIndexOf(last);
  const thirdAt = lastBefore(text, third, end);
  const secondAt = lastBefore(text, second, thirdAt);
  if (from === -1 || secondAt < from + first.length) return null;
  return {
    thought: text.slice(from + first.length, secondAt),
    action: text.slice(secondAt + second.length, thirdAt),
    args: text.slice(thirdAt + third.length, end),
  };
}

function lastBefore(text: string, piece: string, limit: number): number {
  return limit < piece.length ? -1 : text.lastIndexOf(piece, limit - piece.length);
}
