"""Golden files for the conformance tool: small made-up inputs through the upstream scorers themselves.

Run: python make.py CLONES   (writes the eight .json files beside this script)

CLONES holds git clones named T-Eval, WorfBench, LongBench, LongGenBench, ACBench, AgentBoard, WebShop and
ReAct. CPython 3.11, numpy 2.4.6, networkx 3.6.1, rouge 1.0.1, jieba 0.42.1, fuzzywuzzy 0.18.0, thefuzz
0.19.0, rouge_score 0.1.2. Sentence similarities are made up and stored with each case.
"""

import contextlib
import io
import json
import logging
import math
import random
import re
import string
import subprocess
import sys
import textwrap
import types
import warnings
from collections import Counter
from pathlib import Path

warnings.simplefilter("ignore")

import jieba
import numpy as np
from rouge_score import rouge_scorer
from thefuzz import fuzz

jieba.setLogLevel(logging.ERROR)
CLONES = Path(sys.argv[1])
HERE = Path(__file__).parent
RNG = random.Random(5)


def source(repo, path, start=None, end=None):
    text = subprocess.run(["git", "-C", str(CLONES / repo), "show", f"HEAD:{path}"], capture_output=True, text=True, check=True).stdout
    return text[text.index(start) if start else 0:text.index(end) if end else None]


def commit(repo):
    return subprocess.run(["git", "-C", str(CLONES / repo), "rev-parse", "--short", "HEAD"], capture_output=True, text=True).stdout.strip()


def run(code, **names):
    exec(code, names)
    return types.SimpleNamespace(**{k: v for k, v in names.items() if k != "__builtins__"})


def clean(value):
    if isinstance(value, (float, np.floating)):
        return "NaN" if math.isnan(value) else float(value)
    if isinstance(value, np.integer):
        return int(value)
    if isinstance(value, dict):
        return {k: clean(v) for k, v in value.items()}
    return [clean(v) for v in value] if isinstance(value, (list, tuple)) else value


def attempt(call):
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            return {"value": clean(call())}
    except Exception as error:
        return {"error": type(error).__name__, "message": str(error)}


def write(name, upstream, **content):
    document = {"upstream": upstream, "made": "by make.py beside this file", **content}
    (HERE / f"{name}.json").write_text(json.dumps(document, ensure_ascii=False, indent=0))


class Similarity:
    """Made-up cosines, remembered so that a case can store those that its scorer saw."""

    def __init__(self):
        self.seen = {}

    def encode(self, texts, convert_to_tensor=True):
        return [texts] if isinstance(texts, str) else list(texts)

    def of(self, a, b):
        rng = random.Random("|".join(sorted([a, b])))
        return float(np.float32(1.0 if a == b else rng.choice([0, 0.3, 0.61, 0.7, 0.85, rng.random()])))

    def cos_sim(self, a, b):
        a, b = [[x] if isinstance(x, str) else x for x in (a, b)]
        if not a or not b:
            raise RuntimeError("shapes cannot be multiplied")
        for x in a:
            for y in b:
                self.seen.setdefault(x, {})[y] = self.of(x, y)
        matrix = np.array([[self.of(x, y) for y in b] for x in a], dtype=np.float32)
        return types.SimpleNamespace(cpu=lambda: types.SimpleNamespace(numpy=lambda: matrix))


SIMILARITY = Similarity()


def stub(name, **members):
    module = types.ModuleType(name)
    module.__dict__.update(members)
    module.__path__ = []
    sys.modules[name] = module
    return module


def load_teval():
    stub("mmengine", load=lambda data: data)
    stub("sentence_transformers", SentenceTransformer=lambda name: SIMILARITY, util=SIMILARITY)
    stub("evaluate")
    stub("termcolor", colored=None)
    stub("tqdm", tqdm=lambda items, **_: items)
    for name in ("teval", "teval.utils", "teval.evaluators"):
        stub(name)
    for name in ("schema", "utils.template", "utils.format_load", "evaluators.instruct_evaluator", "evaluators.planning_evaluator",
                 "evaluators.reason_retrieve_understand_evaluator", "evaluators.review_evaluator"):
        module = stub(f"teval.{name}")
        exec(source("T-Eval", f"teval/{name.replace('.', '/')}.py"), module.__dict__)
    return sys.modules


