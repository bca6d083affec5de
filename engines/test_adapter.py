"""The adapter with pipelines small enough to be made here. spaCy's tests are skipped where it is not installed."""

import importlib.util
import io
import json
import types
import unittest

import adapter

HAS_SPACY = importlib.util.find_spec("spacy") is not None
SENTENCES = [["Шёл", "снег", "."], ["Тихо"]]


def talk(engine, *requests):
    answers = io.StringIO()
    adapter.serve(engine, io.StringIO("".join(json.dumps(request) + "\n" for request in requests)), answers)
    return [json.loads(line) for line in answers.getvalue().splitlines()]


def forms(conllu):
    sentences = conllu.strip("\n").split("\n\n")
    return [[line.split("\t")[1] for line in sentence.split("\n")] for sentence in sentences]


@unittest.skipUnless(HAS_SPACY, "spaCy is not installed")
class SpacyTest(unittest.TestCase):
    def setUp(self):
        import spacy

        pipeline = spacy.blank("xx")
        ruler = pipeline.add_pipe("attribute_ruler")
        ruler.add([[{"TEXT": "снег"}]], {"POS": "NOUN", "LEMMA": "снег", "MORPH": "Case=Nom|Number=Sing"})
        self.engine = adapter.Spacy(pipeline)

    def test_tokens_come_back_as_they_were(self):
        (answer,) = talk(self.engine, {"id": 7, "lang": "ru", "sents": SENTENCES})
        self.assertEqual(answer["id"], 7)
        self.assertEqual(forms(answer["conllu"]), SENTENCES)

    def test_what_the_pipeline_says_is_in_its_columns(self):
        (answer,) = talk(self.engine, {"id": 1, "lang": "ru", "sents": SENTENCES})
        columns = answer["conllu"].split("\n")[1].split("\t")
        self.assertEqual(columns[1:6], ["снег", "снег", "NOUN", "_", "Case=Nom|Number=Sing"])

    def test_it_introduces_itself(self):
        (answer,) = talk(self.engine, {"id": 1})
        self.assertEqual(answer["engine"], "spacy")


class StanzaTest(unittest.TestCase):
    """stanza's pipeline is a function from sentences to words; here it is one of ours."""

    def setUp(self):
        def word(number, text):
            return types.SimpleNamespace(
                text=text, lemma=text.lower(), upos="X", feats=None, head=number - 1, deprel="dep" if number > 1 else "root"
            )

        def pipeline(sentences):
            made = [types.SimpleNamespace(words=[word(n, t) for n, t in enumerate(s, 1)]) for s in sentences]
            return types.SimpleNamespace(sentences=made)

        self.engine = adapter.Stanza(pipeline, "ru")

    def test_ten_columns_for_each_word(self):
        (answer,) = talk(self.engine, {"id": 1, "lang": "ru", "sents": SENTENCES})
        self.assertEqual(forms(answer["conllu"]), SENTENCES)
        for line in filter(None, answer["conllu"].split("\n")):
            self.assertEqual(len(line.split("\t")), 10)

    def test_an_error_is_an_answer_and_the_next_request_is_served(self):
        first, second = talk(self.engine, {"id": 1, "sents": [[None]]}, {"id": 2, "lang": "ru", "sents": []})
        self.assertIn("error", first)
        self.assertEqual(second, {"id": 2, "conllu": ""})


if __name__ == "__main__":
    unittest.main()
