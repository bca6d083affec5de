#!/usr/bin/env python3
"""An engine out of spaCy or stanza: `adapter.py spacy MODEL` or `adapter.py stanza LANGUAGE`.

Reads one JSON request a line and answers each with one line; see README.md for the protocol.
"""

import json
import sys


def column(text):
    """A CoNLL-U column: `_` for nothing, no white space."""
    return "_".join(str(text).split()) if text else "_"


def conllu_line(number, form, lemma, upos, features, head, relation):
    values = (number, form, column(lemma), column(upos), "_", column(features), head, column(relation), "_", "_")
    return "\t".join(str(value) for value in values)


class Spacy:
    """A spaCy pipeline over tokens that are given."""

    def __init__(self, pipeline):
        self.pipeline = pipeline

    @classmethod
    def load(cls, model):
        import spacy

        return cls(spacy.load(model))

    def describe(self):
        meta = self.pipeline.meta
        model = "{}_{}".format(meta.get("lang", ""), meta.get("name", "")).strip("_")
        return {"engine": "spacy", "model": model, "version": meta.get("version", "")}

    def annotate(self, sentences):
        from spacy.tokens import Doc

        docs = (Doc(self.pipeline.vocab, words=words, sent_starts=self.starts(words)) for words in sentences)
        for doc in self.pipeline.pipe(docs):
            yield [self.line(token) for token in doc]

    @staticmethod
    def starts(words):
        return [index == 0 for index in range(len(words))]

    @staticmethod
    def line(token):
        parsed = bool(token.dep_)
        is_root = token.head.i == token.i
        head = "_" if not parsed else 0 if is_root else token.head.i + 1
        relation = "root" if parsed and is_root else token.dep_
        return conllu_line(token.i + 1, token.text, token.lemma_, token.pos_, token.morph, head, relation)


class Stanza:
    """A stanza pipeline over tokens that are given (made with `tokenize_pretokenized=True`)."""

    def __init__(self, pipeline, language):
        self.pipeline, self.language = pipeline, language

    @classmethod
    def load(cls, language):
        import stanza

        processors = "tokenize,pos,lemma,depparse"
        pipeline = stanza.Pipeline(
            language, processors=processors, tokenize_pretokenized=True, download_method=None, verbose=False
        )
        return cls(pipeline, language)

    def describe(self):
        try:
            from stanza import __version__ as version
        except ImportError:
            version = ""
        return {"engine": "stanza", "model": self.language, "version": version}

    def annotate(self, sentences):
        if not sentences:
            return
        for sentence in self.pipeline(sentences).sentences:
            yield [
                conllu_line(
                    number, word.text, word.lemma, word.upos, word.feats, "_" if word.head is None else word.head, word.deprel
                )
                for number, word in enumerate(sentence.words, 1)
            ]


def answer(engine, request):
    """The answer to one request, without its id."""
    if "sents" not in request:
        return engine.describe()
    lines = ["".join(line + "\n" for line in sentence) + "\n" for sentence in engine.annotate(request["sents"])]
    return {"conllu": "".join(lines)}


def serve(engine, requests, answers):
    """Answers requests until there are no more."""
    for line in requests:
        number = None
        try:
            request = json.loads(line)
            number = request.get("id")
            reply = answer(engine, request)
        except Exception as error:  # an engine answers whatever happens; the other side decides
            reply = {"error": f"{type(error).__name__}: {error}"}
        answers.write(json.dumps({"id": number, **reply}, ensure_ascii=False) + "\n")
        answers.flush()


def main():
    engines = {"spacy": Spacy.load, "stanza": Stanza.load}
    if len(sys.argv) != 3 or sys.argv[1] not in engines:
        sys.exit("usage: adapter.py spacy MODEL | adapter.py stanza LANGUAGE")
    for stream in (sys.stdin, sys.stdout):
        stream.reconfigure(encoding="utf-8")
    serve(engines[sys.argv[1]](sys.argv[2]), sys.stdin, sys.stdout)


if __name__ == "__main__":
    main()
