/**
 * What to choose, in sentences.
 *
 * @module
 */
import { choices } from "../../analysis/choice/choice_sentence.ts";
import { methodsOf } from "../../analysis/methods.ts";
import { damageSentences } from "../../analysis/spans/span_sentence.ts";
import { plainLine } from "../render/plain_line.ts";
import { escapeHtml } from "../render/table_html.ts";
import type { Results } from "../results.ts";
import { unbroken } from "../sampling.ts";

/** The sentences of every model and capability, then those of the damage by span; as plain text. */
export function choiceLines({ capabilities, spans, plan }: Results): string[] {
  return [
    ...choices(capabilities).map(({ sentence }) => sentence),
    ...damageSentences(spans, methodsOf(plan)),
  ];
}

/** The sentences of every model and capability, and how to read them. */
export function choiceSection({ capabilities, spans, plan }: Results): string {
  const found = choices(capabilities);
  if (found.length === 0) {
    return "<p>There are no scores that methods could be chosen by. Results of an older version have none " +
      `until they are built again: <code>deno task results ${
        escapeHtml(plainLine(plan.experiment))
      }</code></p>`;
  }
  return [
    `<ul>${
      found.map(({ sentence }) => `<li>${escapeHtml(unbroken(plainLine(sentence)))}</li>`).join(
        "\n",
      )
    }</ul>`,
    '<p class="note">Equivalent: two one-sided tests at 0.05 rule out a difference of the margin or more, ' +
    "after Holm's correction over the methods of a model. Another margin: " +
    "<code>deno task results NAME --margin 0.1</code>. All comparisons with their tests are in " +
    "<code>comparisons.parquet</code> and <code>capabilities.parquet</code> of the run.</p>",
    ...damageSentences(spans, methodsOf(plan)).map((sentence) =>
      `<p>Where the damage sits. ${escapeHtml(unbroken(plainLine(sentence)))}</p>`
    ),
  ].join("\n");
}
