"""Evaluates checkpoints with vLLM: completions, episodes of environments, logits, hidden states.

    python -u evaluate.py JOB.json

The job, the events on standard output and the files are described in `runners/jobs.ts` and
`data/schema.ts`. A checkpoint that does not load, and a task that fails, leave the others untouched.
"""

import parent_death  # noqa: F401 (first: it watches from here on)
import json
import sys
import time
import traceback

from engine import engine, import_engine, set_environment
from events import Emit, open_events
from samples import JobError


def main() -> None:
    """Works off the job named on the command line; exit code 2 when it cannot be read."""
    emit = open_events()
    if len(sys.argv) != 2:
        sys.exit("usage: python -u evaluate.py JOB.json")
    try:
        with open(sys.argv[1], encoding="utf-8") as file:
            job = json.load(file)
    except (OSError, json.JSONDecodeError) as error:
        print(f"Cannot read the job {sys.argv[1]}: {error}", file=sys.stderr)
        sys.exit(2)
    set_environment(job["engine"]["threads"])
    from versions import versions

    emit({"event": "versions", **versions()})
    import_engine()
    for checkpoint in job["checkpoints"]:
        evaluate(job, checkpoint, emit)


def evaluate(job: dict, checkpoint: dict, emit: Emit) -> None:
    """Does a checkpoint's tasks one after another, with one engine as long as that is sound."""
    tasks = list(checkpoint["tasks"])
    while tasks:
        began = time.monotonic()
        left = len(tasks)
        try:
            evaluate_with_one_engine(job, checkpoint, tasks, emit)
        except Exception as error:
            traceback.print_exc()
            if len(tasks) < left:
                continue  # a task failed within a step, and the engine with it: the others get a new one
            for task in tasks:
                emit({"event": "start", "id": task["id"]})
                emit(failure(task, began, error))
            return


def evaluate_with_one_engine(job: dict, checkpoint: dict, tasks: list[dict], emit: Emit) -> None:
    """Loads the checkpoint and takes tasks from the front of `tasks`, until one raises or none is left."""
    kinds = {task["kind"] for task in tasks}
    settings = job["engine"] | ({"dtype": checkpoint["dtype"]} if "dtype" in checkpoint else {})
    with engine(settings, checkpoint, keep_prefixes="play" in kinds) as llm:
        if "capture" in kinds:
            from recorder import install

            llm.collective_rpc(install)
        while tasks:
            task, began = tasks.pop(0), time.monotonic()
            emit({"event": "start", "id": task["id"]})
            try:
                warnings = work(llm, task, job, emit)
            except Exception as error:
                emit(failure(task, began, error))
                if isinstance(error, JobError):
                    continue  # the engine is as it was
                raise
            emit({"event": "done", "id": task["id"], "seconds": time.monotonic() - began, "warnings": warnings})


def work(llm, task: dict, job: dict, emit: Emit) -> list[str]:
    """Does one task; returns its warnings."""
    from capture import capture
    from generate import generate
    from play import play

    def progress(done: float, total: int) -> None:
        emit({"event": "progress", "id": task["id"], "done": done, "total": total})

    if task["kind"] == "generate":
        return generate(llm, task, job["engine"]["maxModelLength"], progress)
    if task["kind"] == "play":
        return play(llm, task, job["engine"]["maxModelLength"], emit, sys.stdin.buffer, progress)
    if task["kind"] == "capture":
        return capture(llm, task, job, progress)
    raise JobError(f'unknown kind of task "{task["kind"]}"')


def failure(task: dict, began: float, error: Exception) -> dict:
    """The `failed` event of a task."""
    lines = str(error).strip().splitlines()
    message = lines[-1] if lines else ""
    # A JobError is written for the user; of others the type says much.
    text = message if isinstance(error, JobError) else f"{type(error).__name__}: {message}"
    return {
        "event": "failed",
        "id": task["id"],
        "seconds": time.monotonic() - began,
        "message": text,
        "kind": "out-of-memory" if is_out_of_memory(error) else "error",
    }


def is_out_of_memory(error: BaseException | None) -> bool:
    """Whether memory ran out, on the device or in the machine; looks through what caused the error too."""
    if error is None:
        return False
    signs = (
        "out of memory",
        "can't allocate memory",  # torch's CPU allocator
        "No available memory for the cache blocks",  # vLLM, in a device smaller than the model
        "Available memory on node",  # vLLM on CPU
        "less than desired GPU memory utilization",
        "larger than the available KV cache memory",
    )
    text = str(error)
    return (isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryError"
            or any(sign in text for sign in signs)
            or is_out_of_memory(error.__cause__ or error.__context__))


if __name__ == "__main__":
    main()