def teval():
    modules = load_teval()
    evaluators = {
        "instruct_json": ("instruct_evaluator", "InstructEvaluator", {}),
        "instruct_string": ("instruct_evaluator", "InstructEvaluator", {}),
        "plan_json": ("planning_evaluator", "PlanningEvaluator", {"default_prompt_type": "json"}),
        "plan_str": ("planning_evaluator", "PlanningEvaluator", {"default_prompt_type": "str"}),
        "review_str": ("review_evaluator", "ReviewEvaluator", {}),
    }
    for ability, form in (("rru_json", "json"), ("reason_str", "str"), ("retrieve_str", "str"), ("understand_str", "str")):
        arguments = {"default_prompt_type": form, "eval_type": ability.split("_")[0]}
        evaluators[ability] = ("reason_retrieve_understand_evaluator", "ReasonRetrieveUnderstandEvaluator", arguments)
    cases = []
    for i, (ability, datum) in enumerate(teval_data()):
        module, name, arguments = evaluators[ability]
        SIMILARITY.seen = {}
        expected = attempt(lambda: dict(getattr(modules[f"teval.evaluators.{module}"], name)({"0": json.loads(json.dumps(datum))}, **arguments).evaluate()))
        cases.append({"id": f"{ability}-{i}", "ability": ability, "datum": datum, "args": arguments, "expected": expected, "similarity": SIMILARITY.seen})
    loads = []
    for raw, start, end in FORMAT_LOADS:
        try:
            loaded = modules["teval.utils.format_load"].format_load(raw, start, end)
            expected = {"value": None, "python_repr": repr(loaded)}
        except Exception as error:
            expected = {"error": "Exception", "message": str(error)}
        loads.append({"raw": raw, "start": start, "end": end, "expected": expected})
    split = run(source("T-Eval", "test.py", "def split_special_tokens", "def infer")).split_special_tokens
    texts = ["x<|user|>y", "```json\n{}\n```", " a\nuser b", "[INST]", "`a`", "\u3000x<eoa>"]
    write("teval", f"open-compass/T-Eval@{commit('T-Eval')}", cases=cases, format_load=loads,
          split_special_tokens=[{"input": t, "expected": split(t)} for t in texts])


FORMAT_LOADS = [
    ("{'a': True, 'b': (1, 2.0)}", "", ""), ('{"a": true}', "", ""), ("{'a': null}", "", ""), ("no", "[", "]"), ("x [1] y", "[", "]"),
    ("```json\n[1]\n```", "", ""), ("[1]\n ", "", ""), ("...", "", ""), ("1_0", "", ""), ("{1, 2", "{", "}"), ("", "[", "]"), ("[", "[", "]"),
]


