/**
 * The rooms' order: imports go one way, and only one file starts processes.
 */
import assert from "node:assert/strict";
import { join, relative } from "node:path";
import { REPOSITORY } from "../runners/environment/places.ts";
import { start } from "../runners/shell.ts";

/** What each room may import besides itself. */
const ALLOWED: Record<string, string[]> = {
  data: [],
  runners: ["data"],
  analysis: ["data"],
  reports: ["analysis", "data"],
  notebooks: ["analysis", "data", "reports", "runners"],
  tests: ["analysis", "data", "reports", "runners", "notebooks"],
};

interface Module {
  path: string;
  imports: string[];
}

/** Every TypeScript file of the rooms, in the order of their paths. */
function sources(folder: string): string[] {
  const found: string[] = [];
  for (const entry of Deno.readDirSync(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory && !["out", "runs", "snapshots", "assembly"].includes(entry.name)) {
      found.push(...sources(path));
    } else if (entry.isFile && /\.tsx?$/.test(entry.name)) found.push(path);
  }
  return found.sort();
}

/** The modules of the repository with what they import, as Deno resolves it. */
async function moduleGraph(): Promise<Module[]> {
  const files = Object.keys(ALLOWED).flatMap((room) => sources(join(REPOSITORY, room)));
  // One entry that imports everything: one call in place of hundreds.
  const entry = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    const lines = files.map((file) => `import ${JSON.stringify(`file://${file}`)};`);
    await Deno.writeTextFile(entry, lines.join("\n") + "\n");
    const config = join(REPOSITORY, "deno.json");
    const { ok, stdout, logTail } = await start({
      command: [Deno.execPath(), "info", "--json", "--config", config, entry],
      cwd: REPOSITORY,
      stdout: "capture",
    }).done;
    assert.ok(ok, logTail);
    return modulesOf(JSON.parse(stdout), files);
  } finally {
    await Deno.remove(entry);
  }
}

interface Info {
  modules: {
    specifier: string;
    error?: string;
    dependencies?: {
      specifier: string;
      code?: { specifier?: string };
      type?: { specifier?: string };
    }[];
  }[];
}

function modulesOf(info: Info, files: string[]): Module[] {
  const wanted = new Set(files);
  const modules: Module[] = [];
  for (const { specifier, error, dependencies = [] } of info.modules) {
    if (!specifier.startsWith("file:")) continue;
    const path = new URL(specifier).pathname;
    if (!wanted.has(path)) continue;
    assert.equal(error, undefined, `${path}: ${error}`);
    const imports = dependencies
      .map(({ code, type }) => code?.specifier ?? type?.specifier ?? "")
      .filter((target) => target.startsWith(`file://${REPOSITORY}/`))
      .map((target) => relative(REPOSITORY, new URL(target).pathname));
    modules.push({ path: relative(REPOSITORY, path), imports });
  }
  assert.equal(modules.length, files.length, "a file is missing from deno info's answer");
  return modules;
}

const room = (path: string) => path.split("/")[0]!;

/** Imports that go against the order of the rooms. */
function wrongWays(modules: Module[]): string[] {
  return modules.flatMap(({ path, imports }) =>
    imports
      .filter((target) => room(target) !== room(path))
      .filter((target) => !ALLOWED[room(path)]?.includes(room(target)))
      .map((target) => `${path} -> ${target}`)
  );
}

/** Each cycle once, as a path that comes back to its beginning. */
function cycles(modules: Module[]): string[] {
  const imports = new Map(modules.map((module) => [module.path, module.imports]));
  const finished = new Set<string>();
  const found: string[] = [];
  function visit(path: string, above: string[]): void {
    const at = above.indexOf(path);
    if (at >= 0) found.push([...above.slice(at), path].join(" -> "));
    if (at >= 0 || finished.has(path)) return;
    for (const target of imports.get(path) ?? []) visit(target, [...above, path]);
    finished.add(path);
  }
  for (const { path } of modules) visit(path, []);
  return found;
}

Deno.test("imports go one way between the rooms, and never in a circle", async () => {
  const modules = await moduleGraph();
  assert.ok(modules.length > 50, `only ${modules.length} modules found`);
  assert.deepEqual(wrongWays(modules), []);
  assert.deepEqual(cycles(modules), []);
});

Deno.test("wrongWays() and cycles() find what they look for", () => {
  const modules = [
    { path: "data/a.ts", imports: ["analysis/b.ts"] },
    { path: "analysis/b.ts", imports: ["data/a.ts", "runners/c.ts"] },
    { path: "runners/c.ts", imports: ["runners/d.ts"] },
    { path: "runners/d.ts", imports: [] },
  ];
  assert.deepEqual(wrongWays(modules), [
    "data/a.ts -> analysis/b.ts",
    "analysis/b.ts -> runners/c.ts",
  ]);
  assert.deepEqual(cycles(modules), ["data/a.ts -> analysis/b.ts -> data/a.ts"]);
});

Deno.test("only runners/shell.ts starts processes", () => {
  const door = /\bDeno\s*\.\s*(Command|run|spawn)\b|["'](node:)?child_process["']/;
  const users = Object.keys(ALLOWED).flatMap((name) => sources(join(REPOSITORY, name)))
    .filter((file) => door.test(Deno.readTextFileSync(file)))
    .map((file) => relative(REPOSITORY, file));
  assert.deepEqual(users, ["runners/shell.ts"]);
});
