/**
 * AgentBoard: tasks of many turns. Finished episodes are scored; the simulators are not part of this
 * benchmark.
 *
 * A record of the episodes' file, one a line: `{"sample_id", "done", "steps": [{…}, …]}`. A step holds
 * what its task's progress is measured on, and `valid`, whether the environment knew the action:
 *
 * - ScienceWorld and Jericho: `observation`, a text;
 * - PDDL: `state`, the literals that hold, and the episode `goal`, the literals that should;
 * - tools: `returned`, what the calls so far returned, against the record's subgoals; a sheet: `sheet`,
 *   and the episode `gold_sheet`, both lists of rows;
 * - any task: `progress`, 0 to 1, where the simulator says it itself (ALFWorld, BabyAI, …).
 *
 * @module
 */
import { basename, dirname } from "node:path";
import { parsePythonJson, pythonJsonText } from "../../scoring/python_json.ts";
import type { PythonValue } from "../../scoring/python_value.ts";
import type { Benchmark, Sample } from "../benchmark.ts";
import { scoresOrReason } from "../make_scores.ts";
import { filesBelow } from "../read_official.ts";
import { readAgentBoard } from "./records.ts";
import { readEpisode, scoreEpisode } from "./score_episode.ts";

const FILE = "test.jsonl";
const METRICS = ["progress", "success", "grounding"];

/**
 * The benchmark. `progress` is the best of an episode, `success` whether it ended done with progress 1,
 * `grounding` the share of valid actions. Subtasks are `<task>/easy` and `<task>/hard`.
 */
export const agentboard: Benchmark = {
  name: "agentboard",
  version: "1",
  title: "AgentBoard",
  upstream: "hkust-nlp/AgentBoard@bb7255e",
  licence: "Apache-2.0 (code), GPL-2.0 (data)",
  source: "the data folder that github.com/hkust-nlp/AgentBoard links; give it, a task's folder, " +
    "or a test.jsonl within a task's folder",
  data: null,
  maxTokens: 0,
  mainMetric: "progress",
  needs: [],
  overflow: "skip",
  episodes: true,

  async load(path) {
    const samples: Sample[] = [];
    for (const file of await filesBelow(path, FILE)) {
      const task = basename(dirname(file));
      (await readAgentBoard(file)).forEach(({ difficulty, goal, subgoals }, i) =>
        samples.push({
          id: `${task}/${i}`,
          subtask: `${task}/${difficulty}`,
          messages: [{ role: "user", content: goal }],
          gold: pythonJsonText(subgoals),
        })
      );
    }
    return samples;
  },

  score(sample, completion) {
    return scoresOrReason(METRICS, () => {
      const task = sample.subtask.split("/")[0]!;
      const subgoals = parsePythonJson(String(sample.gold)) as PythonValue[];
      return scoreEpisode(task, subgoals, readEpisode(completion));
    });
  },
};
