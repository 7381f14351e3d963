import assert from "node:assert/strict";
import { homedir } from "node:os";
import { join } from "node:path";
import { chooseTorch } from "../../runners/environment/choose_torch.ts";
import { progressLine } from "../../runners/environment/install.ts";
import { withLock } from "../../runners/environment/lock.ts";
import { pipProgress } from "../../runners/environment/pip_progress.ts";
import { environmentFolder, REPOSITORY } from "../../runners/environment/places.ts";
import {
  choosePython,
  ensureEnvironment,
  forgetInterpreter,
  pythonPath,
  rememberInterpreter,
} from "../../runners/environment.ts";
import { UserError } from "../../runners/errors.ts";
import { type Handle, scriptEnvironment, start } from "../../runners/shell.ts";

/** Runs a test with an empty cache folder, and without the user's own choice of Python. */
async function withCache(test: (cache: string) => Promise<void>): Promise<void> {
  const before = { ...Deno.env.toObject() };
  const cache = await Deno.makeTempDir({ prefix: "actgauge cache " });
  // Deno's own cache stays where it is.
  Deno.env.set(
    "DENO_DIR",
    before.DENO_DIR ?? join(before.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "deno"),
  );
  Deno.env.set("XDG_CACHE_HOME", cache);
  Deno.env.delete("ACTGAUGE_PYTHON");
  try {
    await test(cache);
  } finally {
    for (const name of ["DENO_DIR", "XDG_CACHE_HOME", "ACTGAUGE_PYTHON"]) {
      if (before[name] === undefined) Deno.env.delete(name);
      else Deno.env.set(name, before[name]);
    }
    await Deno.remove(cache, { recursive: true });
  }
}

/** A set-up of one small package in a process of its own. */
function setUp(cache: string, requirements: string): { handle: Handle; said: string[] } {
  const said: string[] = [];
  const module = `file://${join(REPOSITORY, "runners", "environment.ts")}`;
  const source = `import { ensureEnvironment } from ${JSON.stringify(module)};
    await ensureEnvironment({
      requirements: ${JSON.stringify(requirements)},
      modules: ["six"],
      say: (line) => console.log(line),
    });
    console.log("whole");`;
  const handle = start({
    command: [
      Deno.execPath(),
      "eval",
      "--no-check",
      "--config",
      join(REPOSITORY, "deno.json"),
      source,
    ],
    env: { ...Deno.env.toObject(), XDG_CACHE_HOME: cache },
    stdout: (line) => void said.push(line),
  });
  return { handle, said };
}

