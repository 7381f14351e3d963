import assert from "node:assert/strict";
import fc from "fast-check";
import type { Json } from "../../../data/types.ts";
import { BENCHMARKS } from "../../../runners/benchmarks/registry.ts";
import type { Environment, StepOutcome } from "../../../runners/environments/environment.ts";
import { household } from "../../../runners/environments/household.ts";
import { type Play, startPlay } from "../../../runners/environments/play.ts";
import { ENVIRONMENTS } from "../../../runners/environments/registry.ts";
import { scoreEpisode } from "../../../runners/environments/score_episode.ts";
import { stepsRows } from "../../../runners/environments/steps_rows.ts";
import type { TurnCompletion } from "../../../runners/jobs.ts";
import { expertTurns } from "./expert_turns.ts";

const tasks = await household.load(household.data.pathname);

const said = (sample_id: string, text: string): TurnCompletion => ({
  sample_id,
  text,
  token_ids: [],
  token_ends: [],
  prompt_tokens: 0,
  finish_reason: "stop",
});

/** Plays all episodes to their end; `turn` says what the model answers. */
async function playOut(
  environment: Environment,
  starts: { id: string; spec: Json }[],
  turn: (id: string, step: number) => string,
): Promise<Play> {
  const play = startPlay(environment, starts);
  let running = starts.map(({ id }) => id);
  for (let step = 0; running.length > 0; step++) {
    const requests = await play.next(running.map((id) => said(id, turn(id, step))));
    running = requests.map(({ sample_id }) => sample_id);
  }
  return play;
}

/** Names and values of an episode's scores. */
function scoresOf(play: Play): Record<string, number | null>[] {
  const tokens = { prompt_token_ids: [], completion_token_ids: [] };
  return play.trajectories().map((trajectory) =>
    Object.fromEntries(
      scoreEpisode(stepsRows(trajectory, tokens), trajectory.end!)
        .map(({ metric, value }) => [metric, value]),
    )
  );
}

Deno.test("the expert plays every household episode to success, together as one by one", async () => {
  const turns = new Map(tasks.map(({ id, spec }) => [id, expertTurns(spec)]));
  const turn = (id: string, step: number) => turns.get(id)![step]!;
  const together = await playOut(household, tasks, turn);
  assert.deepEqual(
    scoresOf(together),
    tasks.map(({ id }) => ({
      success: 1,
      progress: 1,
      grounding: 1,
      steps: turns.get(id)!.length,
    })),
  );
  for (const [index, task] of tasks.slice(0, 6).entries()) {
    const alone = await playOut(household, [task], turn);
    assert.deepEqual(alone.trajectories()[0], together.trajectories()[index]);
  }
});

Deno.test("household takes any text as a turn, and no text reaches a goal without its actions", async () => {
  const part = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom(
      "[REASON]",
      "[ACT]",
      "\n",
      "<|im_end|>",
      "look",
      "go to bin",
      "\u0000",
      "\ud83d",
    ),
  );
  const text = fc.array(part, { maxLength: 6 }).map((parts) => parts.join(" "));
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 30, maxLength: 30 }), async (texts) => {
      const play = await playOut(household, [tasks[0]!], (_, step) => texts[step]!);
      const [{ turns, end } = { turns: [], end: null }] = play.trajectories();
      const [scores] = scoresOf(play);
      assert.equal(end, "max_steps");
      assert.equal(scores!.success, 0);
      assert.equal(scores!.steps, household.maxSteps);
      for (const { completion, outcome } of turns) {
        // Spans are parts of the turn, in their order.
        let from = 0;
        for (const { text } of outcome.spans) {
          from = completion.text.indexOf(text, from);
          assert.ok(from >= 0 && text !== "");
          from += text.length;
        }
      }
    }),
    { numRuns: 15 },
  );
});

Deno.test("a chat goes on with the model's turn and the world's answer", async () => {
  const { id, spec } = tasks[0]!;
  const play = startPlay(household, [{ id, spec }]);
  const { messages } = await household.start(spec);
  const [request] = await play.next([said(id, "[ACT] look")]);
  assert.equal(request!.sample_id, id);
  assert.deepEqual(request!.messages, [
    ...messages,
    { role: "assistant", content: "[ACT] look" },
    { role: "user", content: "At door: nothing." },
  ]);
});

/** A world that says what it is told to. */
function scripted(outcomes: Partial<StepOutcome>[], maxSteps = 9): Environment {
  return {
    ...household,
    name: "scripted",
    maxSteps,
    start: () => {
      let step = 0;
      const answer = { observation: "o", valid: true, progress: 0, done: false, spans: [] };
      return {
        messages: [{ role: "user", content: "go" }],
        step: () => Promise.resolve({ ...answer, ...outcomes[step++] }),
      };
    },
  };
}

const one = [{ id: "a", spec: null }];

Deno.test("an episode ends when its world says so, at its last step, or for want of room", async () => {
  const ends = async (outcomes: Partial<StepOutcome>[], maxSteps?: number) => {
    const play = await playOut(scripted(outcomes, maxSteps), one, () => "x");
    const [{ end, turns } = { end: null, turns: [] }] = play.trajectories();
    return [end, turns.length];
  };
  assert.deepEqual(await ends([{}, { done: true, progress: 0.5 }]), ["done", 2]);
  assert.deepEqual(await ends([], 3), ["max_steps", 3]);
  assert.deepEqual(await ends([{}, {}, { done: true }], 3), ["max_steps", 3]);
  assert.deepEqual(await ends([{}, {}, { done: true, progress: 1 }], 3), ["done", 3]);
  const play = startPlay(scripted([]), one);
  assert.equal((await play.next([said("a", "x")])).length, 1);
  assert.deepEqual(await play.next([{ ...said("a", ""), finish_reason: "context" }]), []);
  assert.equal(play.trajectories()[0]!.end, "context");
  assert.equal(play.trajectories()[0]!.turns.length, 1);
});

Deno.test("a turn of no running episode, and a world that breaks its rules, are named", async () => {
  const play = startPlay(scripted([{ done: true }]), one);
  await assert.rejects(play.next([said("b", "x")]), /No episode "b" is being played/);
  await play.next([said("a", "x")]);
  await assert.rejects(play.next([said("a", "x")]), /No episode "a" is being played/);
  const wrong = (outcome: Partial<StepOutcome>) =>
    startPlay(scripted([outcome]), one).next([said("a", "x")]);
  await assert.rejects(
    wrong({ progress: NaN }),
    /"scripted", episode "a", step 0: progress is NaN/,
  );
  const act = { span: "act", text: "x" } as const;
  await assert.rejects(wrong({ spans: [act, act] }), /more than one act/);
});

Deno.test("every environment stands under its own name, which no benchmark has", () => {
  for (const [key, { name }] of Object.entries(ENVIRONMENTS)) {
    assert.equal(key, name);
    assert.ok(!Object.hasOwn(BENCHMARKS, name));
  }
});
