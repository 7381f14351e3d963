import assert from "node:assert/strict";
import { CATALOGUE, findsSomething, takesText } from "../../../../data/suites/teval/catalogue.ts";
import { renderCall, renderJson, renderSignature } from "../../../../data/suites/teval/render.ts";
import { splitOf } from "../../../../data/suites/suite.ts";

Deno.test("every wording of a tool names every parameter once, and no two tools share one", () => {
  const wordings = CATALOGUE.flatMap(({ parameters, clauses }) =>
    clauses.map((clause) => {
      const named = Array.from(clause.matchAll(/\{(\w+)\}/g), ([, name]) => name);
      assert.deepEqual(named.sort(), parameters.map(({ name }) => name).sort(), clause);
      return clause.replaceAll(/\{\w+\}/g, "{}");
    })
  );
  assert.equal(new Set(wordings).size, wordings.length);
});

Deno.test("names have a dot, and names and outcomes tell the tools apart", () => {
  for (const { name } of CATALOGUE) assert.match(name, /^[A-Z][a-z]+\.[a-z]+$/);
  assert.equal(new Set(CATALOGUE.map(({ name }) => name)).size, CATALOGUE.length);
  assert.equal(new Set(CATALOGUE.map(({ outcome }) => outcome)).size, CATALOGUE.length);
});

Deno.test("a tool that finds something says what, and takes no text", () => {
  for (const tool of CATALOGUE) {
    assert.equal(tool.outcome.includes("{result}"), findsSomething(tool), tool.name);
    assert.ok(!(findsSomething(tool) && takesText(tool)), tool.name);
    if (takesText(tool)) assert.equal(tool.parameters[0]!.name, "text");
  }
});

Deno.test("every tool has calls in every split", () => {
  for (const { name, parameters } of CATALOGUE) {
    let calls: Record<string, string | number>[] = [{}];
    for (const { name: key, values } of parameters) {
      calls = calls.flatMap((args) => values.map((value) => ({ ...args, [key]: value })));
    }
    const splits = calls.map((args) => splitOf(renderCall({ name, args })));
    for (const split of ["train", "calibration", "test"] as const) {
      assert.ok(splits.filter((other) => other === split).length >= 5, `${name}, ${split}`);
    }
  }
});

Deno.test("calls are rendered as name(arg=value) and as json.dumps writes them", () => {
  const call = { name: "Hotel.book", args: { city: "Oslo", nights: 3 } };
  assert.equal(renderCall(call), 'Hotel.book(city="Oslo", nights=3)');
  assert.equal(
    renderJson([{ id: 0, ...call }]),
    '[{"id": 0, "name": "Hotel.book", "args": {"city": "Oslo", "nights": 3}}]',
  );
  assert.equal(renderJson({}), "{}");
  const hotel = CATALOGUE.find(({ name }) => name === "Hotel.book")!;
  assert.equal(renderSignature(hotel), "Hotel.book(city, nights)");
});
