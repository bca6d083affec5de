#!/usr/bin/env python3
"""Python natasha's annotation of a text as CoNLL-U, in the form `linguistics::conllu` writes and reads.

usage: OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 python natasha_conllu.py TEXT UNIT OUTPUT [REPETITIONS] [--margins]

UNIT is
line:     each line that is not blank is one document.
chapter:  the whole file is one document; its lines are tokenised and split into sentences one by one, names are
          tagged over all tokens as one sequence.
chapters: as chapter, for parts of the file of at least 12,000 characters that end at a line.

--margins marks in MISC what was chosen by less than 1e-4: `Margin=tag`, `head`, `relation` (several with a comma).
Prints a JSON object with the CPU seconds of the whole pipeline (the best of the repetitions), counts of
characters and tokens, and the peak memory in bytes. OUTPUT "-" writes nothing.
"""

import json
import resource
import sys
import time

import natasha
import numpy
from natasha.doc import adapt_sent, adapt_token
from natasha.ner import adapt_markup
from slovnet.markup import BIOMarkup


def segment_by_lines(doc, segmenter):
    """Fills the tokens and sentences of a document line by line."""
    doc.tokens, doc.sents, start = [], [], 0
    for line in doc.text.split("\n"):
        if line.strip():
            for found, adapt, place in (
                (segmenter.tokenize(line), adapt_token, doc.tokens),
                (segmenter.sentenize(line), adapt_sent, doc.sents),
            ):
                for item in map(adapt, found):
                    item.start += start
                    item.stop += start
                    place.append(item)
        start += len(line) + 1
    doc.envelop_sent_tokens()


def tag_names(doc, tagger):
    """Tags names over the document's own tokens as one sequence."""
    words = [token.text for token in doc.tokens]
    infer = tagger.infer
    tags = next(iter(infer.decoder(infer.process(infer.encoder([words])))))
    markup = adapt_markup(BIOMarkup.from_tuples(zip(words, tags)).to_span(doc.text))
    doc.spans = [natasha.doc.DocSpan(s.start, s.stop, s.type, doc.text[s.start : s.stop]) for s in markup.spans]
    doc.envelop_span_tokens()
    doc.envelop_sent_spans()


def annotate(text, models, by_lines):
    segmenter, vocab, morphology, syntax, names = models
    doc = natasha.Doc(text)
    if by_lines:
        segment_by_lines(doc, segmenter)
    else:
        doc.segment(segmenter)
    doc.tag_morph(morphology)
    doc.parse_syntax(syntax)
    tag_names(doc, names) if by_lines else doc.tag_ner(names)
    for token in doc.tokens:
        token.lemmatize(vocab)
    for span in doc.spans:
        span.normalize(vocab)
    return doc


def close_calls(doc, models):
    """What was chosen by less than 1e-4: (place of the token, kind of choice)."""
    _, _, morphology, syntax, _ = models
    words = [[token.text for token in sentence.tokens] for sentence in doc.sents]
    found = {}

    def note(scores, sentence, kind):
        best = numpy.partition(scores, -2, axis=-1)
        for token, margin in zip(sentence.tokens, best[:, -1] - best[:, -2]):
            if margin < 1e-4:
                found.setdefault(token.start, []).append(kind)

    for tagger, outputs in ((morphology, None), (syntax, ("head_id", "rel_id"))):
        at = 0
        for batch in tagger.infer.encoder(words):
            scores = tagger.infer.model(batch.word_id, batch.shape_id, batch.pad_mask)
            for row in range(len(batch.word_id)):
                sentence, size = doc.sents[at], len(words[at])
                if outputs:
                    note(scores.head_id[row, :size, : size + 1], sentence, "head")
                    note(scores.rel_id[row, :size], sentence, "relation")
                else:
                    note(scores[row, :size], sentence, "tag")
                at += 1
    return found


def write(docs, out, models=None):
    for start, doc in docs:
        named = {}
        close = close_calls(doc, models) if models else {}
        for span in doc.spans:
            for index, token in enumerate(span.tokens):
                named[token.start] = ("I-" if index else "B-") + span.type
                if not index:
                    named[token.start] += "|Name=" + span.normal.replace(" ", "\u00a0").replace("|", "/")
        for sentence in doc.sents:
            for token in sentence.tokens:
                features = "|".join(f"{key}={token.feats[key]}" for key in sorted(token.feats)) or "_"
                misc = f"TokenRange={start + token.start}:{start + token.stop}"
                if token.start in named:
                    misc += "|NER=" + named[token.start]
                if token.start in close:
                    misc += "|Margin=" + ",".join(close[token.start])
                number, head = token.id.split("_")[1], token.head_id.split("_")[1]
                columns = (number, token.text, token.lemma, token.pos, "_", features, head, token.rel, "_", misc)
                out.write("\t".join(columns) + "\n")
            out.write("\n")


def divide(text, unit):
    """The documents of a text; a line feed stands between two."""
    if unit == "chapter":
        return [text]
    lines = text.split("\n")
    if unit == "line":
        return lines
    parts, part = [], []
    for line in lines:
        part.append(line)
        if sum(map(len, part)) + len(part) > 12000:
            parts.append("\n".join(part))
            part = []
    return parts + ["\n".join(part)]


def main():
    margins = "--margins" in sys.argv
    arguments = [argument for argument in sys.argv[1:] if argument != "--margins"]
    path, unit, output = arguments[:3]
    repetitions = int(arguments[3]) if len(arguments) > 3 else 1
    text = open(path, encoding="utf-8", newline="").read()
    begin = time.process_time()
    embedding = natasha.NewsEmbedding()
    models = (
        natasha.Segmenter(),
        natasha.MorphVocab(),
        natasha.NewsMorphTagger(embedding),
        natasha.NewsSyntaxParser(embedding),
        natasha.NewsNERTagger(embedding),
    )
    ready = time.process_time() - begin
    parts, start = [], 0
    for part in divide(text, unit):
        if part.strip():
            parts.append((start, part))
        start += len(part) + 1
    best, docs = None, []
    for _ in range(repetitions):
        natasha.MorphVocab.parse.cache_clear()
        begin = time.process_time()
        docs = [(start, annotate(part, models, unit != "line")) for start, part in parts]
        seconds = time.process_time() - begin
        best = seconds if best is None else min(best, seconds)
    if output != "-":
        with open(output, "w", encoding="utf-8", newline="") as out:
            write(docs, out, models if margins else None)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    tokens = sum(len(doc.tokens) for _, doc in docs)
    print(json.dumps({"seconds": best, "ready": ready, "characters": len(text), "tokens": tokens, "peak": peak}))


if __name__ == "__main__":
    main()
