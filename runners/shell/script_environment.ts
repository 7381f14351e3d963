/** Variables that would make a Python other than the chosen one, or let the user's own packages in. */
const LEFT_OUT = [
  "PYTHONPATH",
  "PYTHONHOME",
  "PYTHONSTARTUP",
  "VIRTUAL_ENV",
  "__PYVENV_LAUNCHER__",
];

/**
 * The environment of the Python scripts: that of this process, without what would change which packages are seen,
 * with a fixed number of threads, no model hub and no usage reports.
 *
 * @param threads threads of every numeric library
 */
export function scriptEnvironment(threads: number): Record<string, string> {
  const env = Deno.env.toObject();
  for (const name of LEFT_OUT) delete env[name];
  const count = String(threads);
  return {
    ...env,
    OMP_NUM_THREADS: count,
    MKL_NUM_THREADS: count,
    OPENBLAS_NUM_THREADS: count,
    NUMEXPR_NUM_THREADS: count,
    RAYON_NUM_THREADS: count,
    TOKENIZERS_PARALLELISM: "false",
    HF_HUB_OFFLINE: "1",
    HF_DATASETS_OFFLINE: "1",
    HF_HUB_DISABLE_TELEMETRY: "1",
    VLLM_NO_USAGE_STATS: "1",
    DO_NOT_TRACK: "1",
    PYTHONNOUSERSITE: "1",
    PYTHONUNBUFFERED: "1",
    PYTHONDONTWRITEBYTECODE: "1",
    PYTHONUTF8: "1",
    // The script ends itself when this process is gone: see python/parent_death.py.
    ACTGAUGE_PARENT_PID: String(Deno.pid),
  };
}
