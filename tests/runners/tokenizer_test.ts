import assert from "node:assert/strict";
import { join } from "node:path";
import { UserError } from "../../runners/errors.ts";
import { hubFolder, readTokenizer } from "../../runners/tokenizer.ts";

interface Golden {
  source: string;
  tokenizers: Record<string, {
    tokenizer: unknown;
    cases: { text: string; ids: number[]; decoded: string }[];
  }>;
}

async function withFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("readTokenizer() encodes and decodes as the Python package does", async () => {
  const golden: Golden = JSON.parse(
    await Deno.readTextFile(new URL("./golden/tokenizers.json", import.meta.url)),
  );
  for (const [kind, { cases, tokenizer }] of Object.entries(golden.tokenizers)) {
    await withFolder(async (folder) => {
      await Deno.writeTextFile(join(folder, "tokenizer.json"), JSON.stringify(tokenizer));
      const { encode, decode } = await readTokenizer(folder);
      for (const { decoded, ids, text } of cases) {
        assert.deepEqual(encode(text), ids, `${kind}: ${JSON.stringify(text)}`);
        assert.equal(decode(ids), decoded, kind);
      }
    });
  }
});

Deno.test("readTokenizer() says what a folder lacks", async () => {
  await withFolder(async (folder) => {
    await assert.rejects(readTokenizer(folder), (error) => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, /there is no tokenizer\.json; save one/);
      return true;
    });
    await Deno.writeTextFile(join(folder, "tokenizer.json"), "{");
    await assert.rejects(readTokenizer(folder), /tokenizer\.json: not JSON/);
  });
});

Deno.test("hubFolder() is where the hub's cache keeps a commit", () => {
  assert.ok(hubFolder("Qwen/Qwen2.5", "abc").endsWith("models--Qwen--Qwen2.5/snapshots/abc"));
});
