/**
 * The chat template of our own models, as code. `data/models/tiny-agent-s/tokenizer_config.json` holds
 * the same as Jinja, and a test of the model compares the two.
 *
 * @module
 */
import type { Message } from "./suite.ts";

/**
 * Renders a chat in ChatML: `<|im_start|>role`, a newline, the content, `<|im_end|>`, a newline.
 *
 * @param messages The turns, in order.
 * @param generationPrompt True opens the assistant's turn at the end.
 */
export function renderChat(messages: readonly Message[], generationPrompt = false): string {
  const turns = messages.map(({ role, content }) => `<|im_start|>${role}\n${content}<|im_end|>\n`);
  return turns.join("") + (generationPrompt ? "<|im_start|>assistant\n" : "");
}
