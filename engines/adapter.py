#!/usr/bin/env python3
"""An engine out of spaCy, stanza or rumorph: `adapter.py [--http [HOST:]PORT] spacy MODEL`, `... stanza LANGUAGE` or
`... rumorph ru`.

Reads one JSON request a line and answers each with one line, or each POST with one JSON object; see README.md for the
protocol.
"""

import http.server
import json
import sys

# The longest request that is read, in bytes.
LONGEST_REQUEST = 64 << 20


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


class Rumorph:
    """rumorph's analyser: Russian tags and lemmas, no syntax."""

    def __init__(self, analyzer, version):
        self.analyzer, self.version = analyzer, version

    @classmethod
    def load(cls, language):
        import rumorph

        if language != "ru":
            sys.exit("rumorph knows Russian (ru) only")
        return cls(rumorph.Analyzer(), rumorph.__version__)

    def describe(self):
        return {"engine": "rumorph", "model": "ru", "version": self.version}

    def annotate(self, sentences):
        for words in sentences:
            readings = self.analyzer.analyze_sentence(words)
            yield [self.line(number, word, best) for number, (word, best) in enumerate(zip(words, readings), 1)]

    @staticmethod
    def line(number, word, readings):
        if not readings:
            return conllu_line(number, word, "", "", "", "_", "")
        best = readings[0]
        features = "|".join("{}={}".format(*pair) for pair in sorted(best.feats.items()))
        return conllu_line(number, word, best.lemma, best.pos, features, "_", "")


def answer(engine, request):
    """The answer to one request, without its id."""
    if "sents" not in request:
        return engine.describe()
    lines = ["".join(line + "\n" for line in sentence) + "\n" for sentence in engine.annotate(request["sents"])]
    return {"conllu": "".join(lines)}


def reply(engine, text):
    """The answer to what was sent, whatever it was: the other side decides."""
    number = None
    try:
        request = json.loads(text)
        number = request.get("id")
        made = answer(engine, request)
    except Exception as error:
        made = {"error": f"{type(error).__name__}: {error}"}
    return json.dumps({"id": number, **made}, ensure_ascii=False)


def serve(engine, requests, answers):
    """Answers lines until there are no more."""
    for line in requests:
        answers.write(reply(engine, line) + "\n")
        answers.flush()


def http_server(engine, host, port):
    """A server that answers POST requests, one at a time."""

    class Handler(http.server.BaseHTTPRequestHandler):
        timeout = 60

        def do_POST(self):
            length = self.headers.get("Content-Length", "")
            if not length.isdecimal():
                return self.send_error(411)
            if int(length) > LONGEST_REQUEST:
                return self.send_error(413)
            body = reply(engine, self.rfile.read(int(length))).encode("utf-8")
            self.send_response(200)
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    return http.server.HTTPServer((host, port), Handler)


def arguments(given):
    """(address or None, kind, model) from the command line, or None when it makes no sense."""
    address = None
    if given[:1] == ["--http"] and len(given) > 1:
        host, _, port = given[1].rpartition(":")
        if not port.isdecimal():
            return None
        address, given = (host or "127.0.0.1", int(port)), given[2:]
    if len(given) != 2 or given[0] not in ENGINES:
        return None
    return address, given[0], given[1]


ENGINES = {"spacy": Spacy.load, "stanza": Stanza.load, "rumorph": Rumorph.load}


def main():
    chosen = arguments(sys.argv[1:])
    if chosen is None:
        sys.exit("usage: adapter.py [--http [HOST:]PORT] spacy MODEL | stanza LANGUAGE | rumorph ru")
    address, kind, model = chosen
    engine = ENGINES[kind](model)
    if address is not None:
        with http_server(engine, *address) as server:
            print("listening on http://{}:{}/".format(*server.server_address), flush=True)
            server.serve_forever()
    for stream in (sys.stdin, sys.stdout):
        stream.reconfigure(encoding="utf-8")
    serve(engine, sys.stdin, sys.stdout)


if __name__ == "__main__":
    main()
