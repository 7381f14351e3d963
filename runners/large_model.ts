/**
 * How long a model on an accelerator would take. Assumptions, not measurements: `deno task run --dry-run` prints them.
 *
 * @module
 */

/** Above so many parameters a model is reckoned on an accelerator; ours have 4 million. */
export const LARGE_PARAMETERS = 50e6;

const OPERATIONS_PER_SECOND = 2e14;
const BYTES_PER_SECOND = 1e12;
const ANSWERS_AT_A_TIME = 64;
const DISK_BYTES_PER_SECOND = 1e9;
/** GPTQ took 4 hours for 175 billion parameters (Frantar et al. 2023, section 1); other calibrations are taken alike. */
const CALIBRATED_SECONDS_PER_PARAMETER = 4 * 3600 / 175e9;

/** Printed beside the estimate. */
export const LARGE_MODEL_ASSUMPTIONS =
  "models of more than 50 million parameters: one accelerator of 200 TFLOP/s and 1 TB/s in use, 16-bit weights, 64 " +
  "answers at a time, every answer as long as it may be; calibration at GPTQ's published 82 s a billion parameters; " +
  "disk at 1 GB/s";

/** Seconds to read prompts and write answers. */
export function generationSeconds(parameters: number, promptTokens: number, answerTokens: number) {
  const reading = 2 * parameters * promptTokens / OPERATIONS_PER_SECOND;
  const writing = 2 * parameters * answerTokens / ANSWERS_AT_A_TIME / BYTES_PER_SECOND;
  return reading + writing;
}

/** Seconds to read text of which only the logits are wanted. */
export function captureSeconds(parameters: number, tokens: number, logBytes: number): number {
  return 2 * parameters * tokens / OPERATIONS_PER_SECOND + logBytes / DISK_BYTES_PER_SECOND;
}

/** Seconds to make a checkpoint. */
export function compressionSeconds(parameters: number, calibrated: boolean): number {
  const files = 2 * 2 * parameters / DISK_BYTES_PER_SECOND;
  return files + (calibrated ? parameters * CALIBRATED_SECONDS_PER_PARAMETER : 0);
}

/** Seconds to load a checkpoint into the engine. */
export function loadingSeconds(parameters: number): number {
  return 2 * parameters / DISK_BYTES_PER_SECOND;
}