def teval_data():
    names = {"thought": "thought", "action": "name", "args": "args"}
    pieces = ["thought_start", "thought_end", "action_start", "action_end", "args_start", "args_end"]
    plain = dict(zip(pieces, ["Thought: ", "\n", "Action: ", "\n", "Args: ", ""]))
    odd = dict(zip(pieces, ["<Q>", "</Q>", "(API)", ".", "[args] ", "?"]))
    gold = {"action": "A.b", "args": {"x": True, "y": 1, "z": "São"}}
    common = {"origin_prompt": [], "ground_truth": gold}
    for text in ['{"thought": "", "name": "A.b", "args": {"x": 1, "y": 1.0, "z": "S\\u00e3o"}}', "{'thought': 0, 'name': 'A.b', 'args': '{}'}",
                 '{"name": "A.b", "args": {}}', "[1]", "", '```json\n{"thought": "", "name": "b", "args": {"x": "True"}}\n```']:
        yield "instruct_json", {**common, "template": names, "meta_data": {"response_format": "json"}, "prediction": text}
    for template, text in [(plain, "Thought: t\nAction: A.b \nArgs: {'x': True, 'y': 1, 'z': 'São'}"), (plain, "Thought: t\nAction: A.b\nArgs: [1]"),
                           (plain, "Action: A.b"), (odd, "<Q>t</Q>(API)A.b.[args] {}?"), (odd, "<Q>t</Q>APIA.b.a {'x': 1}"), (plain, "Thought: a\nAction: b\nArgs: c\nAction: d\nArgs: {}")]:
        yield "instruct_string", {**common, "template": template, "meta_data": {"response_format": "string"}, "prediction": text}
    steps = [{"id": i, "name": n, "args": a} for i, (n, a) in enumerate([("A.b", "{}"), ("C.d", '{"x": 1}'), ("E.f", "{}"), ("FinishAction", "{}")])]
    for plan in (steps, steps[::-1], steps[1:], [{**s, "id": str(s["id"])} for s in steps], [{**s, "name": s["name"].lower()} for s in steps], steps[3:], [1]):
        yield "plan_json", {"prediction": json.dumps(plan), "ground_truth": steps}
    for text in ("use A.b. then C.d\nE.f", "C.d and A.b\nnothing", "none", "A.b. FinishAction"):
        yield "plan_str", {"prediction": text, "ground_truth": steps, "meta": {"API_list": ["A.b", "C.d", "E.f", "FinishAction"]}}
    call = {"thought": "look it up", "name": "A.b", "args": {"x": 1.0, "y": None, "z": ["é"]}}
    for answer in (call, {**call, "args": {"x": 1, "y": "None", "z": ["é"]}}, {**call, "thought": None}, {}, [call], {**call, "args": "{}"}):
        yield "rru_json", {"prediction": json.dumps(answer), "ground_truth": call, "meta_data": {"response_format": "json"}}
    for ability, texts in (("reason_str", ["look it up", "look", ""]), ("retrieve_str", ["A.b", "use A.b 3.5", "A.bc", "A.b FinishAction", "C.d"]),
                           ("understand_str", ["{'x': 1.0, 'y': None, 'z': ['é']}", '"{}"', "'\"a\"'"])):
        for text in texts:
            yield ability, {"prediction": text, "ground_truth": call, "meta_data": {"response_format": "str"}}
    for text in ("A", "Answer: B", "x: y: A", "Apparently", "", " \u3000C."):
        yield "review_str", {"prediction": text, "ground_truth": {"answer": "A"}, "origin_prompt": [], "template": {}, "meta_data": {"response_format": "str"}}


def worfbench():
    stub("sentence_transformers", SentenceTransformer=lambda name: SIMILARITY, util=SIMILARITY)
    stub("tqdm", tqdm=lambda items, **_: items)
    graph = run(source("WorfBench", "evaluator/graph_evaluator.py"), __name__="graph")
    node = run(source("WorfBench", "node_eval.py", "def workflow_to_node_list", "def build_message"), re=re, List=list)
    gold = "Node:\n1: go to a\n2: take b\n3: heat b\n4: put b\nEdge: (START,1) (1,2) (1,3) (2,4) (3,4) (4,END)"
    long = "Node:\n" + "".join(f"{i}: step {i % 7}\n" for i in range(1, 11)) + "Edge: (START,1) " + " ".join(f"({i},{i + 1})" for i in range(1, 10)) + " (10,END)"
    predictions = [gold, gold.replace("Node", "Plan"), gold.split("Edge")[0], "Node: (1,2)", gold.replace("heat b", "take b"), gold.replace(": ", ". ", 2),
                   "Node:\n1: put b\n2: go to a\n(START, 1) ( 1 ,2)(2,END)(7,9)", "Node:\n1:go\n(1,2)", gold + "\n5: Finish", "", long]
    cases = []
    for i, (text, wanted) in enumerate([(p, g) for g in (gold, long) for p in predictions]):
        quiet = contextlib.redirect_stdout(io.StringIO())
        with quiet:
            ours, theirs, nodes = node.workflow_to_graph_list(text), node.workflow_to_graph_list(wanted), node.workflow_to_node_list(text)
        case = {"id": f"case-{i}", "gold": wanted, "pred": text, "parsed": {"gold": theirs, "pred": ours, "pred_node_list": nodes}}
        if ours == []:
            case["node"] = case["graph"] = {"value": None, "note": "skipped"}
        else:
            SIMILARITY.seen = {}
            case["node"] = attempt(lambda: graph.t_eval_nodes(ours, theirs, SIMILARITY))
            case["graph"] = attempt(lambda: graph.t_eval_graph(ours, theirs, SIMILARITY))
            case["similarity"] = SIMILARITY.seen
            case["topological_orders"] = graph.all_topological_sorts(theirs)
        cases.append(json.loads(json.dumps(case)))
    write("worfbench", f"zjunlp/WorFBench@{commit('WorfBench')}", cases=cases)


PIECES = ["the", "The", "a", "An", "paragraph", "Paragraph 5", "7", "New", "York", "City", ".", "é", "北京", "x_y", "ß", "it's", "\u3000", "\u200b", "12", "٣", "²", "\n", "3.14"]


