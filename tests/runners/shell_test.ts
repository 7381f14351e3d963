import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { lineSplitter } from "../../runners/shell/lines.ts";
import { interrupted, plain, scriptEnvironment, start, tail } from "../../runners/shell.ts";
import { REPOSITORY } from "../../runners/environment/places.ts";

/** True while a process is there and is no zombie. */
function alive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(Deno.readTextFileSync(`/proc/${pid}/status`));
  } catch {
    return false;
  }
}

async function until(condition: () => boolean, what: string): Promise<void> {
  const end = performance.now() + 10_000;
  while (!condition()) {
    assert.ok(performance.now() < end, `waited 10 s in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Writes its own number and that of a child, then both ignore SIGTERM for a minute. */
const STUBBORN = [
  "sh",
  "-c",
  `trap '' TERM; sh -c 'trap "" TERM; while :; do sleep 60; done' & echo $$ $!; wait; wait; wait`,
];

Deno.test("start() hands out lines, logs the rest and tells the exit code", async () => {
  const folder = await Deno.makeTempDir();
  const lines: string[] = [];
  const outcome = await start({
    command: ["sh", "-c", "echo '{\"a\":1}'; echo loose; echo oops >&2; exit 3"],
    stdout: (line) => {
      if (!line.startsWith("{")) return false;
      lines.push(line);
    },
    logFile: join(folder, "deep", "a.log"),
  }).done;
  assert.deepEqual(lines, ['{"a":1}']);
  assert.equal(outcome.code, 3);
  assert.equal(outcome.ok, false);
  assert.deepEqual(outcome.logTail.split("\n").sort(), ["loose", "oops"]);
  const log = await Deno.readTextFile(join(folder, "deep", "a.log"));
  assert.deepEqual(log.trim().split("\n").sort(), ["loose", "oops"]);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("start() never lets a shell see the arguments", async () => {
  const hostile = ["$(id)", "; rm -rf x", "a b", "'\"`", "*"];
  const { stdout } = await start({ command: ["printf", "%s\\n", ...hostile], stdout: "capture" })
    .done;
  assert.deepEqual(stdout, hostile.join("\n") + "\n");
});

Deno.test("start() names the program that cannot be started", () => {
  assert.throws(() => start({ command: ["/no/such/program"] }), /Cannot start \/no\/such\/program/);
  assert.throws(() => start({ command: [] }), /the command is empty/);
});

Deno.test("start() with an environment gives the child that and nothing else", async () => {
  const { stdout } = await start({
    command: ["/usr/bin/env"],
    env: { ONLY: "this" },
    stdout: "capture",
  }).done;
  assert.equal(stdout, "ONLY=this\n");
});

Deno.test("a time limit ends a child that ignores SIGTERM, and its own child", async () => {
  let pids: number[] = [];
  const outcome = await start({
    command: STUBBORN,
    stdout: (line) => void (pids = line.split(" ").map(Number)),
    timeoutMs: 1500,
    graceMs: 300,
  }).done;
  assert.equal(outcome.timedOut, true);
  assert.equal(outcome.signal, "SIGKILL");
  assert.equal(outcome.outOfMemory, false);
  assert.ok(outcome.seconds > 1.7 && outcome.seconds < 9, `took ${outcome.seconds} s`);
  assert.equal(pids.length, 2);
  await until(() => !pids.some(alive), "both processes are gone");
});

Deno.test("an abort signal ends a child that listens to SIGTERM within the grace time", async () => {
  const controller = new AbortController();
  const handle = start({
    command: [
      ...["python3", "-uc"],
      "import signal, sys, time\n" +
      "signal.signal(signal.SIGTERM, lambda *_: (print('bye'), sys.exit(7)))\n" +
      "print('ready')\n" +
      "time.sleep(60)",
    ],
    stdout: (line) => {
      if (line === "ready") controller.abort();
      return false;
    },
    signal: controller.signal,
    graceMs: 8000,
  });
  const outcome = await handle.done;
  assert.equal(outcome.aborted, true);
  assert.equal(outcome.ok, false);
  assert.equal(outcome.code, 7);
  assert.equal(outcome.logTail, "ready\nbye");
  assert.ok(outcome.seconds < 6, `took ${outcome.seconds} s`);
});

Deno.test("a child that ends takes along what it left in its group", async () => {
  let pid = 0;
  const outcome = await start({
    command: ["sh", "-c", "sleep 60 & echo $!"],
    stdout: (line) => void (pid = Number(line)),
    graceMs: 500,
  }).done;
  assert.equal(outcome.ok, true);
  await until(() => !alive(pid), "the child's child is gone");
});

Deno.test("a SIGKILL from elsewhere is told as such, not as ours and not as want of memory", async () => {
  const handle = start({ command: ["sleep", "60"] });
  Deno.kill(handle.pid, "SIGKILL");
  const outcome = await handle.done;
  assert.equal(outcome.signal, "SIGKILL");
  assert.equal(outcome.code, null);
  assert.equal(outcome.timedOut || outcome.aborted, false);
  // Where the kernel counts its out-of-memory kills, this was none of them.
  const counts = /^oom_kill /m.test(await Deno.readTextFile("/proc/vmstat").catch(() => ""));
  assert.equal(outcome.outOfMemory, !counts);
});

Deno.test("an error in a line's callback ends the child and comes out", async () => {
  const handle = start({
    command: ["sh", "-c", "echo x; sleep 60"],
    stdout() {
      throw new RangeError("bad line");
    },
  });
  await assert.rejects(handle.done, /bad line/);
  await until(() => !alive(handle.pid), "the child is gone");
});

Deno.test("start() talks to a child over its standard input", async () => {
  const answers: string[] = [];
  let heard = () => {};
  const handle = start({
    command: ["sed", "-u", "s/^/got /"],
    stdin: "pipe",
    stdout: (line) => {
      answers.push(line);
      heard();
    },
  });
  for (const word of ["one", "two"]) {
    const answered = new Promise<void>((resolve) => heard = resolve);
    await handle.write(word + "\n");
    await answered;
  }
  await handle.closeInput();
  assert.equal((await handle.done).ok, true);
  assert.deepEqual(answers, ["got one", "got two"]);
});

/** Runs a parent in a process of its own, so that it can be interrupted or killed. */
async function withParent(
  python: string[],
  act: (parent: number, children: number[]) => Promise<void>,
): Promise<{ code: number | null; output: string }> {
  const folder = await Deno.makeTempDir();
  const script = join(folder, "parent.ts");
  const shell = join(REPOSITORY, "runners", "shell.ts");
  await Deno.writeTextFile(
    script,
    `import { scriptEnvironment, start } from ${JSON.stringify(`file://${shell}`)};
     const outcome = await start({
       command: ${JSON.stringify(python)},
       env: scriptEnvironment(1),
       stdout: (line) => console.log(line),
       graceMs: 300,
     }).done;
     console.log("aborted", outcome.aborted);`,
  );
  let output = "";
  let children: number[] = [];
  const parent = start({
    command: [Deno.execPath(), "run", "-A", "--no-config", script],
    stdout: (line) => {
      output += line + "\n";
      if (/^\d+ \d+$/.test(line)) children = line.split(" ").map(Number);
    },
  });
  await until(() => children.length === 2, "the children run");
  await act(parent.pid, children);
  const { code } = await parent.done;
  await Deno.remove(folder, { recursive: true });
  return { code, output };
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.test(`${signal} to the parent ends the children's group, and the parent may tell of it`, async () => {
    const { code, output } = await withParent(STUBBORN, async (parent, children) => {
      Deno.kill(parent, signal);
      await until(() => !children.some(alive), "the children are gone");
    });
    assert.equal(code, 0);
    assert.match(output, /^aborted true$/m);
  });
}

