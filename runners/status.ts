/**
 * `deno task status FILE`: every cell of an experiment, and how it stands.
 *
 * @module
 */
import { isImpossible } from "./cell_states.ts";
import { command, exitWith, runsOption } from "./command.ts";
import { formatTable } from "./format.ts";
import { prepare } from "./prepare.ts";
import { cellName } from "./select_cells.ts";
import { plain } from "./shell.ts";

const program = command(
  "status",
  "Shows how every cell of an experiment stands.",
  `
  deno task status runners/experiments/demo.yaml
  deno task status runners/experiments/demo.yaml --json
`,
)
  .argument("<file>", "experiment file (YAML)")
  .option(...runsOption)
  .option("--json", "machine-readable output")
  .action((file: string, options: { runs: string; json?: boolean }) =>
    exitWith(() => status(file, options))
  );

async function status(file: string, options: { runs: string; json?: boolean }): Promise<number> {
  const { states } = await prepare(file, options.runs);
  const rows = states.map(({ cell, record }) => ({
    id: cell.id,
    kind: cell.kind,
    name: cellName(cell),
    status: isImpossible(record) ? "not possible" : record?.status ?? "to do",
    seconds: record?.seconds ?? null,
    error: record?.error?.message ?? null,
  }));
  if (options.json) console.log(JSON.stringify(rows, null, 2));
  else {
    console.log(formatTable(
      ["cell", "does", "name", "status", "seconds", "error"],
      rows.map((row) => [
        row.id,
        row.kind,
        row.name,
        row.status,
        row.seconds?.toFixed(1) ?? "",
        plain(row.error ?? ""),
      ]),
    ));
  }
  return 0;
}

if (import.meta.main) await program.parseAsync(Deno.args, { from: "user" });
