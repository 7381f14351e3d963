"""Golden values of Python literals, JSON, repr and ==, from CPython itself.

Run: python make_python_values.py > python_values.json  (CPython 3.11)
"""

import ast
import json
import platform
import random
import warnings

warnings.simplefilter("ignore")

SOURCES = [
    "\n[1]", "\n [1]", " [1]", "[1]\n ", "[1]\n\t", "[1]\n\f", "[1]\n \n", "[1]\n \n ", "[1]\n # c\n",
    "[1]\n #c", "# hi\n[1]", "\\\n1", "[1]\\\n", "\f[1]", "\f 1", "1\n\f ", "1\r2", "'a\rb'",
    "'''a\rb'''", "[1]\r\n", "1;", "(1)+(2j)", "-(1)", "--1", "+1", "-True", "1+True", "{1:2,**{}}",
    "set ( )", "set(())", "b'a' b'b'", "b'a' 'b'", "f'a'", "f''", "u'a'", "ur'a'", "rb'\\x'", "b'é'",
    "'\\x4'", "'\\400'", "b'\\400'", "'\\q'", "0777", "00", "0_0", "012.5", "1_000", "1_", "1__0",
    "1._5", "0x_f", "1e5_0", "1j", "1if 1 else 2", "0b12", "1a", "...", "....", "[...]", "None,", "1,",
    "(1)", "()", "(,)", "[,]", "[1,,2]", "{,}", "[1 2]", "'a' 'b'", "'a'\n'b'", "('a'\n'b')",
    "('a' # c\n'b')", "1 # c", "\u00a01", "1\u00a0", "\x00", "'\x00'", "'a\\\nb'", "-1-2j", "1-2j+1j",
    "- 1", "-  (  1 )", "{[1]:2}", "{1,[2]}", "{1}", "{1:2}[1]", "1 .real", "1.", "1..", "True", "true",
    "'\\u12'", "'\\U00110000'", "'\\U0001f600'", "'\\0'", "'\\08'", "\ufeff1", "[*[1]]", "{'a':1,'a':2}",
    "{1:'a',True:'b',1.0:'c'}", "lambda:1", "not 1", "[1]*2", "1+1", "1j+1j", "'''a''b'''", "''''a'''",
    "'a''b'", "1_0j", "0j", "0x1j", "00.0", "09j", "09", "\t1", " \t[1,\n\n2]", "1\n\n\n", "1\n\n2",
    "\v1", "1\f", "[1,\f2]", "\\1", "1\\", "[1\\\n]", "[\\ \n1]", "'\\\r\n'", "r'\\'", "r'\\''",
    "", " ", "\n", "#c", "[" * 200 + "]" * 200, "[" * 201 + "]" * 201, "9" * 4300, "9" * 4301,
    "0x" + "f" * 50, "1e400", "-1e400", "1e-5", "123456789012345678", "1e16", "1e15", "1e22", "0.1",
    "-0.0", "5e-324", "1.7976931348623157e308", "2.5", "100.0", "1e-4", "0.00001234", "(1,2,)", "(1,)",
    "((1))", "((1),)", "[(), [], {}]", "b'\\x00\\xff\\n\"'", "'it\\'s'", "'\"it\\'s\"'", "'é\\n\\t\\r\\\\'",
    "'\\x7f\\x80\\xa0\\xad'", "'\\u200b\\u2028\\u3000\\ufeff'", "'\\U000e0001'", "'\\U0001fa77'", "'北京'",
    "{'a': [1, {'b': (1, 2.0, None)}]}", "{1: 2, 'x': {3: 4}}", "1+2j", "-1.5+0.5j", "1e20+1j", "1-0j",
    "{'a' 'b': 1}", "[True, False, None]", "TRUE", "nan", "[1,2", "{'a':1", "'abc", "\"a", "'''a",
    "{'a'}", "{'a':}", "{:1}", "{'a':1,}", "{'a':1,,}", "a", "print(1)", "[x for x in []]", "1 if 1 else 2",
    "1 + 2j", "+1.5", "+ +1", "(-1)+2j", "-(1+2j)", "(1+2j)", "[1,]", "['a', \"b\"]", "R'\\n'", "bR'\\n'",
    "Rb'\\n'", "'\\N{BULLET'", "[1,2]]", "(1", ")", "}", "\"\\'\"", "'\\a\\b\\f\\v'", "'\\\\'",
]

