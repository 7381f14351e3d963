/** All models of `data/models`; a folder with a recipe alone is a model that has not been trained yet. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";

const MODELS = join(import.meta.dirname!, "../../../data/models");
const REPOSITORY = join(MODELS, "../..");

const names = (await readdir(MODELS, { withFileTypes: true }))
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .filter((name) => existsSync(join(MODELS, name, "model.safetensors")))
  .sort();

async function readJson(model: string, file: string) {
  return JSON.parse(await readFile(join(MODELS, model, file), "utf8"));
}

/** A recipe; what it does not say is as in that of the model that it starts from. */
// deno-lint-ignore no-explicit-any
async function readRecipe(model: string): Promise<any> {
  const recipe = await readJson(model, "recipe.json");
  if (!recipe.start) return recipe;
  const start = recipe.start.model as string;
  return { ...await readRecipe(start.slice(start.lastIndexOf("/") + 1)), ...recipe };
}

/** Bytes of a model's files. */
async function sizeOf(model: string): Promise<number> {
  const files = (await readdir(join(MODELS, model), { withFileTypes: true }))
    .filter((entry) => entry.isFile());
  const sizes = files.map(async ({ name }) => (await stat(join(MODELS, model, name))).size);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

for (const model of names) {
  Deno.test(`${model}: the config says what the recipe says`, async () => {
    const recipe = await readRecipe(model);
    const config = await readJson(model, "config.json");
    const { rope_theta, ...settings } = recipe.model;
    for (const [name, value] of Object.entries(settings)) assert.equal(config[name], value, name);
    assert.equal(config.rope_parameters.rope_theta, rope_theta);
    assert.equal(config.vocab_size, recipe.tokenizer.vocabulary);
    assert.equal(config.dtype, "bfloat16");
  });

  Deno.test(`${model}: the files are whole`, async () => {
    const files = await readdir(join(MODELS, model));
    for (
      const name of ["tokenizer.json", "chat_template.jinja", "generation_config.json", "loss.csv"]
    ) assert.ok(files.includes(name), name);
    const weights = await readFile(join(MODELS, model, "model.safetensors"));
    const header = Number(weights.readBigUInt64LE(0));
    const tensors: { data_offsets?: [number, number] }[] = Object.values(
      JSON.parse(weights.subarray(8, 8 + header).toString()),
    );
    const end = Math.max(...tensors.map(({ data_offsets }) => data_offsets?.[1] ?? 0));
    assert.equal(weights.length, 8 + header + end);
  });

  Deno.test(`${model}: the loss curve covers the tokens of the recipe`, async () => {
    const { training } = await readJson(model, "recipe.json");
    const stages = training.stages as { tokens: number; batch_tokens: number }[];
    const wanted = stages.reduce((sum, { tokens }) => sum + tokens, 0);
    // a stage ends with the batch in which its tokens are used up
    const most = stages.reduce((sum, { batch_tokens }) => sum + batch_tokens, wanted);
    const curve = await readFile(join(MODELS, model, "loss.csv"), "utf8");
    const tokens = Number(curve.trimEnd().split("\n").at(-1)!.split(",")[1]);
    assert.ok(tokens >= wanted && tokens < most, `${tokens} of ${wanted}`);
  });

  Deno.test(`${model}: the model that the recipe starts from is the one here`, async () => {
    const { start } = await readJson(model, "recipe.json");
    if (!start) return;
    if (start.beforeStage) {
      // That model has been trained further since: its own recipe knows what it was.
      const { training } = JSON.parse(
        await readFile(join(REPOSITORY, start.model, "recipe.json"), "utf8"),
      );
      assert.equal(training.stages[start.beforeStage - 1].restart, start.sha256);
      return;
    }
    const weights = await readFile(join(REPOSITORY, start.model, "model.safetensors"));
    assert.equal(createHash("sha256").update(weights).digest("hex"), start.sha256);
  });
}

Deno.test("the models have one tokenizer and one chat template, and 24 MB at most together", async () => {
  assert.ok(names.length > 0);
  for (const file of ["tokenizer.json", "chat_template.jinja"]) {
    const texts = await Promise.all(
      names.map((name) => readFile(join(MODELS, name, file), "utf8")),
    );
    assert.equal(new Set(texts).size, 1, file);
  }
  const sizes = await Promise.all(names.map(sizeOf));
  assert.ok(sizes.reduce((sum, size) => sum + size, 0) < 24e6);
});
