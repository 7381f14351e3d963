/**
 * The suites that `deno task suites` writes. A new suite is a folder and a line here.
 *
 * @module
 */
import { needle } from "./needle/needle.ts";
import type { Suite } from "./suite.ts";
import { toolCall } from "./tool_call/tool_call.ts";

/** All suites, by the name of their folder. */
export const suites: Record<string, Suite> = {
  tool_call: toolCall,
  needle,
};
