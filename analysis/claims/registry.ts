/**
 * All claims of both papers, in the order of their texts.
 *
 * @module
 */
import { ABSTRACT } from "./acbench/abstract.ts";
import { ACTION_EXECUTION } from "./acbench/action_execution.ts";
import { APPENDIX_LONGBENCH_PRUNED } from "./acbench/appendix_longbench_pruned.ts";
import { APPENDIX_LONGBENCH_QUANTIZED } from "./acbench/appendix_longbench_quantized.ts";
import { APPENDIX_LONGBENCH_SMALL } from "./acbench/appendix_longbench_small.ts";
import { APPENDIX_LONGGENBENCH } from "./acbench/appendix_longgenbench.ts";
import { APPENDIX_REAL_WORLD } from "./acbench/appendix_real_world.ts";
import { APPENDIX_SETTINGS } from "./acbench/appendix_settings.ts";
import { APPENDIX_TOOL_USE } from "./acbench/appendix_tool_use.ts";
import { APPENDIX_WORKFLOW } from "./acbench/appendix_workflow.ts";
import { INTRODUCTION_CLAIMS } from "./acbench/introduction.ts";
import { LONGBENCH } from "./acbench/longbench.ts";
import { LONGGENBENCH } from "./acbench/longgenbench.ts";
import { REAL_WORLD } from "./acbench/real_world.ts";
import { STATISTICAL_ANALYSIS } from "./acbench/statistical_analysis.ts";
import { UNPRINTED } from "./acbench/unprinted.ts";
import { WORKFLOW_GENERATION } from "./acbench/workflow_generation.ts";
import type { Claim } from "./claim.ts";
import { STRUCTURED_AGENT_DISTILLATION } from "./structured_agent_distillation.ts";

/** Claims of ACBench by line of its text, then those of Structured Agent Distillation. */
export const CLAIMS: Claim[] = [
  ...[
    ...ABSTRACT,
    ...INTRODUCTION_CLAIMS,
    ...STATISTICAL_ANALYSIS,
    ...ACTION_EXECUTION,
    ...WORKFLOW_GENERATION,
    ...LONGBENCH,
    ...LONGGENBENCH,
    ...REAL_WORLD,
    ...APPENDIX_SETTINGS,
    ...APPENDIX_LONGBENCH_QUANTIZED,
    ...APPENDIX_LONGBENCH_PRUNED,
    ...APPENDIX_LONGBENCH_SMALL,
    ...APPENDIX_LONGGENBENCH,
    ...APPENDIX_TOOL_USE,
    ...APPENDIX_REAL_WORLD,
    ...APPENDIX_WORKFLOW,
    ...UNPRINTED,
  ].sort((a, b) => a.line - b.line),
  ...STRUCTURED_AGENT_DISTILLATION,
];
