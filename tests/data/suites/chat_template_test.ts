import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { renderChat } from "../../../data/suites/chat_template.ts";
import type { Message } from "../../../data/suites/suite.ts";

const TEMPLATE = join(
  import.meta.dirname!,
  "../../../data/models/tiny-agent-s/chat_template.jinja",
);

/** Runs the little Jinja that the template uses: one loop over the messages, then one condition. */
function runTemplate(template: string, messages: Message[], generationPrompt: boolean): string {
  const parts =
    /^\{% for message in messages %\}(.*)\{% endfor %\}\{% if add_generation_prompt %\}(.*)\{% endif %\}$/s
      .exec(template);
  assert.ok(parts, "the template has another structure than this test knows");
  const turns = messages.map((message) =>
    parts[1]!.replaceAll(
      /\{\{ message\['(role|content)'\] \}\}/g,
      (_, key: "role" | "content") => message[key],
    )
  );
  return turns.join("") + (generationPrompt ? parts[2] : "");
}

Deno.test("renderChat() agrees with the template of the committed models", async () => {
  const template = await readFile(TEMPLATE, "utf8");
  const messages: Message[] = [
    { role: "system", content: "Tools:\nadd(a: integer)" },
    { role: "user", content: "Add $& 1." },
    { role: "assistant", content: "add(a=1)" },
  ];
  for (const generationPrompt of [false, true]) {
    assert.equal(
      renderChat(messages, generationPrompt),
      runTemplate(template, messages, generationPrompt),
    );
  }
});
