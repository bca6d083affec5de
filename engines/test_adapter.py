"""The adapter with pipelines small enough to be made here. Tests of packages that are not installed are skipped."""

import importlib.util
import io
import json
import threading
import types
import unittest
import urllib.error
import urllib.request

import adapter

HAS_SPACY = importlib.util.find_spec("spacy") is not None
HAS_RUMORPH = importlib.util.find_spec("rumorph") is not None
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


def stanza():
    """stanza's pipeline is a function from sentences to words; here it is one of ours."""

    def word(number, text):
        return types.SimpleNamespace(
            text=text, lemma=text.lower(), upos="X", feats=None, head=number - 1, deprel="dep" if number > 1 else "root"
        )

    def pipeline(sentences):
        made = [types.SimpleNamespace(words=[word(n, t) for n, t in enumerate(s, 1)]) for s in sentences]
        return types.SimpleNamespace(sentences=made)

    return adapter.Stanza(pipeline, "ru")


class StanzaTest(unittest.TestCase):
    def setUp(self):
        self.engine = stanza()

    def test_ten_columns_for_each_word(self):
        (answer,) = talk(self.engine, {"id": 1, "lang": "ru", "sents": SENTENCES})
        self.assertEqual(forms(answer["conllu"]), SENTENCES)
        for line in filter(None, answer["conllu"].split("\n")):
            self.assertEqual(len(line.split("\t")), 10)

    def test_an_error_is_an_answer_and_the_next_request_is_served(self):
        first, second = talk(self.engine, {"id": 1, "sents": [[None]]}, {"id": 2, "lang": "ru", "sents": []})
        self.assertIn("error", first)
        self.assertEqual(second, {"id": 2, "conllu": ""})


class RumorphTest(unittest.TestCase):
    @unittest.skipUnless(HAS_RUMORPH, "rumorph is not installed")
    def test_tags_and_lemmas_without_arcs(self):
        (answer,) = talk(adapter.Rumorph.load("ru"), {"id": 1, "lang": "ru", "sents": SENTENCES})
        self.assertEqual(forms(answer["conllu"]), SENTENCES)
        columns = answer["conllu"].split("\n")[1].split("\t")
        self.assertEqual(columns[1:4] + columns[6:8], ["снег", "снег", "NOUN", "_", "_"])

    def test_a_word_without_readings_is_left_open(self):
        nothing = types.SimpleNamespace(analyze_sentence=lambda words: [[] for _ in words])
        (answer,) = talk(adapter.Rumorph(nothing, "0"), {"id": 1, "lang": "ru", "sents": [["Да"]]})
        self.assertEqual(answer["conllu"], "1\tДа\t_\t_\t_\t_\t_\t_\t_\t_\n\n")


class HttpTest(unittest.TestCase):
    def setUp(self):
        self.server = adapter.http_server(stanza(), "127.0.0.1", 0)
        thread = threading.Thread(target=self.server.serve_forever)
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)

    def post(self, body):
        address = "http://127.0.0.1:{}/".format(self.server.server_address[1])
        request = urllib.request.Request(address, data=body.encode("utf-8"))
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=10) as response:
            return json.loads(response.read().decode("utf-8"))

    def test_a_post_is_answered_as_a_line_is(self):
        self.assertEqual(self.post(json.dumps({"id": 1}))["engine"], "stanza")
        answer = self.post(json.dumps({"id": 7, "lang": "ru", "sents": SENTENCES}))
        self.assertEqual(answer["id"], 7)
        self.assertEqual(forms(answer["conllu"]), SENTENCES)

    def test_nonsense_is_answered_with_an_error(self):
        self.assertIn("error", self.post("да"))
        self.assertIn("error", self.post(json.dumps([1, 2])))

    def test_other_methods_are_refused(self):
        address = "http://127.0.0.1:{}/".format(self.server.server_address[1])
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with self.assertRaises(urllib.error.HTTPError) as refused:
            opener.open(address, timeout=10)
        self.assertEqual(refused.exception.code, 501)
        refused.exception.close()


class CommandLineTest(unittest.TestCase):
    def test_an_address_is_this_machine_unless_named(self):
        self.assertEqual(adapter.arguments(["spacy", "m"]), (None, "spacy", "m"))
        self.assertEqual(adapter.arguments(["--http", "8765", "stanza", "ru"]), (("127.0.0.1", 8765), "stanza", "ru"))
        self.assertEqual(adapter.arguments(["--http", "0.0.0.0:1", "spacy", "m"]), (("0.0.0.0", 1), "spacy", "m"))
        for wrong in ([], ["spacy"], ["other", "m"], ["--http", "x", "spacy", "m"], ["--http"]):
            self.assertIsNone(adapter.arguments(wrong))


if __name__ == "__main__":
    unittest.main()
