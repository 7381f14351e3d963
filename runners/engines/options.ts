/**
 * What an experiment may set of an engine besides its name, precision and length.
 *
 * @module
 */
import { z } from "zod";
import type { ScriptEngine } from "../jobs.ts";

const count = (what: string) => z.number().int().positive().optional().describe(what);
const flag = (what: string) => z.boolean().optional().describe(what);
const words = (what: string) => z.string().min(1).optional().describe(what);

/** Arguments of `vllm.LLM` by their own names (vLLM 0.32). */
const vllm = {
  tensor_parallel_size: count("GPUs that share each layer."),
  pipeline_parallel_size: count("GPUs that share the model layer by layer."),
  data_parallel_size: count("Copies of the model."),
  distributed_executor_backend: z.enum(["uni", "mp", "ray"]).optional()
    .describe("How several GPUs are driven."),
  gpu_memory_utilization: z.number().gt(0).lte(1).optional()
    .describe("Share of a GPU's memory for weights and cache; vLLM takes 0.9."),
  cpu_offload_gb: z.number().nonnegative().optional()
    .describe("GiB of weights kept in the machine's memory, for each GPU."),
  kv_cache_memory_bytes: count("Bytes of the key-value cache, in place of a share of the memory."),
  // deno-fmt-ignore
  kv_cache_dtype: z.enum([
    "auto", "float16", "bfloat16", "fp8", "fp8_e4m3", "fp8_e5m2",
    "int8_per_token_head", "int4_per_token_head", "fp8_per_token_head", "nvfp4",
  ]).optional().describe("Type of the cache of every variant, the baseline's too."),
  quantization: words(
    "vLLM's name of a quantization that it shall take, such as gptq_marlin, awq_marlin or fp8 (which " +
      "quantizes while loading, the baseline too); left out, each checkpoint says its own.",
  ),
  load_format: words("How weights are read, such as safetensors or runai_streamer."),
  block_size: count("Tokens in a block of the cache."),
  max_num_seqs: count("Most requests in a step."),
  max_num_batched_tokens: count("Most tokens in a step."),
  enable_chunked_prefill: flag("Whether prompts are cut into steps."),
  enforce_eager: flag("No CUDA graphs: slower, less memory."),
  disable_custom_all_reduce: flag("NCCL's in place of vLLM's own."),
  enable_expert_parallel: flag("Experts on different GPUs, not their parts."),
  attention_backend: words("Such as FLASH_ATTN or FLASHINFER."),
};

/** What our engine of transformers takes. */
const transformers = {
  device: words("cpu, cuda or cuda:1; left out: cuda where there is one."),
  attn_implementation: z.enum(["eager", "sdpa", "flash_attention_2"]).optional()
    .describe("How transformers computes attention."),
  max_num_seqs: count("Most requests in a batch; 32."),
  max_num_batched_tokens: count("Most tokens in a batch, answers included; 32768."),
};

/** Names of the options by engine. */
export const ENGINE_OPTIONS: Record<ScriptEngine, string[]> = {
  vllm: Object.keys(vllm),
  transformers: Object.keys(transformers),
};

/** Arguments of `vllm.LLM` that cannot be given, and why. */
const reserved = Object.fromEntries(
  Object.entries({
    dtype: "it is engine.dtype",
    max_model_len: "it is engine.maxModelLength",
    model: "the checkpoints come from models and methods",
    tokenizer: "it is the model's own",
    seed: "each sample has its own, made of the experiment's seeds",
    trust_remote_code: "it is trustRemoteCode of the model",
    enable_prefix_caching: "a cached prefix has no logits, so the program decides",
    logprobs_mode: "captures need raw logits",
    disable_log_stats: "the logs hold times of requests",
  }).map(([name, why]) => [name, z.never({ error: `it cannot be set: ${why}` }).optional()]),
);

/** The options of all engines; {@link ENGINE_OPTIONS} tells which are whose. */
export const engineOptions = z.strictObject({ ...transformers, ...vllm, ...reserved }).default({})
  .describe(
    "The engine's own settings: those of vllm.LLM by their names, or those of transformers.",
  );
