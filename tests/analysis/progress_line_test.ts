import assert from "node:assert/strict";
import { progressLine } from "../../analysis/progress_line.ts";

Deno.test("progressLine() tells the share and the time left, on a terminal at once, else now and then", () => {
  for (const terminal of [true, false]) {
    let now = 0;
    let text = "";
    const line = progressLine(terminal, () => now, (part) => void (text += part));
    line.show({ doing: "measuring 1 of 4", share: 0 });
    now = 10_000;
    line.show({ doing: "measuring 2 of 4", share: 0.25 });
    now = 600_000;
    line.show({ doing: "measuring 3 of 4", share: 0.5 });
    line.show({ doing: "writing", share: 0.1 });
    line.clear();
    assert.equal(
      text,
      terminal
        ? "\r\x1b[K0 %: measuring 1 of 4\r\x1b[K25 %, about 30 s left: measuring 2 of 4" +
          "\r\x1b[K50 %, about 10 min left: measuring 3 of 4\r\x1b[K10 %: writing\r\x1b[K"
        : "50 %, about 10 min left: measuring 3 of 4\n",
    );
  }
});
