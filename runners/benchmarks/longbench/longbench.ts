/**
 * LongBench v1: 21 sets of long-context tasks.
 *
 * @module
 */
import { UserError } from "../../errors.ts";
import { lookUp, type PythonDict } from "../../scoring/python_value.ts";
import type { Benchmark, Sample } from "../benchmark.ts";
import { scoresOrReason, valued } from "../make_scores.ts";
import {
  asRecord,
  asText,
  asTexts,
  at,
  filesAt,
  findBeside,
  readJson,
  readJsonLines,
  stem,
} from "../read_official.ts";
import { LONGBENCH_SETS } from "./datasets.ts";
import { scorePrediction } from "./score.ts";

/** Gold side of a record. */
interface Gold {
  answers: string[];
  classes: string[] | null;
  length: number;
}

/** The benchmark. `score` is 0 to 1; tables print its mean times 100. */
export const longbench: Benchmark = {
  name: "longbench",
  version: "1",
  title: "LongBench",
  upstream: "THUDM/LongBench@2e00731 (LongBench/, v1)",
  licence: "MIT (code); each set keeps its own licence",
  source: "data.zip of the dataset THUDM/LongBench; give its folder or a .jsonl file, and put " +
    "config/dataset2prompt.json of github.com/THUDM/LongBench beside it",
  data: new URL("../../../data/suites/longbench/", import.meta.url),
  maxTokens: 512,
  mainMetric: "score",
  needs: ["segmentation"],
  overflow: "truncate-middle",

  async load(path) {
    const templates = await readTemplates(path);
    const samples: Sample[] = [];
    for (const file of await filesAt(path, [".jsonl"])) {
      const name = stem(file).replace(/_e$/, "");
      const set = LONGBENCH_SETS[name];
      if (set === undefined) {
        const known = Object.keys(LONGBENCH_SETS).join(", ");
        throw new UserError(`${file}: LongBench has no set "${name}"; expected one of ${known}`);
      }
      const template = asText(`the prompt of "${name}"`, lookUp(templates, name));
      const records = await readJsonLines(file);
      records.forEach(({ place, record }, i) => {
        const gold = readGold(place, record, set.classes);
        const content = fill(template, place, record);
        samples.push({
          id: `${stem(file)}/${lookUp(record, "_id") ?? i}`,
          subtask: name,
          messages: [{ role: "user", content }],
          gold: { ...gold },
          maxTokens: set.maxTokens,
          chat: set.chat,
        });
      });
    }
    return samples;
  },

  score(sample, completion, context) {
    const { answers, classes } = sample.gold as unknown as Gold;
    return scoresOrReason(
      ["score"],
      () =>
        valued({ score: scorePrediction(sample.subtask, completion, answers, classes, context) }),
    );
  },
};

async function readTemplates(path: string): Promise<PythonDict> {
  const file = await findBeside(path, ["dataset2prompt.json", "config/dataset2prompt.json"]);
  if (file === null) {
    throw new UserError(
      `${path}: no dataset2prompt.json beside it; copy it from LongBench/config of ` +
        `github.com/THUDM/LongBench`,
    );
  }
  return asRecord(file, await readJson(file));
}

function readGold(place: string, record: PythonDict, needsClasses: boolean): Gold {
  const classes = lookUp(record, "all_classes") ?? null;
  if (needsClasses && classes === null) {
    throw new UserError(`${place}, field "all_classes": expected the list of classes`);
  }
  const answers = asTexts(...at(place, record, "answers"));
  if (answers.length === 0) throw new UserError(`${place}, field "answers": the list is empty`);
  return {
    answers,
    classes: classes === null ? null : asTexts(...at(place, record, "all_classes")),
    length: Number(lookUp(record, "length") ?? 0),
  };
}

/** Python's `template.format(**record)` for plain `{name}` fields. */
function fill(template: string, place: string, record: PythonDict): string {
  return template.replace(/\{(\w+)\}/g, (_, name) => asText(...at(place, record, name)));
}
