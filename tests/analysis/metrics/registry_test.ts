import assert from "node:assert/strict";
import { metricNamed, METRICS } from "../../../analysis/metrics/registry.ts";

Deno.test("every metric is listed under its own name, which is its file's", async () => {
  for (const [key, metric] of Object.entries(METRICS)) {
    assert.equal(metric.name, key);
    const file = new URL(`../../../analysis/metrics/${key}.ts`, import.meta.url);
    const exported = Object.values(await import(file.href));
    assert.ok(exported.includes(metric), `${key}.ts does not export the metric`);
    assert.ok(metric.needs.length > 0 && (metric.measureCapture || metric.measureSpectra), key);
  }
});

Deno.test("metricNamed() knows no metric by the name of an object's own properties", () => {
  assert.equal(metricNamed("constructor"), undefined);
});
