/**
 * Tool calls: four tools of the catalogue and a request; the answer is the one right call, as JSON or
 * as a string.
 *
 * @module
 */
import { createRandom, type Random } from "../random.ts";
import { jsonLines } from "../json_lines.ts";
import {
  type Conversation,
  drawFrom,
  type Message,
  type Split,
  type Suite,
  type TestRecord,
} from "../suite.ts";
import { CATALOGUE, type Parameter, type Tool } from "./catalogue.ts";
import { type Call, renderJsonCall, renderStringCall } from "./render_call.ts";

/** A line of `tool_call/test.jsonl`. */
export interface ToolCallRecord extends TestRecord {
  subtask: "json" | "string";
  gold: Call;
}

const FORMS = {
  json: {
    instruction: 'Answer with one call as JSON: {"name": tool, "args": {parameter: value}}',
    render: renderJsonCall,
  },
  string: {
    instruction: "Answer with one call as a string: tool(parameter=value)",
    render: renderStringCall,
  },
} as const;

type Form = keyof typeof FORMS;

const RECORDS_PER_FORM = 60;
const TOOLS_OFFERED = 4;

/** Requests of one conversation to train on: several answers for one reading of the tools. */
const MOST_TURNS = 8;

/** One call of a tool out of four, as JSON or as a string. */
export const toolCall: Suite = {
  name: "tool_call",
  files: () => new Map([["test.jsonl", jsonLines(toolCallRecords())]]),
  testInstances: () => toolCallRecords().map(({ gold }) => renderStringCall(gold)),
  conversation,
};

/** The test records. */
export function toolCallRecords(): ToolCallRecord[] {
  const random = createRandom("tool_call/test/1");
  const seen = new Set<string>();
  return (["json", "string"] as const).flatMap((subtask) =>
    Array.from({ length: RECORDS_PER_FORM }, (_, i): ToolCallRecord => {
      const tool = CATALOGUE[i % CATALOGUE.length] as Tool;
      const call = drawCall(random, "test", tool, seen);
      seen.add(renderStringCall(call));
      const messages: Message[] = [
        { role: "system", content: offer(offeredTools(random, tool), subtask) },
        { role: "user", content: request(random, tool, call) },
      ];
      return { id: `tool_call-${subtask}-${i}`, subtask, messages, gold: call };
    })
  );
}

function conversation(random: Random, split: "train" | "calibration"): Conversation {
  const subtask = random.pick(Object.keys(FORMS) as Form[]);
  const tools = offeredTools(random, random.pick(CATALOGUE));
  const asked = split === "train" ? random.integer(1, MOST_TURNS) : 1;
  const messages: Message[] = [{ role: "system", content: offer(tools, subtask) }];
  const instances: string[] = [];
  for (let turn = 0; turn < asked; turn++) {
    const tool = random.pick(tools);
    const call = drawCall(random, split, tool, new Set());
    instances.push(renderStringCall(call));
    messages.push(
      { role: "user", content: request(random, tool, call) },
      { role: "assistant", content: FORMS[subtask].render(call) },
    );
  }
  return { suite: "tool_call", subtask, messages, instances };
}

/** The tool and three others, in random order. */
function offeredTools(random: Random, tool: Tool): Tool[] {
  const others = random.sample(CATALOGUE.filter((other) => other !== tool), TOOLS_OFFERED - 1);
  return random.sample([tool, ...others], TOOLS_OFFERED);
}

function offer(tools: Tool[], form: Form): string {
  return ["Tools:", ...tools.map(signature), FORMS[form].instruction].join("\n");
}

function signature({ name, parameters }: Tool): string {
  return `${name}(${parameters.map((p) => `${p.name}: ${p.type}`).join(", ")})`;
}

function drawCall(random: Random, split: Split, tool: Tool, seen: Set<string>): Call {
  const draw = (): Call => ({
    name: tool.name,
    args: Object.fromEntries(tool.parameters.map((p) => [p.name, drawValue(random, p)])),
  });
  return drawFrom(split, draw, renderStringCall, (call) => !seen.has(renderStringCall(call)));
}

function drawValue(random: Random, parameter: Parameter): string | number {
  return parameter.type === "string"
    ? random.pick(parameter.values)
    : random.integer(parameter.low, parameter.high);
}

function request(random: Random, tool: Tool, { args }: Call): string {
  return random.pick(tool.requests).replaceAll(
    /\{(\w+)\}/g,
    (_, name: string) => String(args[name]),
  );
}
