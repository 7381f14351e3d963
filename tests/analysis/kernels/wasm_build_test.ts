import assert from "node:assert/strict";
import { MODULE_FILE } from "../../../analysis/kernels/row_module.ts";
import { buildKernels } from "../../../analysis/kernels/wasm/build.ts";

Deno.test("rows.wasm is what its sources build to", async () => {
  const committed = await Deno.readFile(MODULE_FILE);
  const built = await buildKernels();
  assert.ok(
    committed.length === built.length && committed.every((byte, i) => byte === built[i]),
    "the sources changed: run `deno task kernels` and commit rows.wasm",
  );
});
