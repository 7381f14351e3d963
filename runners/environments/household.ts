/**
 * Household: a text world in which an agent searches a room for an object and does something with it. Our own
 * suite: data/suites/household.
 *
 * @module
 */
import { z } from "zod";
import {
  GOALS,
  type HouseholdTask,
  MAX_STEPS,
  parseTurn,
  startHousehold,
  SYSTEM_PROMPT,
} from "../../data/suites/household/household.ts";
import { readRecords, refuseDuplicates } from "../benchmarks/read_samples.ts";
import type { Environment, Span } from "./environment.ts";

const task = z.object({
  id: z.string().min(1),
  seed: z.string(),
  goal: z.enum(GOALS),
  difficulty: z.enum(["easy", "hard"]),
});

/** The environment. A record's `messages` are not read: the task decides what the chat begins with. */
export const household: Environment = {
  name: "household",
  version: "1",
  title: "Household",
  data: new URL("../../data/suites/household/test.jsonl", import.meta.url),
  maxSteps: MAX_STEPS,
  maxTokens: 64,
  mainMetric: "success",

  async load(path) {
    const tasks = await readRecords(path, task);
    refuseDuplicates(path, tasks.map(({ id }) => id));
    return tasks.map((spec) => ({
      id: spec.id,
      subtask: spec.goal,
      difficulty: spec.difficulty,
      spec,
    }));
  },

  start(spec) {
    const world = startHousehold(spec as unknown as HouseholdTask);
    return {
      messages: [
        { role: "system", content: SYSTEM_PROMPT },
        { role: "user", content: world.observation },
      ],
      step(turn) {
        const { reason, action } = parseTurn(turn);
        const spans: Span[] = [];
        if (reason !== null) spans.push({ span: "reason", text: reason });
        if (action !== null) spans.push({ span: "act", text: action });
        // The reason may stand behind the action.
        if (turn.indexOf("[ACT]") < turn.indexOf("[REASON]")) spans.reverse();
        return { ...world.step(action ?? ""), spans };
      },
    };
  },
};