def words(count):
    return "".join(RNG.choice(PIECES) + RNG.choice([" ", " ", "", "\n", ". "]) for _ in range(RNG.randint(0, count)))


def longbench():
    metrics = run(source("LongBench", "LongBench/metrics.py"))
    cases, tokens = [], {}
    classes = ["York", "New York", "City", "New York City", "a", "ab", "abc"]
    golds = {"retrieval_score": ["Paragraph 5", "5"], "retrieval_zh_score": ["段落7", "7"], "count_score": ["7", "12"], "classification_score": classes}
    for metric in ("qa_f1_score", "rouge_score", "classification_score", "retrieval_score", "retrieval_zh_score", "count_score", "code_sim_score", "qa_f1_zh_score", "rouge_zh_score"):
        for i in range(7):
            prediction = words(10)
            gold = RNG.choice(golds.get(metric, [words(8), prediction, prediction.upper()]))
            extra = {"all_classes": classes} if metric == "classification_score" else {}
            if extra:
                prediction = RNG.choice([gold, "New York City", "ab abc", "none"])
            if metric == "code_sim_score":
                gold, prediction = [RNG.choice(["\n", "# c\n", "`\n", ""]) + "".join(RNG.choice("ab =()xy") for _ in range(RNG.choice([5, 40, 230]))) for _ in "ab"]
            if metric.endswith("zh_score") and "retrieval" not in metric:
                tokens |= {t: list(jieba.cut(t, cut_all=False)) for t in (prediction, gold)}
            call = getattr(metrics, metric)
            cases.append({"id": f"{metric}-{i}", "metric": metric, "prediction": prediction, "ground_truth": gold, **extra, "expected": attempt(lambda: call(prediction, gold, **extra))})
    score = run(source("LongBench", "LongBench/eval.py", "dataset2metric", "if __name__"), np=np, argparse=None, **vars(metrics))
    aggregates = []
    for dataset in ("trec", "triviaqa", "samsum", "hotpotqa", "lcc"):
        predictions = ["\n" + words(5) for _ in range(5)]
        answers = [[words(3), p.lstrip("\n").split("\n")[0]] if RNG.random() < 0.5 else ["City"] for p in predictions]
        lengths = [1, 3999, 4000, 4001, 7999]
        aggregates.append({"dataset": dataset, "predictions": predictions, "answers": answers, "all_classes": classes, "lengths": lengths,
                           "expected": attempt(lambda: score.scorer(dataset, predictions, answers, classes)),
                           "expected_e": attempt(lambda: score.scorer_e(dataset, predictions, answers, lengths, classes))})
    write("longbench", f"THUDM/LongBench@{commit('LongBench')}", cases=cases, aggregates=aggregates, jieba_tokens=tokens,
          dataset2metric={name: function.__name__ for name, function in score.dataset2metric.items()})


def longgenbench():
    scope = run(source("ACBench", "thirdpartys/SCOPE/eval_longgenbench.py", "def extract_final_answer", "if __name__"), re=re, np=np)
    tests = {task: run(source("LongGenBench", f"longgenbench_{name}_openai.py", "def test_answer", "def parse_pred_ans"), re=re).test_answer
             for task, name in (("gsm8k", "GSM8K"), ("mmlu", "MMLU"))}
    extract = run(source("LongGenBench", "longgenbench_GSM8K_openai.py", "def extract_ans", "def process_question")).extract_ans
    solutions = ["a\n#### 18", "#### 70,000", "#### -5", "none"]
    texts = ["", "Answer_9:\nThe answer is 18.\n\nAnswer_10:\nso The answer is 70,000.\n\n", "Answer_9: answer is $18 Answer_10: answer is 70", "Answer_1:\nThe answer is (B).\n\nAnswer_2: answer is (C)"]
    cases = []
    for i, text in enumerate(texts):
        cases.append({"id": f"gsm8k-{i}", "scorer": "scope_gsm8k", "pred": text, "answers": solutions, "extracted": scope.extract_predicted_answers(text),
                      "gold_extracted": [scope.extract_final_answer(s) for s in solutions], "expected": scope.compare_answers(text, solutions)})
        cases.append({"id": f"mmlu-{i}", "scorer": "scope_mmlu", "pred": text, "answers": ["B", "C"], "extracted": scope.extract_predicted_choices(text), "expected": scope.compare_choices(text, ["B", "C"])})
        blocks = re.findall(r"(?<=:\n)(.*?)(?=\n\n|$)", extract(text)[0], re.DOTALL)
        cases.append({"id": f"split-{i}", "scorer": "upstream_split", "response": text, "expected": [block.strip() for block in blocks]})
    for task, pred, gold in (("gsm8k", "1,800.", "#### 1800"), ("gsm8k", ".5", "0.5"), ("gsm8k", "x", "1"), ("gsm8k", "1", "x"), ("mmlu", "Because A then C", "C"), ("mmlu", "b", "B")):
        cases.append({"id": f"{task} {pred}", "scorer": f"upstream_{task}_test_answer", "pred": pred, "gold": gold, "expected": attempt(lambda: tests[task](pred, gold))})
    inputs = {"predictions": texts[:2], "answers": [solutions, solutions]}
    aggregates = {"gsm8k": attempt(lambda: scope.scorer("gsm8k", **inputs)), "gsm8k_inputs": inputs}
    write("longgenbench", f"Dominic789654/LongGenBench@{commit('LongGenBench')} and pprp/ACBench@{commit('ACBench')}", cases=cases, aggregates=aggregates)


