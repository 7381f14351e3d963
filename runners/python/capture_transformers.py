"""Logits and hidden states on given text by transformers: a second engine, to compare the first with."""

from collections.abc import Callable

import recorder
import torch


def record_by_transformers(model_config, task: dict, job: dict, samples: list[dict],
                           progress: Callable[[float, int], None]) -> dict:
    """Scores the samples one after another on the CPU, in the engine's precision; returns the recorder's report.

    `model_config` is vLLM's. The hidden state is the one after the final norm, as vLLM's is.
    """
    from transformers import AutoModelForCausalLM

    model = AutoModelForCausalLM.from_pretrained(
        model_config.model, dtype=model_config.dtype, trust_remote_code=model_config.trust_remote_code,
        local_files_only=True,
    ).eval()
    capture = recorder.open_capture(task, samples, job["schemas"], job["schemaVersion"],
                                    model_config.get_vocab_size(), model_config.get_hidden_size())
    try:
        for index, sample in enumerate(samples):
            progress(index, len(samples))
            ids = sample["token_ids"]
            with torch.inference_mode():
                # What follows the last token is not logged.
                output = model(torch.tensor([ids]), output_hidden_states=True)
            recorder.take(capture, str(index), 0, ids, output.hidden_states[-1][0, :-1], output.logits[0, :-1])
    finally:
        report = recorder.close_capture(capture)
    progress(len(samples), len(samples))
    return report
