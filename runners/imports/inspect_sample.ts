/**
 * One sample of an Inspect log: what was asked, and what was answered.
 *
 * @module
 */
import { UserError } from "../errors.ts";
import { documentHash } from "./document_hash.ts";
import { field, isObject, type Placed, textOr } from "./fields.ts";
import type { LooseJson } from "./parse_json.ts";
import type { ImportedSample } from "./result_format.ts";

/** Inspect's words for the reason a generation ended, in those of the completions log. */
const FINISH_REASONS: Record<string, string> = { max_tokens: "length", model_length: "length" };

type Attachments = Record<string, LooseJson>;

/** Reads a sample without its scores. */
export function inspectSample(at: Placed): ImportedSample {
  const { record } = at;
  const epoch = field(at, "epoch", "integer");
  if (epoch < 1) {
    throw new UserError(`${at.place}, field "epoch": found ${epoch}, expected 1 or more`);
  }
  const attachments = isObject(record.attachments) ? record.attachments : {};
  const output = isObject(record.output) ? record.output : {};
  const choices: LooseJson[] = Array.isArray(output.choices) ? output.choices : [];
  const choice = isObject(choices[0]) ? choices[0] : null;
  const error = isObject(record.error) ? textOr(record.error, "message") ?? "error" : null;
  const reason = choice && textOr(choice, "stop_reason");
  return {
    id: String(field(at, "id", "string or integer")),
    repeat: epoch - 1,
    document: documentHash([
      question(record.input, attachments),
      record.choices ?? null,
      record.target ?? null,
    ]),
    prompt: promptOf(record, choice, attachments),
    promptTokenIds: null,
    completion: choice === null
      ? null
      : textOr(output, "completion") ?? contentText(messageOf(choice).content, attachments),
    completionTokenIds: null,
    finishReason: reason === null ? null : FINISH_REASONS[reason] ?? reason,
    gold: record.target === undefined ? null : JSON.stringify(record.target),
    seconds: typeof output.time === "number" && Number.isFinite(output.time) ? output.time : null,
    scores: [],
    error: error && `the sample ended in an error: ${error}`,
  };
}

function messageOf(choice: Record<string, LooseJson>): Record<string, LooseJson> {
  return isObject(choice.message) ? choice.message : {};
}

/** The question; messages without their ids, which are drawn anew in every run. */
function question(input: unknown, attachments: Attachments): unknown {
  if (typeof input === "string") return resolved(input, attachments);
  if (!Array.isArray(input)) return input ?? null;
  return input.map((message) =>
    isObject(message) ? [message.role ?? null, contentText(message.content, attachments)] : message
  );
}

/** The conversation up to the answer, each message under its role. */
function promptOf(
  record: Record<string, unknown>,
  choice: Record<string, LooseJson> | null,
  attachments: Attachments,
): string {
  const messages: LooseJson[] = Array.isArray(record.messages) ? record.messages : [];
  const answer = choice && textOr(messageOf(choice), "id");
  const before = messages.filter(isObject).filter((message) =>
    answer === null || textOr(message, "id") !== answer
  );
  if (before.length > 0) return conversation(before, attachments);
  if (Array.isArray(record.input)) {
    return conversation((record.input as LooseJson[]).filter(isObject), attachments);
  }
  return resolved(String(record.input ?? ""), attachments);
}

function conversation(messages: Record<string, LooseJson>[], attachments: Attachments): string {
  return messages.map((message) =>
    `[${textOr(message, "role") ?? "unknown"}]\n${contentText(message.content, attachments)}`
  ).join("\n\n");
}

/** Text of a message; parts that are no text stand as their kind in brackets. */
function contentText(content: LooseJson | undefined, attachments: Attachments): string {
  if (typeof content === "string") return resolved(content, attachments);
  if (!Array.isArray(content)) return "";
  return content.map((part) => {
    if (!isObject(part)) return resolved(String(part), attachments);
    const text = textOr(part, "text") ?? textOr(part, "reasoning");
    return text === null ? `[${textOr(part, "type") ?? "part"}]` : resolved(text, attachments);
  }).join("\n");
}

function resolved(text: string, attachments: Attachments): string {
  const key = /^attachment:\/\/([0-9a-f]+)$/.exec(text)?.[1];
  const content = key === undefined ? undefined : attachments[key];
  return typeof content === "string" ? content : text;
}
