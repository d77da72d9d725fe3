"""sacreBLEU's tokens and scores of translations that try its rules: empty lines, marks, numbers, Chinese."""

import json
import random

from sacrebleu.metrics import BLEU
from sacrebleu.tokenizers.tokenizer_13a import Tokenizer13a
from sacrebleu.tokenizers.tokenizer_zh import TokenizerZh

texts = [
    "", " ", "Hello, world!", "It's 3.14, or 2,718.", "the state-of-the-art 5-4 game", "...", ". , .", "a..b,,c",
    "1.2.3,4", "version 2.", ".5 and 5.", "&quot;x&amp;y&lt;z&gt;&quot; &amp;quot;", "a<skipped>b", "A/B (c) [d] {e} ~f^g_h`i",
    "$5 50% #1 @me 1+1=2", "über Straße, „so“ – nicht…", "tab\tand\u00a0space ", "10-20 x-1 -5 3--4", "我们在这里。", "他今年18岁，对吗？",
    "Tom说：“Hello, world.”", "价格是3.5元/kg", "　全角ＡＢＣ１２３　", "𠀀⿰㐀豈", "e\u0301 and é", "a\u001cb", "\u2028x", "，。", "5,", ",5",
]
english = [
    "A man in a blue shirt is standing on a ladder cleaning a window.", "Two dogs are playing in the snow.",
    "A little girl, about 3.5 years old, climbs into a wooden playhouse.", "People wait.", "It costs $1,200 - or 10-20% more!",
]
chinese = ["我们在这里等公共汽车。", "他今年18岁。", "你好！", "这本书的价格是3.5元。", "Tom喜欢听音乐，不是吗？"]
random.seed(1)


def changed(text, parts, join):
    words = parts(text)
    for _ in range(random.randrange(4)):
        place = random.randrange(len(words))
        words[place : place + 1] = random.choice([[], [words[place]] * 2, ["x"], [words[place], words[0]]])
        words = words or ["x"]
    return join(words)


english_changed = [changed(t, str.split, " ".join) for t in english]
chinese_changed = [changed(t, list, "".join) for t in chinese]
corpora = [
    (english, english), (english_changed, english), (english_changed[:2], english[:2]), ([""] * 5, english), (english, [""] * 5),
    (["", *english_changed[1:]], english), (["A man"], ["A man in a blue shirt"]), (["a b c"], ["a b c"]),
    (["the the the the the the the"], ["the cat is on the mat"]), (["one two x four five"], ["one two three four five"]),
    ([], []), (["nothing matches here now"], ["completely different words instead"]), (texts, texts[::-1]),
    (chinese, chinese), (chinese_changed, chinese), (chinese_changed[1:3], chinese[1:3]),
]
scored = []
for found, expected in corpora:
    for tokens in ["13a", "zh"]:
        if not found:
            continue
        score = BLEU(tokenize=tokens).corpus_score(found, [expected])
        scored.append({
            "found": found, "expected": expected, "tokens": tokens, "score": score.score, "precisions": score.precisions,
            "brevity": score.bp, "lengths": [score.sys_len, score.ref_len],
        })
tokens = [{"text": t, "13a": Tokenizer13a()(t.rstrip()).split(), "zh": TokenizerZh()(t.rstrip()).split()} for t in texts]
with open("bleu.json", "w") as file:
    json.dump({"tokens": tokens, "scores": scored}, file, indent=1)
    file.write("\n")
