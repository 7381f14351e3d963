import assert from "node:assert/strict";
import { CATALOGUE } from "../../../data/suites/tool_call/catalogue.ts";
import { renderJsonCall, renderStringCall } from "../../../data/suites/tool_call/render_call.ts";
import { toolCallRecords } from "../../../data/suites/tool_call/tool_call.ts";

const records = toolCallRecords();

Deno.test("tool_call asks for 60 calls as JSON and 60 as a string, of every tool", () => {
  for (const subtask of ["json", "string"]) {
    const calls = records.filter((record) => record.subtask === subtask);
    assert.equal(calls.length, 60);
    assert.equal(new Set(calls.map(({ gold }) => gold.name)).size, CATALOGUE.length);
  }
  assert.equal(new Set(records.map(({ id }) => id)).size, records.length);
});

Deno.test("tool_call offers four tools, the right one among them, and names every argument", () => {
  for (const { messages: [system, user], gold } of records) {
    const tools = Array.from(system!.content.matchAll(/^(\w+)\((.*)\)$/gm), ([, name]) => name);
    assert.equal(new Set(tools).size, 4);
    assert.ok(tools.includes(gold.name));
    const tool = CATALOGUE.find(({ name }) => name === gold.name)!;
    assert.deepEqual(Object.keys(gold.args), tool.parameters.map(({ name }) => name));
    for (const { name, type } of tool.parameters) {
      assert.equal(typeof gold.args[name], type === "string" ? "string" : "number");
      assert.match(user!.content, RegExp(`\\b${gold.args[name]}\\b`));
    }
  }
});

Deno.test("every request of the catalogue names every parameter once, and no wording is shared", () => {
  const wordings = CATALOGUE.flatMap(({ parameters, requests }) =>
    requests.map((request) => {
      const named = Array.from(request.matchAll(/\{(\w+)\}/g), ([, name]) => name);
      assert.deepEqual(named.sort(), parameters.map(({ name }) => name).sort(), request);
      return request.replaceAll(/\{\w+\}/g, "{}");
    })
  );
  assert.equal(new Set(wordings).size, wordings.length);
});

Deno.test("every tool of the catalogue has at least 200 possible calls", () => {
  for (const { name, parameters } of CATALOGUE) {
    const calls = parameters.reduce(
      (product, p) => product * (p.type === "string" ? p.values.length : p.high - p.low + 1),
      1,
    );
    assert.ok(calls >= 200, `${name} has ${calls}`);
  }
});

Deno.test("a call is rendered as JSON with spaces and as name(arg=value)", () => {
  const call = { name: "send", args: { to: 'Ann "A" B', count: 3 } };
  assert.equal(
    renderJsonCall(call),
    '{"name": "send", "args": {"to": "Ann \\"A\\" B", "count": 3}}',
  );
  assert.equal(renderStringCall(call), 'send(to="Ann \\"A\\" B", count=3)');
  for (const { gold } of records) assert.deepEqual(JSON.parse(renderJsonCall(gold)), gold);
});
