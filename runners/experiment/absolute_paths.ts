import { isAbsolute, join } from "node:path";
import type { Experiment } from "./shape.ts";

/** Makes an experiment's relative paths absolute, which start from its file's folder. */
export function withAbsolutePaths(experiment: Experiment, folder: string): Experiment {
  const absolute = (path: string) => isAbsolute(path) ? path : join(folder, path);
  return {
    ...experiment,
    models: experiment.models.map((model) =>
      model.path === undefined ? model : { ...model, path: absolute(model.path) }
    ),
    methods: experiment.methods.map((method) => {
      const { path } = method as { path?: string };
      return path === undefined ? method : { ...method, path: absolute(path) };
    }),
    benchmarks: experiment.benchmarks.map((benchmark) =>
      benchmark.data === undefined ? benchmark : { ...benchmark, data: absolute(benchmark.data) }
    ),
    scoring: {
      ...experiment.scoring,
      embedder: /[/\\]/.test(experiment.scoring.embedder)
        ? absolute(experiment.scoring.embedder)
        : experiment.scoring.embedder,
    },
    calibration: {
      ...experiment.calibration,
      set: experiment.calibration.set.map((set) =>
        /[/\\]|\.jsonl$/.test(set) ? absolute(set) : set
      ),
    },
  };
}