Deno.test("kill -9 of the parent ends a Python script and what it started", async () => {
  const folder = join(REPOSITORY, "runners", "python");
  const source = `import sys; sys.path.insert(0, ${JSON.stringify(folder)})
import parent_death, os, subprocess, time
child = subprocess.Popen(["sleep", "60"])
print(os.getpid(), child.pid, flush=True)
time.sleep(60)`;
  await withParent(["python3", "-c", source], async (parent, children) => {
    Deno.kill(parent, "SIGKILL");
    await until(() => !children.some(alive), "the children are gone");
  });
});

Deno.test("interrupted() has not fired in a process that nobody interrupted", () => {
  assert.equal(interrupted().aborted, false);
});

Deno.test("lineSplitter() gives the same lines however the bytes are cut", () => {
  const text = fc.array(fc.string({ unit: "grapheme" }), { minLength: 1, maxLength: 6 });
  fc.assert(fc.property(text, fc.infiniteStream(fc.integer({ min: 1, max: 5 })), (parts, sizes) => {
    const expected = parts.map((part) => part.replaceAll(/[\r\n]/g, " ")).filter((part) =>
      part !== ""
    );
    const bytes = new TextEncoder().encode(expected.join("\n"));
    const lines: string[] = [];
    const splitter = lineSplitter((line) => lines.push(line));
    for (let at = 0; at < bytes.length;) {
      const size = sizes.next().value as number;
      splitter.push(bytes.subarray(at, at + size));
      at += size;
    }
    splitter.end();
    assert.deepEqual(lines, expected);
  }));
});

