"""Evaluates checkpoints with vLLM or transformers: completions, episodes of environments, logits, hidden states.

    python -u evaluate.py JOB.json

The job, the events on standard output and the files are described in `runners/jobs.ts` and
`data/schema.ts`. A checkpoint that does not load, and a task that fails, leave the others untouched.
"""

import parent_death  # noqa: F401 (first: it watches from here on)
import json
import sys
import time
import traceback

from engine import open_engine
from events import Emit, open_events
from samples import JobError
from script_environment import set_environment


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
    if any(checkpoint["engine"] == "vllm" for checkpoint in job["checkpoints"]):
        from vllm_engine import import_vllm

        import_vllm()
    for checkpoint in job["checkpoints"]:
        evaluate(job, checkpoint, emit)


def evaluate(job: dict, checkpoint: dict, emit: Emit) -> None:
    """Does a checkpoint's tasks one after another, with one engine as long as that is sound."""
    tasks, name = list(checkpoint["tasks"]), checkpoint["engine"]
    refused = None
    while tasks:
        began = time.monotonic()
        left = len(tasks)
        try:
            evaluate_with_one_engine(job, checkpoint, name, refused, tasks, emit)
        except Exception as error:
            traceback.print_exc()
            if len(tasks) < left:
                continue  # a task failed within a step, and the engine with it: the others get a new one
            if name == "vllm" and job["engine"]["fallback"] and not is_out_of_memory(error):
                name, refused = "transformers", message_of(error)
                continue
            for task in tasks:
                emit({"event": "start", "id": task["id"]})
                emit(failure(task, began, error, refused))
            return


def evaluate_with_one_engine(job: dict, checkpoint: dict, name: str, refused: str | None, tasks: list[dict],
                             emit: Emit) -> None:
    """Loads the checkpoint and takes tasks from the front of `tasks`, until one raises or none is left.

    `refused` is why the engine is not the one that was asked for; every event `done` tells it.
    """
    kinds = {task["kind"] for task in tasks}
    settings = job["engine"] | ({"dtype": checkpoint["dtype"]} if "dtype" in checkpoint else {})
    with open_engine(name, settings, checkpoint, keep_prefixes="play" in kinds) as engine:
        if "capture" in kinds:
            engine.prepare_capture()
        while tasks:
            task, began = tasks.pop(0), time.monotonic()
            emit({"event": "start", "id": task["id"]})
            try:
                warnings = work(engine, task, job, emit)
            except Exception as error:
                emit(failure(task, began, error))
                if isinstance(error, JobError):
                    continue  # the engine is as it was
                raise
            emit({"event": "done", "id": task["id"], "seconds": time.monotonic() - began, "warnings": warnings,
                  "engine": {"name": name, "refused": refused}})


def work(engine, task: dict, job: dict, emit: Emit) -> list[str]:
    """Does one task; returns its warnings."""
    from capture import capture
    from generate import generate
    from play import play

    def progress(done: float, total: int) -> None:
        emit({"event": "progress", "id": task["id"], "done": done, "total": total})

    if task["kind"] == "generate":
        return generate(engine, task, job["engine"]["maxModelLength"], progress)
    if task["kind"] == "play":
        return play(engine, task, job["engine"]["maxModelLength"], emit, sys.stdin.buffer, progress)
    if task["kind"] == "capture":
        return capture(engine, task, job, progress)
    raise JobError(f'unknown kind of task "{task["kind"]}"')


def failure(task: dict, began: float, error: Exception, refused: str | None = None) -> dict:
    """The `failed` event of a task; `refused` is why vLLM did not load its checkpoint before."""
    return {
        "event": "failed",
        "id": task["id"],
        "seconds": time.monotonic() - began,
        "message": message_of(error) + (f" (by transformers, after vLLM: {refused})" if refused else ""),
        "kind": "out-of-memory" if is_out_of_memory(error) else "error",
    }


def message_of(error: Exception) -> str:
    """An error in one line."""
    lines = str(error).strip().splitlines()
    message = lines[-1] if lines else ""
    # A JobError is written for the user; of others the type says much.
    return message if isinstance(error, JobError) else f"{type(error).__name__}: {message}"


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
