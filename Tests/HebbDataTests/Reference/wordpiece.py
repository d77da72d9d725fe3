"""Writes wordpiece.json: what the tokenizers library makes of difficult texts, with a small vocabulary.

    python3 wordpiece.py
"""

import json
import pathlib

from tokenizers import BertWordPieceTokenizer

words = """[PAD] [UNK] [CLS] [SEP] [MASK] ! " # $ ' ( ) , - . / : ; ? @ ^ ` ~ the cafe resume a b c d e f g h i j k l m n o p q r s
t u v w x y z ##a ##b ##c ##d ##e ##f ##g ##h ##i ##j ##k ##l ##m ##n ##o ##p ##q ##r ##s ##t ##u ##v ##w ##x ##y ##z un ##aff
##able ##ing 0 1 2 3 ##0 ##1 ##2 ##3 中 国 人 ß ##ß ø ##ø ı 한 ᄒ ##ᅡ ##ᆫ ж ##ж σ ##σ ##ς — “ ” 。 ， K A Æ æ ##Æ ##æ é É ##é The Ca
##fé ϴ θ ﬁ ##ﬁ € ™ 1² ² ³ ##²""".split()
texts = [
    "unaffable", "The café, un-affable!", "Résumé RESUME resumé", "中国人abc", "a中b国c", "x\ty\nz\rq\u00a0w", "a\u0000b\ufffdc\u200bd",
    "don't stop...", "naïve façade", "Ångström", "İstanbul ıı", "STRASSE straße ẞ", "ΣΑΣ σς", "한국", "жЖ", "“quoted” — text。，", "",
    "   ", "e\u0301 E\u0301 é É", "a" * 100, "a" * 101, "é" * 101, "emoji 🙂 here", "100% #1 $2 €3", "ﬁne", "x² 1³", "[CLS]a[SEP]",
    "Æsop", "K", "a\u00adb", "\u2028a\u3000b", "𠀀a", "can`t ~^", "ТЕСТ", "Cafés", "user@mail.com/path_1",
]
cases = []
for lower in (True, False):
    tokenizer = BertWordPieceTokenizer(vocab={w: i for i, w in enumerate(words)}, lowercase=lower)
    # Special tokens are texts like any other here.
    tokenizer._tokenizer.encode_special_tokens = True
    for text in texts:
        cases.append({"text": text, "lower": lower, "ids": tokenizer.encode(text, add_special_tokens=False).ids})
target = pathlib.Path(__file__).with_name("wordpiece.json")
target.write_text(json.dumps({"vocabulary": words, "cases": cases}, ensure_ascii=True) + "\n")
