import assert from "node:assert/strict";
import { scoreEpisode } from "../../../runners/environments/score_episode.ts";
import { stepsRows } from "../../../runners/environments/steps_rows.ts";
import type { Trajectory, Turn } from "../../../runners/environments/play.ts";

/** A turn of which only what scores look at matters. */
function turn(valid: boolean, progress: number): Turn {
  return {
    completion: {
      sample_id: "a",
      text: "",
      token_ids: [],
      token_ends: [],
      prompt_tokens: 0,
      finish_reason: "stop",
    },
    outcome: { observation: "", valid, progress, done: false, spans: [] },
  };
}

function scores(end: Trajectory["end"], ...turns: [boolean, number][]) {
  const trajectory = { id: "a", end, turns: turns.map(([valid, share]) => turn(valid, share)) };
  const rows = stepsRows(trajectory, { prompt_token_ids: [], completion_token_ids: [] });
  return Object.fromEntries(
    scoreEpisode(rows, end!).map(({ metric, value, reason }) => [metric, value ?? reason]),
  );
}

Deno.test("scoreEpisode() of known episodes", () => {
  assert.deepEqual(scores("done", [true, 0.5], [false, 0.5], [true, 1]), {
    success: 1,
    progress: 1,
    grounding: 2 / 3,
    steps: 3,
  });
  // Progress counts at its best, success at the end.
  assert.deepEqual(scores("done", [true, 1], [true, 0.25]), {
    success: 0,
    progress: 1,
    grounding: 1,
    steps: 2,
  });
  // The world never said that it is over.
  assert.deepEqual(scores("max_steps", [false, 0], [true, 1]), {
    success: 0,
    progress: 1,
    grounding: 0.5,
    steps: 2,
  });
  assert.deepEqual(scores("context"), {
    success: 0,
    progress: 0,
    grounding: "the episode has no turn",
    steps: 0,
  });
});

/** "é🎉": five tokens, the second and third of them parts of one character. */
const completion = {
  sample_id: "a",
  text: "[R] é🎉 go [A] go",
  token_ids: [10, 11, 12, 13, 14, 15, 16, 2],
  //          [R]  é  🎉.. ..  _go  _[A]  _go
  token_ends: [3, 5, 6, 6, 9, 13, 16, 16],
  prompt_tokens: 7,
  finish_reason: "stop" as const,
};

function rowsWith(completion_token_ids: number[]) {
  const outcome = {
    observation: "seen",
    valid: true,
    progress: 0.5,
    done: false,
    spans: [
      { span: "reason" as const, text: "é🎉 go" },
      { span: "act" as const, text: "go" },
    ],
  };
  const prompt_token_ids = [1, 1, 1, 1, 1];
  return stepsRows({ id: "a", end: "context", turns: [{ completion, outcome }] }, {
    prompt_token_ids,
    completion_token_ids,
  });
}

Deno.test("stepsRows() finds a span's tokens in the last prompt, by code points", () => {
  const [reason, act, observation] = rowsWith([3, 3, ...completion.token_ids, 4]);
  const common = { sample_id: "a", step: 0 };
  assert.deepEqual(reason, {
    ...common,
    span: "reason",
    text: "é🎉 go",
    valid: null,
    progress: null,
    finish_reason: null,
    position: 3,
    token_count: 4,
  });
  // The second "go" is the act.
  assert.deepEqual(act, {
    ...common,
    span: "act",
    text: "go",
    valid: true,
    progress: null,
    finish_reason: "stop",
    position: 8,
    token_count: 1,
  });
  assert.deepEqual(observation, {
    ...common,
    span: "observation",
    text: "seen",
    valid: null,
    progress: 0.5,
    finish_reason: null,
    position: null,
    token_count: null,
  });
});

Deno.test("stepsRows() gives no position where the last prompt holds other tokens", () => {
  const [reason, act] = rowsWith([3, 3, 10, 11, 99, 13, 14, 15, 16, 2]);
  assert.deepEqual([reason!.position, reason!.token_count], [null, null]);
  assert.deepEqual([act!.position, act!.token_count], [8, 1]);
  assert.deepEqual(rowsWith([]).map(({ position }) => position), [null, null, null]);
});
