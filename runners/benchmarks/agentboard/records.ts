/**
 * AgentBoard's official records.
 *
 * @module
 */
import { UserError } from "../../errors.ts";
import { lookUp, type PythonDict, type PythonValue } from "../../scoring/python_value.ts";
import { asList, asRecord, asText, at, readJsonLines } from "../read_official.ts";

/** One episode to be played. */
export interface AgentBoardRecord {
  goal: string;
  subgoals: PythonValue[];
  difficulty: "easy" | "hard";
  /** What the environment needs: game, variation, tool, answer. */
  additionalInfo: PythonDict;
}

/**
 * Reads a `test.jsonl` of AgentBoard.
 *
 * @throws {UserError} Naming file, line and field.
 */
export async function readAgentBoard(path: string): Promise<AgentBoardRecord[]> {
  return (await readJsonLines(path)).map(({ place, record }) => {
    const difficulty = asText(...at(place, record, "difficulty"));
    if (difficulty !== "easy" && difficulty !== "hard") {
      throw new UserError(`${place}, field "difficulty": expected "easy" or "hard"`);
    }
    const info = lookUp(record, "additional_info");
    return {
      goal: asText(...at(place, record, "goal")),
      subgoals: lookUp(record, "subgoals") === undefined
        ? []
        : asList(...at(place, record, "subgoals")),
      difficulty,
      additionalInfo: info === undefined
        ? { kind: "dict", entries: new Map() }
        : asRecord(...at(place, record, "additional_info")),
    };
  });
}