Deno.test("lineSplitter() replaces bytes that are not UTF-8 and drops carriage returns", () => {
  const lines: string[] = [];
  const splitter = lineSplitter((line) => lines.push(line));
  splitter.push(new Uint8Array([0x61, 0xff, 0xfe, 0x62, 0x0d, 0x0a, 0x0a, 0xe2, 0x82]));
  splitter.end();
  assert.deepEqual(lines, ["a\ufffd\ufffdb", "", "\ufffd"]);
});

Deno.test("tail() shows the last lines as a terminal would, in safety", async () => {
  const path = await Deno.makeTempFile();
  assert.equal(await tail(path, 5), "");
  assert.equal(await tail(`${path}-missing`, 5), "");
  const noise = "x".repeat(200) + "\n";
  const end =
    "first\n10%\r50%\r100%\r\n\x1b[31mred\x1b[0m \x1b]0;title\x07end\n\nlast \xe4 without end";
  await Deno.writeFile(
    path,
    // Latin-1: the ä is a byte that is not UTF-8.
    Uint8Array.from(noise.repeat(1000) + end, (character) => character.charCodeAt(0)),
  );
  assert.equal(await tail(path, 4), "first\n100%\nred end\nlast \ufffd without end");
  const whole = (await tail(path, 1e6)).split("\n");
  assert.ok(whole.length < 400 && whole.every((line) => line.length <= 200));
  await Deno.remove(path);
});

Deno.test("plain() takes out what could steer a terminal", () => {
  assert.equal(
    plain("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\ \u202eevil\x07\x9b31m"),
    "link evil31m",
  );
});

Deno.test("scriptEnvironment() sets threads, keeps PATH and lets no hub or foreign package in", () => {
  Deno.env.set("PYTHONPATH", "/somewhere");
  try {
    const env = scriptEnvironment(3);
    assert.equal(env.OMP_NUM_THREADS, "3");
    assert.equal(env.HF_HUB_OFFLINE, "1");
    assert.equal(env.VLLM_NO_USAGE_STATS, "1");
    assert.equal(env.PATH, Deno.env.get("PATH"));
    assert.equal("PYTHONPATH" in env, false);
  } finally {
    Deno.env.delete("PYTHONPATH");
  }
});
