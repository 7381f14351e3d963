import { type HouseholdTask } from "../../../data/suites/household/household.ts";
import { playExpert } from "../../../data/suites/household/play_expert.ts";

/** What the suite's scripted expert says in an episode, turn by turn; it reaches every goal. */
export function expertTurns(spec: unknown): string[] {
  return playExpert(spec as HouseholdTask).messages
    .filter(({ role }) => role === "assistant")
    .map(({ content }) => content);
}
