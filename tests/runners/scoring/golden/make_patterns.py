"""Golden values of re.findall, from CPython.

Run: python make_patterns.py > patterns.json  (CPython 3.11)
"""

import json
import platform
import random
import re

PATTERNS = [
    "a", "(a)(b)?", "(.*)x(.*)", "<Q>(.*)</Q>(API)(.*).[args] (.*)?", "Thought: (.*)\nAction: (.*)\nAction Input: (.*)",
    "(a|ab)(c|bcd)(d*)", "(a+)(a*)", "(a+?)(a*)", "x*", "[^a-c]+", "[]a]+", "[a-]+", r"\d+[:.] (.+)",
    r"\(\s*(\d+|START)\s*,\s*(\d+|END)\s*\)", r"Answer_\d+:\s*.*?answer is (\d+)", r"\w+\.\w+", r"\bthe\b", r"\Bb",
    "^a|b$", r"\Aab", r"b\Z", "(?:ab)+", "(?P<n>a)b", "a{2}", "a{1,2}b", "a{,2}", "a{2,}?", "a{x}", "|a", "(|a)b",
    r"[\w.]+", r"[\d-]+", r"\x61", r"\u0061", "é", "(((a)))", "a??b", "(a)|(b)", "<|thought|>(.*)<|end|>", r"\.", r"\$\d",
    "a(?:b|c)*d", "((a)|b)*", r"[\s\S]", "[^\n]", "x|",
]
BAD = ["(", ")", "[", "*a", "a**", "a{2}{3}", "\\", "[b-a]", "(?P<1>a)", "+", "a{3,2}", r"\q", "[a"]
TEXTS = [
    "", "a", "ab", "aab", "abcd", "aaa", "xxy\nyx", "<Q>t</Q>APIFoo.bar.a x", "Thought: t\nAction: f\nAction Input: {}\n",
    "Node:\n1: go\n12. put\n(START,1) ( 1 , 2 )(2,END)", "Answer_1: a\nanswer is 5. Answer_2: b answer is 6", "the a.b other the",
    "ab\nab\n", "été 3.5 x_y", "<thought> hi <end>", "$5 cost 12-3", "aaxb\nbb", "٣ é\u00a0b",
]


def main():
    rng = random.Random(3)
    texts = TEXTS + ["".join(rng.choice("aabbcx \n.") for _ in range(rng.randint(1, 25))) for _ in range(25)]
    cases = []
    for pattern in PATTERNS:
        for dot_all in (False, True):
            compiled = re.compile(pattern, re.S if dot_all else 0)
            rows = [[[m.group(0), list(m.groups())] for m in compiled.finditer(text)] for text in texts]
            cases.append([pattern, dot_all, rows])
    for pattern in BAD:
        try:
            re.compile(pattern)
            raise SystemExit(f"{pattern} compiles")
        except re.error:
            pass
    print(json.dumps({"source": f"CPython {platform.python_version()} re", "texts": texts, "cases": cases, "bad": BAD}))


main()
