/** The notebooks on the papers run from beginning to end without a browser, and show what they call. */
import { executeNotebooks } from "./execute_notebooks.ts";

Deno.test("the notebooks on the papers execute headless and show tables, figures and claims", async () => {
  await executeNotebooks({
    paper_tables: [/ACBench, Table 10/, /64226/, /one row early/],
    paper_figures: [/data:image\/svg\+xml/, /Figure 9/, /ERank of LLaMA-2-7B/],
    claims_audit: [/abstract-real-world-drop/, /cannot be checked/],
  });
});
