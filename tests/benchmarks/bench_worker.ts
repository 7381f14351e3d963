/**
 * A worker of the benchmark.
 *
 * @module
 */
import { type Share, workShare } from "./kernel_share.ts";

const host = globalThis as unknown as Worker;

host.onmessage = ({ data }: MessageEvent<Share>) => {
  workShare(data);
  host.postMessage(null);
};