def needle():
    scorer = rouge_scorer.RougeScorer(["rouge1"], use_stemmer=True)
    sentence = "\nThe best thing to do in San Francisco is eat a sandwich and sit in Dolores Park on a sunny day.\n"
    expected = set("eat a sandwich and sit in Dolores Park on a sunny day.".lower().split())
    cases = []
    for i, text in enumerate(["", "eat a sandwich", sentence, "EATING sandwiches on sunny days", "day", "day.", "sit sit sit", "I don't know"]):
        rouge = scorer.score(sentence, text)["rouge1"].fmeasure * 10 if text else 0.0
        overlap = len(set(text.lower().split()) & expected) / len(expected)
        cases.append({"id": f"case-{i}", "response": text, "run_rouge1_f_times_10": rouge, "visualize_overlap": overlap})
    grids = []
    for low, high, count in ((1000, 16000, 35), (500, 128000, 12)):
        grids.append({"args": {"context_lengths_min": low, "context_lengths_max": high, "context_lengths_num_intervals": count, "document_depth_percent_intervals": count},
                      "context_lengths": clean(list(np.round(np.linspace(low, high, num=count)).astype(int))),
                      "document_depth_percents": clean(list(np.round(np.linspace(0, 100, num=count)).astype(int)))})
    write("needle", "gkamradt/LLMTest_NeedleInAHaystack and pprp/ACBench: their formulas through rouge_score and numpy", needle=sentence, haystack="", cases=cases, grids=grids)


def hotpotqa():
    names = run(source("ReAct", "wrappers.py", "def normalize_answer", "class HotPotQAWrapper"), re=re, string=string, Counter=Counter)
    cases = []
    pairs = [("Seth MacFarlane", "It is Seth MacFarlane"), ("yes", "Yes."), ("no", "yes"), ("yes", "yes it is"), ("The The", "the"), ("1,909", "1909"), ("a b", "b a b"), ("x", None)]
    for i, (gold, answer) in enumerate(pairs):
        em = answer is not None and names.normalize_answer(gold) == names.normalize_answer(answer)
        f1 = 0 if answer is None else names.f1_score(names.normalize_answer(gold), names.normalize_answer(answer))[0]
        cases.append({"id": f"case-{i}", "gold": gold, "answer": answer, "expected": {"reward": int(em), "em": int(em), "f1": f1}, "step_reward": int(em)})
    order = list(range(7405))
    random.Random(233).shuffle(order)
    write("hotpotqa_react", f"ysymyth/ReAct@{commit('ReAct')}", cases=cases, first_500_indices=order[:20])


