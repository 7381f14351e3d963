"""Makes a small Llama with random weights, a tokenizer and calibration texts, for the tests.

    python random_model.py FOLDER

writes FOLDER/model and FOLDER/calibration.jsonl. The same call gives the same files.
"""

import json
import os
import random
import sys

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

WORDS = "search open click buy find the a cheap red blue shoe book price under ten result page".split()
CHAT_TEMPLATE = "{% for m in messages %}<|{{ m.role }}|>{{ m.content }}{% endfor %}<|assistant|>"


def texts(count: int, words: int) -> list[str]:
    """`count` texts of `words` words each."""
    generator = random.Random(7)
    return [" ".join(generator.choices(WORDS, k=words)) for _ in range(count)]


def make_tokenizer(corpus: list[str]) -> PreTrainedTokenizerFast:
    """A byte-level tokenizer trained on the texts."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=512,
        special_tokens=["<|end|>", "<|user|>", "<|assistant|>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(corpus, trainer)
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token="<|end|>", pad_token="<|end|>")
    fast.chat_template = CHAT_TEMPLATE
    return fast


def make_model(eos: int) -> LlamaForCausalLM:
    """Two layers; the column scales differ, so that activations matter to the methods that see them."""
    torch.manual_seed(7)
    config = LlamaConfig(
        vocab_size=512,
        hidden_size=128,
        intermediate_size=256,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=4,
        max_position_embeddings=512,
        eos_token_id=eos,
        bos_token_id=None,
        tie_word_embeddings=False,
    )
    model = LlamaForCausalLM(config)
    with torch.no_grad():
        model.model.embed_tokens.weight.mul_(torch.logspace(-1, 1, 128))
        for name, parameter in model.named_parameters():
            if name.endswith("norm.weight"):
                parameter.mul_(torch.linspace(0.5, 2, parameter.numel()))
    return model.to(torch.bfloat16)


def main() -> None:
    folder = sys.argv[1]
    corpus = texts(24, 60)
    tokenizer = make_tokenizer(corpus)
    make_model(tokenizer.eos_token_id).save_pretrained(os.path.join(folder, "model"))
    tokenizer.save_pretrained(os.path.join(folder, "model"))
    with open(os.path.join(folder, "calibration.jsonl"), "w", encoding="utf-8") as file:
        file.writelines(json.dumps({"text": text}) + "\n" for text in corpus)


if __name__ == "__main__":
    main()
