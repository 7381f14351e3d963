import { join } from "node:path";
import { writeJsonLines } from "../../cells/cell_files.ts";
import type { TurnCompletion, TurnRequest } from "../../jobs.ts";
import { type Answer, ask, promptOf } from "./ask.ts";
import type { EndpointWork } from "./answer_samples.ts";
import { atATime } from "./at_a_time.ts";

/**
 * Plays the episodes of an environment round by round, and writes `completions.jsonl` as `play.py` does; token ids are
 * null. Turns that are kept are not asked for again: worlds answer the same turns alike.
 *
 * @param turns Takes a round of turns and gives the chats that go on.
 * @throws {EndpointError} In plain words; the turns that were taken are kept.
 */
export async function playSamples(
  work: EndpointWork,
  turns: (completions: TurnCompletion[]) => Promise<TurnRequest[]>,
): Promise<void> {
  const { endpoint, folder, kept, rows, sampling } = work;
  let chats: TurnRequest[] = rows.map((row) => ({
    sample_id: row.sample_id,
    messages: [...(promptOf(row) as { messages: TurnRequest["messages"] }).messages],
  }));
  const last = new Map<
    string,
    { messages: TurnRequest["messages"]; text: string; seconds: number }
  >();
  const first = new Map(chats.map(({ messages, sample_id }) => [sample_id, messages.length]));
  for (let turn = 0; chats.length > 0; turn++) {
    work.progress(rows.length - chats.length);
    const name = ({ sample_id }: TurnRequest) => `${sample_id}/${turn}`;
    const open = chats.filter((chat) => kept.get(name(chat)) === undefined);
    await atATime(open, endpoint.concurrency, work.signal, async (chat, signal) => {
      kept.keep(name(chat), await ask(endpoint, name(chat), chat, sampling, signal));
    });
    const completions = chats.map((chat) => completionOf(chat, kept.get(name(chat))!));
    for (const chat of chats) {
      const answer = kept.get(name(chat))!;
      const before = last.get(chat.sample_id)?.seconds ?? 0;
      last.set(chat.sample_id, {
        messages: [...chat.messages],
        text: "text" in answer ? answer.text : "",
        seconds: before + ("text" in answer ? answer.seconds : 0),
      });
    }
    chats = await turns(completions);
  }
  work.progress(rows.length);
  await writeJsonLines(
    join(folder, "completions.jsonl"),
    rows.map(({ sample_id }) => {
      const { messages, seconds, text } = last.get(sample_id)!;
      const later = messages.slice(first.get(sample_id)!).map(({ content }) => content);
      return {
        sample_id,
        prompt: null,
        prompt_token_ids: null,
        completion: [...later, text].join("\n"),
        completion_token_ids: null,
        seconds,
      };
    }),
  );
}

function completionOf({ sample_id }: TurnRequest, answer: Answer): TurnCompletion {
  const common = { sample_id, token_ids: [], token_ends: [] };
  if ("missing" in answer) {
    return { ...common, text: "", prompt_tokens: 0, finish_reason: "context" };
  }
  return {
    ...common,
    text: answer.text,
    prompt_tokens: answer.promptTokens ?? 0,
    finish_reason: answer.finishReason === "length" ? "length" : "stop",
  };
}