async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const end = performance.now() + 120_000;
  while (!await condition()) {
    assert.ok(performance.now() < end, `waited two minutes in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const exists = (path: string) => Deno.stat(path).then(() => true, () => false);

Deno.test("a set-up waits for another, and takes over when that one is killed in the middle", async () => {
  await withCache(async (cache) => {
    const requirements = join(cache, "requirements.txt");
    await Deno.writeTextFile(requirements, "# one small package\nsix==1.17.0\n");
    const first = setUp(cache, requirements);
    const found = async () => {
      for await (const entry of Deno.readDir(join(cache, "actgauge"))) {
        if (entry.isDirectory && entry.name.startsWith("python-")) {
          return join(cache, "actgauge", entry.name);
        }
      }
      return null;
    };
    await until(
      async () => {
        const folder = await found().catch(() => null);
        return folder !== null && await exists(join(folder, "packages.txt"));
      },
      "pip runs",
    );
    const folder = (await found())!;
    const second = setUp(cache, requirements);
    await until(
      () => second.said.some((line) => /Another set-up is at work/.test(line)),
      "it waits",
    );
    Deno.kill(first.handle.pid, "SIGKILL");
    assert.equal((await first.handle.done).signal, "SIGKILL");
    assert.equal(await exists(join(folder, "complete")), false);

    const outcome = await second.handle.done;
    assert.equal(outcome.ok, true, outcome.logTail);
    assert.ok(second.said.some((line) => /did not finish; starting again/.test(line)));
    assert.equal(second.said.at(-1), "whole");

    const began = performance.now();
    const third = await ensureEnvironment({ requirements, modules: ["six"] });
    const milliseconds = performance.now() - began;
    assert.equal(third.made, false);
    assert.ok(milliseconds < 500, `took ${milliseconds} ms`);
    assert.equal(third.folder, folder);
    const { stdout } = await start({
      command: [third.python, "-c", "import six; print(six.__version__)"],
      env: scriptEnvironment(1),
      stdout: "capture",
    }).done;
    assert.equal(stdout, "1.17.0\n");
    const kernel = JSON.parse(
      await Deno.readTextFile(join(folder, "share/jupyter/kernels/deno/kernel.json")),
    );
    assert.ok(kernel.argv.includes(Deno.execPath()));
  });
});

Deno.test("ensureEnvironment() names a package that does not exist, and leaves no mark", async () => {
  await withCache(async (cache) => {
    const requirements = join(cache, "requirements.txt");
    await Deno.writeTextFile(requirements, "six==0.0.0.1\n");
    await assert.rejects(
      ensureEnvironment({ requirements, modules: ["six"] }),
      (error: Error) => error instanceof UserError && /six==0\.0\.0\.1/.test(error.message),
    );
    assert.equal(choosePython(requirements), null);
  });
});

Deno.test("pythonPath() says to run deno task setup when there is no environment", async () => {
  await withCache(async () => {
    await assert.rejects(pythonPath(), /not set up.*`deno task setup`/);
  });
});

Deno.test("rememberInterpreter() refuses nonsense and remembers nothing of it", async () => {
  await withCache(async (cache) => {
    const text = join(cache, "no program");
    await Deno.writeTextFile(text, "hello");
    const fake = join(cache, "fake");
    await Deno.writeTextFile(fake, "#!/bin/sh\necho '{}'\n", { mode: 0o755 });
    const cases: [string, RegExp][] = [
      ["/no/such/python", /there is no such file/],
      [text, /Cannot start .*no program/],
      ["/bin/ls", /not a Python that works/],
      [fake, /not a Python that works/],
    ];
    for (const [path, message] of cases) {
      await assert.rejects(
        rememberInterpreter(path),
        (error: Error) => error instanceof UserError && message.test(error.message),
        path,
      );
    }
    assert.equal(choosePython(), null);
    assert.equal(await forgetInterpreter(), false);
  });
});

Deno.test("rememberInterpreter() tells which packages a bare Python lacks", async () => {
  await withCache(async (cache) => {
    await start({ command: ["python3", "-m", "venv", "--without-pip", join(cache, "bare")] }).done;
    await assert.rejects(
      rememberInterpreter(join(cache, "bare/bin/python")),
      /lacks what Actgauge needs:(.|\n)*import torch: ModuleNotFoundError(.|\n)*-m pip install vllm/,
    );
  });
});

Deno.test("ACTGAUGE_PYTHON comes before all else and must exist", async () => {
  await withCache(async () => {
    Deno.env.set("ACTGAUGE_PYTHON", Deno.execPath());
    assert.equal(await pythonPath(), Deno.execPath());
    Deno.env.set("ACTGAUGE_PYTHON", "/no/such/python");
    await assert.rejects(pythonPath(), /ACTGAUGE_PYTHON names.*does not exist/);
    Deno.env.set("ACTGAUGE_PYTHON", "python3");
    await assert.rejects(pythonPath(), /not an absolute path/);
  });
});

Deno.test("environmentFolder() differs by packages and by Python version", () => {
  const folders = [
    environmentFolder("a==1\n", "3.11"),
    environmentFolder("a==2\n", "3.11"),
    environmentFolder("a==1\n", "3.12"),
  ];
  assert.equal(new Set(folders).size, 3);
  assert.match(folders[0]!, /\/actgauge\/python-[0-9a-f]{12}$/);
});

Deno.test("withLock() lets one in at a time", async () => {
  await withCache(async (cache) => {
    const events: string[] = [];
    const hold = async (name: string) => {
      await withLock(join(cache, "lock"), () => events.push(`${name} waits`), async () => {
        events.push(`${name} in`);
        await new Promise((resolve) => setTimeout(resolve, 100));
        events.push(`${name} out`);
      });
    };
    await Promise.all([hold("a"), hold("b")]);
    const inside = events.filter((event) => !event.endsWith("waits"));
    assert.equal(events.length - inside.length, 1);
    assert.deepEqual(inside.map((event) => event.slice(2)), ["in", "out", "in", "out"]);
    assert.equal(inside[0]![0], inside[1]![0]);
  });
});

Deno.test("pipProgress() counts packages and bytes of downloads, cached and local archives", async () => {
  const local = await Deno.makeTempFile({ suffix: ".whl" });
  await Deno.writeFile(local, new Uint8Array(1234));
  const seen: number[] = [];
  const progress = pipProgress(({ bytes }) => seen.push(bytes));
  // As pip 26.3 writes it.
  const lines = [
    "Looking in links: /somewhere",
    "Collecting aiohttp==3.14.5 (from -r packages.txt (line 1))",
    "  Downloading aiohttp-3.14.5-cp311-cp311-manylinux_2_28_x86_64.whl.metadata (8.1 kB)",
    "  Downloading aiohttp-3.14.5-cp311-cp311-manylinux_2_28_x86_64.whl (1.9 MB)",
    "Progress 0 of 1929915",
    "Progress 262144 of 1929915",
    "Progress 1929915 of 1929915",
    "Collecting six==1.17.0 (from -r packages.txt (line 2))",
    "  Using cached six-1.17.0-py2.py3-none-any.whl (11 kB)",
    `Processing ${local} (from -r packages.txt (line 3))`,
  ];
  for (const line of lines) progress.line(line);
  assert.ok(seen.includes(262144));
  let last = { collected: 0, bytes: 0, unpacking: false };
  const again = pipProgress((progress) => last = progress);
  for (const line of [...lines, "Installing collected packages: six, aiohttp"]) again.line(line);
  assert.deepEqual(last, { collected: 3, bytes: 1929915 + 11000 + 1234, unpacking: true });
  await Deno.remove(local);
});

Deno.test("progressLine() tells the time left once a tenth is done", () => {
  const line = progressLine(200, 192e6);
  assert.equal(
    line({ collected: 2, bytes: 1e6, unpacking: false }, 0, 1000),
    "downloading: 2 of 200 packages, 193 MB",
  );
  assert.equal(
    line({ collected: 50, bytes: 100e6, unpacking: false }, 0, 11_000),
    "downloading: 50 of 200 packages, 292 MB, about 30 s left",
  );
  assert.equal(
    line({ collected: 200, bytes: 900e6, unpacking: true }, 7, 20_000),
    "unpacking: 7 of 200 packages, 1.1 GB",
  );
});

Deno.test("chooseTorch() never takes gigabytes without being told to", () => {
  const cuda = { version: "2.13.0", kind: "cuda", bytes: 2.9e9 } as const;
  const cpu = { version: "2.13.0+cpu", kind: "cpu", bytes: 192e6 } as const;
  assert.equal(chooseTorch(cpu, { yes: false, ask: null }), "take");
  assert.equal(chooseTorch(cuda, { yes: true, ask: null }), "take");
  const other = { index: "https://index.example/cpu" };
  assert.deepEqual(chooseTorch(cuda, { yes: false, ask: () => other }), other);
  const refusal = (error: Error) =>
    error instanceof UserError && /2\.9 GB/.test(error.message) &&
    /--torch-index/.test(error.message);
  assert.throws(() => chooseTorch(cuda, { yes: false, ask: null }), refusal);
  assert.throws(() => chooseTorch(cuda, { yes: false, ask: () => "stop" }), refusal);
});