JSONS = [
    '{"a":true}', '{"a": 1, "a": 2}', "[1, 1.0, 1e5, -0, -0.0, 1E400, -1e400]", "NaN", "[Infinity,-Infinity]",
    "01", "-", "1.", ".5", "[1,]", "{}", "[]", '""', "null", "nul", '"\\ud83d\\ude00"', '"\\u12"', '"\\x"',
    '"a\nb"', '"a\\nb"', '"\t"', "\ufeff1", " \t\n\r1 ", "\f1", "1 2", '{"a"}', '{"a":}', '{a:1}', "{'a':1}",
    '{"a":1,}', '["a" "b"]', "9" * 4300, "9" * 4301, "[" * 900 + "]" * 900, "[" * 1200 + "]" * 1200,
    "123456789012345678901234567890", "1.0000000000000001", '{"a":{"b":[1,{"c":null}]}}', '"\\/"', "tru", "",
    "truefalse", '"\x7f"', '"\x00"', '"é北"', "-5", "- 5", "+5", "1e5", "1e+05", "1e", "0x1",
]

VALUES = [
    "None", "True", "False", "0", "1", "-1", "2", "1.0", "0.0", "-0.0", "1.5", "2**53", "2**53+1",
    "float(2**53)", "float('nan')", "float('inf')", "1+0j", "1+1j", "''", "'1'", "'a'", "b'a'", "()", "(1,)",
    "(1.0,)", "[]", "[1]", "[True]", "[[]]", "{}", "{1: 2}", "{True: 2.0}", "{'a': [1]}", "{'a': [1.0]}",
    "{'a': 1, 'b': 2}", "{'b': 2, 'a': 1}", "{1}", "{1.0}", "...", "10**400", "1e400",
]


def literal(source):
    try:
        value = ast.literal_eval(source)
        return {"source": source, "repr": repr(value)}
    except Exception as error:
        return {"source": source, "error": type(error).__name__}


def loads(source):
    try:
        return {"source": source, "repr": repr(json.loads(source))}
    except Exception as error:
        return {"source": source, "error": type(error).__name__}


def as_literal(value):
    """A source that literal_eval reads back, or None."""
    try:
        text = repr(value)
        ast.literal_eval(text)
        return text
    except Exception:
        return None


def equalities():
    values = [eval(v) for v in VALUES]
    kept = [(as_literal(v), v) for v in values if as_literal(v) is not None]
    return {"values": [t for t, _ in kept], "equal": [[int(a == b) for _, b in kept] for _, a in kept]}


def floats(rng):
    out = []
    for _ in range(200):
        x = rng.choice([rng.random(), rng.gauss(0, 1e6), rng.uniform(-1, 1) * 10 ** rng.randint(-30, 30)])
        x = rng.choice([x, float(round(x)), round(x, 2)])
        out.append({"hex": x.hex(), "value": x, "repr": repr(x), "round2": round(x, 2), "round0": float(round(x))})
    for x in [0.125, 0.375, 2.5, 3.5, 0.5, 1.5, -0.5, -2.5, 2.675, 1.005, 66.665, 1e22, 0.005, 0.015, 0.025]:
        out.append({"hex": x.hex(), "value": x, "repr": repr(x), "round2": round(x, 2), "round0": float(round(x))})
    return out


def mutated(rng):
    """Mutations of valid sources, to meet the corners nobody thought of."""
    seeds = [s for s in SOURCES if 2 < len(s) < 60]
    out = []
    for _ in range(400):
        text = list(rng.choice(seeds))
        for _ in range(rng.randint(1, 3)):
            at = rng.randrange(len(text) + 1)
            move = rng.random()
            if move < 0.4 and text:
                del text[min(at, len(text) - 1)]
            else:
                text.insert(at, rng.choice("[](){},:'\"1.0eEjx_+-# \n\\abfru"))
        out.append("".join(text))
    return out


def main():
    rng = random.Random(7)
    # Python 3.11 prints sets by hash: sets of several members are left out
    literals = [literal(s) for s in SOURCES + mutated(rng)]
    literals = [e for e in literals if not ("repr" in e and "{" in e["repr"] and is_big_set(e["source"]))]
    print(json.dumps({
        "source": f"CPython {platform.python_version()}: ast.literal_eval, json.loads, repr, ==, round",
        "literals": literals,
        "jsons": [loads(s) for s in JSONS],
        "equality": equalities(),
        "floats": floats(rng),
    }, ensure_ascii=True, indent=0))


def is_big_set(source):
    value = ast.literal_eval(source)
    return isinstance(value, set) and len(value) > 1


main()
