import assert from "node:assert/strict";
import fc from "fast-check";
import { parseTurn, renderTurn } from "../../../../data/suites/household/household.ts";

Deno.test("parseTurn() reads what renderTurn() writes", () => {
  const reason = "Find cup. Next: door shelf.";
  assert.equal(
    renderTurn(reason, "go to shelf"),
    `[REASON] ${reason}\n[ACT] go to shelf`,
  );
  assert.deepEqual(parseTurn(renderTurn(reason, "go to shelf")), { reason, action: "go to shelf" });
});

Deno.test("parseTurn() gives null for a span that is missing or empty", () => {
  assert.deepEqual(parseTurn(""), { reason: null, action: null });
  assert.deepEqual(parseTurn("go to shelf"), { reason: null, action: null });
  assert.deepEqual(parseTurn("[ACT] look"), { reason: null, action: "look" });
  assert.deepEqual(parseTurn("[REASON] Find cup."), { reason: "Find cup.", action: null });
  assert.deepEqual(parseTurn("[REASON]\n[ACT] \n"), { reason: null, action: null });
});

Deno.test("parseTurn() takes the first action and one line of it", () => {
  assert.deepEqual(parseTurn("[REASON] a\n[ACT] look\n[ACT] open box"), {
    reason: "a",
    action: "look",
  });
  assert.deepEqual(parseTurn("[ACT] look [REASON] late"), { reason: "late", action: "look" });
});

Deno.test("parseTurn() takes any text, and a megabyte of marks in no time", () => {
  const piece = fc.constantFrom("[REASON]", "[ACT]", "\n", "\0", "[", "look", " ");
  fc.assert(fc.property(fc.array(fc.oneof(piece, fc.string())), (pieces) => {
    const { reason, action } = parseTurn(pieces.join(""));
    assert.ok(reason === null || reason.length > 0 && !reason.includes("[ACT]"));
    assert.ok(action === null || action.length > 0 && !/\n|\[REASON\]/.test(action));
  }));
  const started = performance.now();
  parseTurn("[REASON][ACT]".repeat(1 << 17));
  parseTurn("[".repeat(1 << 20));
  assert.ok(performance.now() - started < 1000);
});
