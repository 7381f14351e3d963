import assert from "node:assert/strict";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";

const MODEL = join(import.meta.dirname!, "../../../data/models/tiny-agent");

async function readJson(name: string) {
  return JSON.parse(await readFile(join(MODEL, name), "utf8"));
}

Deno.test("tiny-agent's config says what its recipe says", async () => {
  const { model, tokenizer } = await readJson("recipe.json");
  const config = await readJson("config.json");
  const { rope_theta, ...settings } = model;
  for (const [name, value] of Object.entries(settings)) assert.equal(config[name], value, name);
  assert.equal(config.rope_parameters.rope_theta, rope_theta);
  assert.equal(config.vocab_size, tokenizer.vocabulary);
  assert.equal(config.dtype, "bfloat16");
});

Deno.test("tiny-agent's files are whole and below 16 MB", async () => {
  const files = (await readdir(MODEL, { withFileTypes: true })).filter((file) => file.isFile());
  const names = files.map(({ name }) => name);
  for (
    const name of ["model.safetensors", "tokenizer.json", "generation_config.json", "loss.csv"]
  ) assert.ok(names.includes(name), name);
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(MODEL, name))).size));
  assert.ok(sizes.reduce((sum, size) => sum + size) < 16e6);
});

Deno.test("tiny-agent's loss curve covers the tokens of its recipe", async () => {
  const { training } = await readJson("recipe.json");
  const wanted = training.stages.reduce(
    (sum: number, stage: { tokens: number }) => sum + stage.tokens,
    0,
  );
  const rows = (await readFile(join(MODEL, "loss.csv"), "utf8")).trimEnd().split("\n").slice(1);
  const tokens = Number(rows.at(-1)!.split(",")[1]);
  assert.ok(tokens >= wanted && tokens < wanted * 1.001, `${tokens} of ${wanted}`);
});
