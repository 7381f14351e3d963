"""Cuts Chinese texts into words: `python segment.py`, a JSON list of texts on standard input.

Prints a JSON list of lists of words, as jieba 0.42.1 cuts them (`cut_all=False`), which LongBench's Chinese
scores count.
"""

import json
import logging
import os
import sys


def main() -> None:
    texts = json.load(sys.stdin)
    answers = os.dup(1)
    os.dup2(2, 1)  # what the library prints goes to standard error
    try:
        import jieba
    except ImportError:
        raise SystemExit("jieba is not installed in this Python: pip install jieba==0.42.1") from None

    jieba.setLogLevel(logging.WARNING)
    words = [list(jieba.cut(text, cut_all=False)) for text in texts]
    with os.fdopen(answers, "w", encoding="utf-8") as out:
        json.dump(words, out)


if __name__ == "__main__":
    main()
