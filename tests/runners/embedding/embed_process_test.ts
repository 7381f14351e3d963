/** The process behind the vectors, with a stand-in for Python; the real one is in score_file_test.ts. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { embedProcess } from "../../../runners/embedding/embed_process.ts";

/** Uses a program that notes its start and then does `work`. */
async function withProgram(
  work: string,
  use: (program: string, starts: () => Promise<number>) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const program = join(folder, "python");
    const notes = join(folder, "starts");
    await Deno.writeTextFile(notes, "");
    await Deno.writeTextFile(program, `#!/bin/sh\necho start >> '${notes}'\n${work}\n`);
    await Deno.chmod(program, 0o755);
    await use(program, async () => (await Deno.readTextFile(notes)).split("\n").length - 1);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const ANSWERS = `while read -r line; do echo '{"dimensions": 0}'; done`;

Deno.test("embedProcess() answers many calls from one process, and starts none without a call", async () => {
  await withProgram(ANSWERS, async (program, starts) => {
    const process = embedProcess("model", program);
    await process.close();
    assert.equal(await starts(), 0);
    for (let call = 0; call < 3; call++) {
      assert.equal((await process.vectors(["a", "b"])).length, 2);
    }
    // Several cells may end at once.
    const texts = [["a"], ["b", "c"], ["d"]];
    const answers = await Promise.all(texts.map((own) => process.vectors(own)));
    assert.deepEqual(answers.map(({ length }) => length), [1, 2, 1]);
    await process.close();
    assert.equal(await starts(), 1);
  });
});

Deno.test("embedProcess() tells how the process failed, and starts another for the next call", async () => {
  await withProgram("echo no model >&2; exit 3", async (program, starts) => {
    const process = embedProcess("model", program);
    for (let call = 1; call <= 2; call++) {
      await assert.rejects(
        process.vectors(["a"]),
        /embed\.py failed \(exit code 3\):\n.*no model/s,
      );
      assert.equal(await starts(), call);
    }
    await process.close();
  });
});
