import type { Row } from "../../data/logs.ts";
import type { TurnCompletion } from "../jobs.ts";
import type { Span } from "./environment.ts";
import type { Trajectory } from "./play.ts";

/** The tokens of an episode, split as its row of the completions log is. */
export interface EpisodeTokens {
  prompt_token_ids: readonly number[];
  completion_token_ids: readonly number[];
}

/** Rows of the steps log: of each turn its spans, an act always among them, then the observation. */
export function stepsRows({ id, turns }: Trajectory, tokens: EpisodeTokens): Row[] {
  return turns.flatMap(({ completion, outcome }, step) => {
    const place = placer(completion, tokens);
    const missing: Span[] = outcome.spans.some(({ span }) => span === "act")
      ? []
      : [{ span: "act", text: "" }];
    const common = { sample_id: id, step };
    return [
      ...[...outcome.spans, ...missing].map(({ span, text }) => ({
        ...common,
        span,
        text,
        valid: span === "act" ? outcome.valid : null,
        progress: null,
        finish_reason: span === "act" ? completion.finish_reason : null,
        ...place(text),
      })),
      {
        ...common,
        span: "observation",
        text: outcome.observation,
        valid: null,
        progress: outcome.progress,
        finish_reason: null,
        position: null,
        token_count: null,
      },
    ];
  });
}

/** Finds the tokens of a turn's spans, asked for in their order. */
function placer(completion: TurnCompletion, tokens: EpisodeTokens) {
  const { text, token_ids, token_ends } = completion;
  const first = completion.prompt_tokens - tokens.prompt_token_ids.length;
  let from = 0;
  return (span: string): { position: number | null; token_count: number | null } => {
    const at = span === "" ? -1 : text.indexOf(span, from);
    if (at < 0) return { position: null, token_count: null };
    from = at + span.length;
    // Tokens end at code points; JavaScript counts UTF-16 units.
    const begin = [...text.slice(0, at)].length;
    const end = begin + [...span].length;
    const start = token_ends.findIndex((tokenEnd) => tokenEnd > begin);
    const last = token_ends.findIndex((tokenEnd) => tokenEnd >= end);
    const position = first + start;
    // A chat template that rewrites earlier turns puts other tokens there, or moves them.
    const stand = start >= 0 && last >= start && position >= 0 &&
      token_ids.slice(start, last + 1).every((token, index) =>
        tokens.completion_token_ids[position + index] === token
      );
    if (!stand) return { position: null, token_count: null };
    return { position, token_count: last + 1 - start };
  };
}