def webshop():
    colors = run(source("WebShop", "web_agent_site/engine/normalize.py"))
    nouns = lambda text: [types.SimpleNamespace(text=word, pos_="NOUN") for word in text.split()]
    goal = run(source("WebShop", "web_agent_site/engine/goal.py", "def get_type_reward"), fuzz=fuzz, normalize_color=colors.normalize_color, nlp=nouns)
    options = ["black", "natural black", "20 inch", "20inch", "Red", "x large", "straight hair", "straight"]
    attributes = ["natural hair", "heat resistant", "easy to wash", "Heat Resistant", "long-lasting"]
    cases = []
    for i in range(24):
        product = {"query": RNG.choice("pq"), "name": RNG.choice(["clip in hair", "hair wig", "shoes"]), "product_category": RNG.choice(["A › B › C", "A › B", "X"]),
                   "Title": "Natural Hair", "BulletPoints": ["Easy to wash"], "Description": "x", "Attributes": RNG.sample(attributes, 2)}
        wanted = {"query": RNG.choice("pq"), "name": RNG.choice(["clip in hair", ""]), "product_category": "A › B › D", "attributes": RNG.sample(attributes, RNG.choice([0, 1, 2, 3])),
                  "price_upper": RNG.choice([50.0, 50.0, 0, 20]), "goal_options": RNG.choice([{"color": RNG.choice(options), "size": RNG.choice(options)}, RNG.sample(options, 2), {}])}
        chosen = {"color": RNG.choice(options), "size": RNG.choice(options)}
        expected = attempt(lambda: dict(zip(("reward", "info"), goal.get_reward(product, wanted, 30, chosen, verbose=True))))
        cases.append({"id": f"case-{i}", "product": product, "goal": wanted, "price": 30, "options": chosen, "purchased_nouns": product["name"].split(), "goal_nouns": wanted["name"].split(), "expected": expected})
    pairs = [("", ""), ("a b", "b a c"), ("Café x", "cafe x"), ("100% cotton", "cotton"), ("('color', 'red')", "color red")]
    write("webshop", f"princeton-nlp/WebShop@{commit('WebShop')}", cases=cases, token_set_ratio=[{"a": a, "b": b, "token_set_ratio": fuzz.token_set_ratio(a, b)} for a, b in pairs],
          normalize_color=[{"input": o, "expected": colors.normalize_color(o)} for o in options])


def agentboard():
    tools = run(source("AgentBoard", "agentboard/utils/tool/helpers.py", "def extract_action_name", "def check_credentials"), re=re, math=math)
    agent = source("AgentBoard", "agentboard/agents/vanilla_agent.py", "    def action_parser_for_special_llms", "    def run(")
    chatty = run(textwrap.dedent(agent)).action_parser_for_special_llms
    path = "agentboard/environment/jericho_env.py"
    body = source("AgentBoard", path, "    def match_style", "    def update(self") + source("AgentBoard", path, "    def clean_up_text", "    def get_init_obs")
    jericho = run("class Jericho:\n" + body, re=re).Jericho
    cases = []
    for i, text in enumerate(['Action: f with Action Input: {"a": 1}', "Thought: x\nAction: f with Action Input: {'a': True}", "Action: f with Action Input:", "go north", "Next Action: wait",
                              "Here is the next action to take:\n\nlook", "The action is to go east", "Action:\nnext action: x", "'look'", "Action: f with Action Input: {a}"]):
        cases.append({"id": f"parse-{i}", "fn": "parse_action", "input": text, "expected": attempt(lambda: tools.parse_action(text))})
        cases.append({"id": f"extract-{i}", "fn": "extract_action_name_and_action_input", "input": text, "expected": list(tools.extract_action_name_and_action_input(text))})
        cases.append({"id": f"chatty-{i}", "fn": "action_parser_for_special_llms", "input": text, "expected": attempt(lambda: chatty(None, text))})
    for i, (patterns, observations) in enumerate([(["the gate", "Attic"], ["The gate", "the gate!", "Attics"]), (["café"], ["caf"]), ([], ["x"]), (["a", "b"], ["ab", "ab"])]):
        game = jericho()
        game.obs_to_reward, game.num_obs_to_reward, game.points, game.reward = list(patterns), len(patterns), 0, 0
        progress = []
        for observation in observations:
            game.update_reward(observation)
            progress.append(game.reward)
        cases.append({"id": f"jericho-{i}", "fn": "jericho_progress", "patterns": patterns, "observations": observations, "progress_after_each": progress, "won": game.reward == 1})
    for text in ("a\nb  c", "[Your score has\ngone up.] x"):
        cases.append({"id": f"clean {text!r}", "fn": "jericho_clean_up_text", "input": text, "expected": jericho().clean_up_text(text)})
    write("agentboard", f"hkust-nlp/AgentBoard@{commit('AgentBoard')}", cases=cases)


for make in (teval, worfbench, longbench, longgenbench, needle, hotpotqa, webshop, agentboard):
    make()
