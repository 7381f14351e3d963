import assert from "node:assert/strict";
import { join } from "node:path";
import { elsewhereFacts } from "../../runners/elsewhere_facts.ts";
import { formHasKernel } from "../../runners/methods/checkpoint_form.ts";

async function folderOf(config: unknown): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "actgauge-elsewhere-" });
  await Deno.writeTextFile(join(folder, "config.json"), JSON.stringify(config));
  await Deno.writeTextFile(join(folder, "model.safetensors"), "weights");
  return folder;
}

async function complaint(entry: { name: string; path: string }): Promise<string> {
  const error = await elsewhereFacts([entry]).then(() => null, (error) => error);
  assert.equal(error?.name, "UserError");
  return error.message;
}

Deno.test("elsewhereFacts() reads a checkpoint's form, and its hash follows its weights", async () => {
  const form = { quant_method: "gptq", bits: 4 };
  const path = await folderOf({ quantization_config: form });
  const read = async () =>
    Object.values(
      await elsewhereFacts([{ name: "none" }, { name: "checkpoint", path } as { name: string }]),
    );
  const [facts] = await read();
  assert.deepEqual(facts!.form, form);
  await Deno.writeTextFile(join(path, "model.safetensors"), "other weights");
  assert.notEqual((await read())[0]!.hash, facts!.hash);
  await Deno.remove(path, { recursive: true });
});

Deno.test("elsewhereFacts() refuses what cannot be read, and says what to do", async () => {
  const dense = await folderOf({});
  const foreign = await folderOf({ quantization_config: { quant_method: "bitsandbytes" } });
  assert.match(
    await complaint({ name: "checkpoint", path: dense }),
    /has no quantization_config: checkpoint takes a compressed .* as distilled/,
  );
  assert.match(
    await complaint({ name: "checkpoint", path: foreign }),
    /quant_method is "bitsandbytes"; expected one of gptq, awq, compressed-tensors/,
  );
  assert.match(
    await complaint({ name: "distilled", path: "/no/where" }),
    /Cannot read \/no\/where\/config\.json .*expected a folder in the Hugging Face layout/,
  );
  const hub = { name: "distilled", hub: "owner/none", revision: "abc" };
  const error = await elsewhereFacts([hub]).then(() => null, (error) => error);
  assert.match(error.message, /hf download owner\/none --revision abc/);
  for (const folder of [dense, foreign]) await Deno.remove(folder, { recursive: true });
});

Deno.test("formHasKernel() of the forms that checkpoints come in", () => {
  const int = (num_bits: number, strategy = "group", more = {}) => ({
    num_bits,
    type: "int",
    strategy,
    group_size: strategy === "group" ? 128 : null,
    symmetric: true,
    ...more,
  });
  const float = (num_bits: number, strategy: string, more = {}) => ({
    ...int(num_bits, strategy),
    type: "float",
    ...more,
  });
  const tensors = (weights: unknown, input_activations: unknown = null) =>
    ({
      quant_method: "compressed-tensors",
      config_groups: { group_0: { weights, input_activations } },
    }) as Parameters<typeof formHasKernel>[0];
  const cases: [Parameters<typeof formHasKernel>[0], cpu: boolean, cuda: boolean][] = [
    [null, true, true],
    [{ quant_method: "gptq", bits: 4 }, false, true],
    [{ quant_method: "awq", bits: 4 }, false, true],
    [tensors(int(4)), true, true],
    [tensors(int(8)), false, true],
    [tensors(int(3)), false, false],
    [tensors(int(8, "channel"), int(8, "token", { dynamic: true })), true, true],
    [tensors(float(8, "channel"), float(8, "token", { dynamic: true })), true, true],
    [tensors(float(8, "tensor"), float(8, "tensor", { dynamic: false })), false, true],
    [tensors(float(4, "tensor_group")), false, true],
    [tensors(float(4, "group"), float(4, "group", { dynamic: true })), false, false],
    [{ ...tensors(int(4)), kv_cache_scheme: float(8, "tensor") }, false, true],
  ];
  for (const [form, cpu, cuda] of cases) {
    assert.deepEqual(
      [formHasKernel(form, "cpu"), formHasKernel(form, "cuda")],
      [cpu, cuda],
      JSON.stringify(form),
    );
  }
});
