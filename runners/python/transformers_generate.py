"""Answers by transformers: requests in batches, padded on the left, with a key-value cache.

What a request gets depends on its batch in the last bits only: greedy text changes where two logits are as good
as equal, and random draws have a generator of their own.
"""

import time

import torch
from engine import Answer, Progress, Request
from steps import SECONDS_BETWEEN_EVENTS
from tokenizers.decoders import DecodeStream

# Below it vLLM takes the likeliest token too.
LEAST_TEMPERATURE = 1e-5


def answer_requests(engine, requests: list[Request], progress: Progress) -> list[Answer]:
    """Answers the requests, those of like length together; in the order given. `engine` is a TransformersEngine."""
    answers: list[Answer | None] = [None] * len(requests)
    done, told = 0, time.monotonic()

    def tell(share: float) -> None:
        nonlocal told
        if time.monotonic() - told >= SECONDS_BETWEEN_EVENTS:
            told = time.monotonic()
            progress(round(done + share, 2), len(requests))

    if requests:
        progress(0, len(requests))
    for batch in batches(requests, engine.rows, engine.tokens):
        for index, answer in zip(batch, answer_batch(engine, [requests[i] for i in batch], tell), strict=True):
            answers[index] = answer
        done += len(batch)
        progress(done, len(requests))
    return answers


def batches(requests: list[Request], rows: int, tokens: int) -> list[list[int]]:
    """Indices of the requests, longest first, so that no batch has more rows, or more tokens than fit (but one row)."""
    order = sorted(range(len(requests)), key=lambda i: -len(requests[i].ids))
    found: list[list[int]] = []
    longest = 0
    for index in order:
        request = requests[index]
        most = max(longest, len(request.ids) + request.max_tokens)
        if found and len(found[-1]) < rows and (len(found[-1]) + 1) * most <= tokens:
            found[-1].append(index)
            longest = most
        else:
            found.append([index])
            longest = len(request.ids) + request.max_tokens
    return found


@torch.inference_mode()
def answer_batch(engine, requests: list[Request], tell) -> list[Answer]:
    """Answers requests side by side; rows whose answer has ended leave the batch."""
    model, device, began = engine.model, engine.model.device, time.monotonic()
    width = max(len(request.ids) for request in requests)
    ids = torch.tensor([[0] * (width - len(request.ids)) + request.ids for request in requests], device=device)
    mask = torch.tensor([[0] * (width - len(request.ids)) + [1] * len(request.ids) for request in requests],
                        device=device)
    draws = [None if request.temperature < LEAST_TEMPERATURE else
             torch.Generator(device).manual_seed(request.seed) for request in requests]
    cache, positions = engine.caches(), (mask.cumsum(1) - 1).clamp_min(0)
    written: list[list[int]] = [[] for _ in requests]
    seconds = [0.0] * len(requests)
    active = list(range(len(requests)))
    while True:
        logits = model(ids, attention_mask=mask, position_ids=positions, past_key_values=cache, use_cache=True,
                       **engine.last_only).logits[:, -1].float()
        tokens = logits.argmax(1).tolist()
        kept = []
        for row, index in enumerate(active):
            if draws[index] is not None:
                tokens[row] = draw(logits[row], requests[index].temperature, draws[index])
            written[index].append(tokens[row])
            if tokens[row] in engine.stops or len(written[index]) == requests[index].max_tokens:
                seconds[index] = time.monotonic() - began
            else:
                kept.append(row)
        tell(sum(len(ids) / request.max_tokens for ids, request in zip(written, requests, strict=True)))
        if not kept:
            break
        if len(kept) < len(active):
            select = torch.tensor(kept, device=device)
            cache.batch_select_indices(select)
            mask, active = mask[select], [active[row] for row in kept]
        ids = torch.tensor([[tokens[row]] for row in kept], device=device)
        mask = torch.cat([mask, mask.new_ones(len(kept), 1)], 1)
        positions = mask.sum(1, keepdim=True) - 1
    return [finished(engine, request, ids, spent)
            for request, ids, spent in zip(requests, written, seconds, strict=True)]


def draw(logits: torch.Tensor, temperature: float, generator: torch.Generator) -> int:
    """A token at random by its probability."""
    noise = torch.empty_like(logits).exponential_(generator=generator)
    return int(((logits / temperature).softmax(0) / noise).argmax())


def finished(engine, request: Request, ids: list[int], seconds: float) -> Answer:
    """The answer in words, which go on from the prompt as vLLM's do."""
    stopped = ids[-1] in engine.stops
    plain = ids[:-1] if stopped else ids
    tokenizer = engine.tokenizer
    if tokenizer.is_fast:
        stream = DecodeStream(ids=request.ids, skip_special_tokens=True)
        text = "".join(stream.step(tokenizer._tokenizer, token) or "" for token in plain)
    else:
        text = tokenizer.decode(plain, skip_special_tokens=True)
    return Answer(ids, text, "stop" if stopped else "length", seconds)
