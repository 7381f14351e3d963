import assert from "node:assert/strict";
import { shareOut, sideBySide } from "../../../runners/launchers/share_out.ts";

Deno.test("shareOut() balances, keeps the order, and puts first what others wait for", () => {
  const work = [3, 9, 1, 4, 5, 2];
  const seconds = (part: number) => part;
  assert.deepEqual(shareOut(work, 2, seconds), [[3, 9], [1, 4, 5, 2]]);
  assert.deepEqual(shareOut(work, 2, seconds, (part) => part < 3), [[2, 4, 5], [1, 3, 9]]);
  assert.deepEqual(shareOut(work, 1, seconds), [work]);
  assert.deepEqual(shareOut([7], 3, seconds), [[7]]);
  assert.deepEqual(shareOut([], 3, seconds), []);
});

Deno.test("sideBySide() stops the others when one fails, waits for them, and throws its error", async () => {
  const ended: string[] = [];
  const untilStopped = (signal: AbortSignal) =>
    new Promise<void>((_, reject) =>
      signal.addEventListener("abort", () => {
        ended.push("stopped");
        reject(new Error("stopped"));
      })
    );
  const work = [untilStopped, () => Promise.reject(new Error("broken disk")), untilStopped];
  await assert.rejects(sideBySide(new AbortController().signal, work), /broken disk/);
  assert.deepEqual(ended, ["stopped", "stopped"]);
});
