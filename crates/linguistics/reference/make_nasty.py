#!/usr/bin/env python3
"""Makes text in which the reference's rules meet: `make_nasty.py SEED LINES [WORDS_FROM]`.

Lines mix characters of every Unicode block the reference knows, unknown and hyphenated words, old spelling, initials,
abbreviations, dialogue punctuation, numbers, addresses, soft hyphens, stress marks, emoji, very long words and lines.
WORDS_FROM is a text whose words are used, altered and glued together; without it the golden text's are.
"""

import pathlib
import random
import re
import sys
import unicodedata

GOLDEN = pathlib.Path(__file__).parent.parent / "tests/golden/text.txt"
CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
OLD = "ѣіѳѵѢІѲѴѡѧѫђћјљњџґєїўқңөүһәўІ"
MARKS = list("\\/!#$%&*+,.:;<=>?@^_`|~№…‑–—−-«“‘»”’\"„'([{}])§°•·‐‒⁃―‹›‚‛¿¡¶†‡‰′″ʼ©®™×÷€₽£¥¬¦¨´¸¹²³½¼¾ªº")
ENDS = [".", "!", "?", "…", "...", "?!", "!..", "?..", ";", ":", ",", ".»", "!»", "?»", ".”", "!)", ".)", "»", "\"", "!\"", ".\"", "'", "’", "]", "}", ":)", ";)", "=((", ":-)", ";-(", "=)))", ":))))"]
SPACES = [" "] * 30 + ["  ", "\t", "\u00a0", "\u2009", "\u202f", "\u3000", "\u2028", "\u0085", "\x0b", "\x0c", "\x1c", "\x1f", "\r", " \u00ad", "\u200b", "\ufeff", "\u180e", ""]
INVISIBLE = ["\u00ad", "\u0301", "\u0300", "\u0306", "\u0308", "\u200b", "\u200d", "\u2060", "\ufeff", "\ufe0f", "\u034f", "\u20dd", "\u0483", "\u200e", "\u202e"]
SHORT = """т е|т п|т д|т к|т н|и о|у е|н э|с г|р х|с ш|з д|л с|ч т|ед ч|мн ч|повел накл|к н|к п|п н|к т|л д|p m|a m|г|гг|в|вв|с|стр|им|ул
 д|кв|руб|коп|тыс|млн|проф|акад|св|гл|рис|см|см|мин|час|ср|др|пр|пл|обл|пос|др|напр|англ|фр|лат|mr|mrs|dr|vs|st|inc|ed|al|дж|вс|ж|жен
 р|муж р|сокр|шутл|отм|гос|нач|тов|зав|зам|до|н|о|оз|м|р|п|ч|no|т|Т|Г|Св|Им|ДЖ|Ed|Вс""".replace("\n", "").split("|")
PREFIXES = """авиа авто анти анти- архи арт арт- аудио без био вице- вне внутри гипер де дец дез деци до евро за зоо интер квази- кило кино контр контр-
 лже лже- макси-мега мега- мета мини мини- мото не небез недо нео обер- одно около орто пан пере пол полу по по- пост пра пре пред про псевдо пятнадцати раз
 ре сверх спец суб супер супер- транс ультра унтер- чрез экс экс- экстра- электро наи наи- вы воз двух трёх само""".split()
PARTICLES = "-то -ка -таки -де -тко -тка -с -ста -нибудь -либо -ж -бы -ли -тоже -кась".split()
NUMBERS = """0 5 12 1812 007 3,14 3.14 1,000.50 .5 5. 1e5 1e+5 1E-3 1е5 -5 +7 −5 1/2 1\\2 5-й 20-х 1990-е 10:30 12.04.1812 1_000 1__0 _1 ½ ² x² Ⅳ ٣ ३.१४ １２
 inf nan infinity Infinity -inf NaN I II III IV VIII XIV XIX XIXв MCMXCIX IIII vx iv xiv ХIV ХХ mm lxx DCC 0x1F 18禁 100% $100 №5 5° 5'10" 25-летний 3-х 2G H2O
 1й 2-мя 8(495)123-45-67 +7-999-1234567 ① ⑩ 五 万 𝟙 ߁ ௧""".split()
LINKS = """http://example.org/x?y=1&z=_2#q https://www.example.com/путь/к_файлу.html a_b@c.ru user.name+tag@mail.example.com example.org www.пример.рф ftp://x.y/z
 C:\\Users\\Иван /usr/bin/env #хештег @user_name yahoo! Yahoo! YAHOO! yahoo? e-mail iPhone O'Reilly l'homme don't и/или т/ф x=y a+b=c C++ C# .NET *слово* **жирно** _курсив_ `код` ~ok~ <tag> </p>
 &amp; {скобка} {{шаблон}} [1] [сноска] (ср.) ^^ --> <-- => >= != == ... .... ….. -- --- ---- – — ― *** ** * :-) ;) =(( :))))) ;-((( :( ): =) :D ¯\\_(ツ)_/¯""".split()
EMOJI = "😀 👍🏽 👨‍👩‍👧‍👦 🏳️‍🌈 🇷🇺 ❤️ ☺ ☃ ♥ ♪ ✓ ★ → ⇒ ∞ ≈ ≤ ∑ √ ☎ ✂️ 🎄🎄🎄 🫠 1️⃣ ©️".split()
LATIN = "the Hello WORLD naïve café Übermensch straße STRASSE ſtraße Kelvin İstanbul ısı ﬁn Ω ǅ Ǆ ǆ æon Œuvre MacDonald McX iOS eBay PayPal bonjour monsieur Paris Bonaparte vis-à-vis d'Artagnan".split()
MIXED = "Привeт мaма cловo XВек Aнна СССРовский А1 б2б B2B Т-34 Ту-154 ТУ-154М β-распад α-частица Δσ ΔP µ-опиоид ΑΒΓ ἀρχή עברית العربية हिन्दी 日本語 中文 한국어 ไทย ქართული ჯ Ელ Ꭰ ꙗ ᲀ ᲅ ᲆо Ꙁемля".split()
NAMES = """Иван Петрович|А. С. Пушкин|А.С. Пушкин|А.С.Пушкин|Ж.-Б. Лоран|Дж. Р. Р. Толкин|Л. Н. Толстого|князем Андреем Болконским|Анне Аркадьевне|Нижнем Новгороде|Санкт-Петербурге|Нью-Йорке|Ростова-на-Дону
|Российской Федерации|Министерства иностранных дел|ООО «Ромашка»|МГУ им. М. В. Ломоносова|Организации Объединённых Наций|Мамина-Сибиряка|Ли Сунь-Вэя|фон Бока|д'Артаньяна|О'Нила|Римского-Корсакова|ИВАНА ПЕТРОВА|МакДональда
|Королёва|Алёной|Фёдора|Государственной думы|улице Ленина|Западно-Сибирской равнине|Франции|Анны Сергеевны Одинцовой""".replace("\n", "").split("|")
SENTENCES = ["— Да, — сказал он. — Нет!", "«Пора», — подумал он.", "— Ты?.. — спросила она. — Я!", "Он (старый) ушёл. (Да.) И всё.", "«Что?» — «Ничего!» Она ушла.", "1. Дом. 2) Сад. а) в. IV. Бал.", "И т. д. и т. п. Конец.", "В 1990 г. Москва. В XIX в. было.", "\"Да\" \"Нет.\" \"Ну!\" Ушёл.", "Стой! стой. Кто? — я. — Он.", "А. Б. В. Г. Дом. М. Горький.", "8.1. Глава. § 5. Закон. I. II. III."]


def assigned():
    blocks, found = {}, []
    for point in range(0x20, 0x110000):
        if 0x17000 <= point <= 0x18D08 or 0xD800 <= point <= 0xDFFF:
            continue
        character = chr(point)
        if unicodedata.category(character) not in ("Cn", "Cs", "Co"):
            blocks.setdefault(point >> 6, []).append(character)
    return list(blocks.values())


class Maker:
    def __init__(self, seed, words):
        self.random = random.Random(seed)
        self.words = words
        self.blocks = assigned()

    def any_character(self):
        return self.random.choice(self.random.choice(self.blocks))

    def word(self):
        pick, chance = self.random.choice, self.random.random
        word = pick(self.words)
        makers = [
            lambda: word,
            lambda: word,
            lambda: word.capitalize(),
            lambda: word.upper(),
            lambda: pick(PREFIXES) + word,
            lambda: pick(PREFIXES) + pick(PREFIXES) + word,
            lambda: word + pick(PARTICLES),
            lambda: word + pick(PARTICLES) + pick(PARTICLES),
            lambda: "по-" + word,
            lambda: word + "-" + pick(self.words),
            lambda: word.capitalize() + "-" + pick(self.words).capitalize(),
            lambda: word + "-" + pick(self.words) + "-" + pick(self.words),
            lambda: pick(self.words) + word,
            lambda: "".join(pick(CYRILLIC) for _ in range(self.random.randint(1, 12))) + word[-self.random.randint(1, 6) :],
            lambda: "".join(pick(CYRILLIC) for _ in range(self.random.randint(1, 6))),
            lambda: "".join(pick(CYRILLIC + OLD) for _ in range(self.random.randint(1, 9))),
            lambda: word.replace("ё", "е") if "ё" in word else word.replace("е", "ё"),
            lambda: word.replace("е", pick("ѣёеэ")).replace("и", pick("иі")) + pick(["", "ъ"]),
            lambda: self.with_inside(word, pick(INVISIBLE)),
            lambda: self.with_inside(word, pick(MARKS)),
            lambda: self.with_inside(word, self.any_character()),
            lambda: "".join(pick([str.upper, str.lower])(letter) for letter in word),
            lambda: word + str(self.random.randint(0, 99)),
            lambda: word * self.random.randint(2, 12),
            lambda: "-".join(word),
            lambda: pick(CYRILLIC) * self.random.randint(1, 40),
        ]
        made = pick(makers)()
        if chance() < 0.01:
            made = (made or "ы") * self.random.randint(10, 60)
        return made

    def with_inside(self, word, inside):
        at = self.random.randint(0, len(word))
        return word[:at] + inside + word[at:]

    def piece(self):
        pick, number = self.random.choice, self.random.randint
        kinds = [
            (10, self.word),
            (6, lambda: pick(self.words)),
            (2, lambda: pick(NAMES)),
            (2, lambda: pick(NUMBERS)),
            (1, lambda: pick(LINKS)),
            (1, lambda: pick(EMOJI)),
            (1, lambda: pick(LATIN)),
            (1, lambda: pick(MIXED)),
            (2, lambda: ".".join(pick(SHORT).split()) + "."),
            (1, lambda: ". ".join(pick(SHORT).split()) + "."),
            (1, lambda: pick(SHORT).capitalize() + "."),
            (1, lambda: pick("АБВГДЕЖЗИКЛМНОПРСТABCDEF") + "."),
            (1, lambda: "".join(pick(MARKS) for _ in range(number(1, 4)))),
            (1, lambda: "".join(self.any_character() for _ in range(number(1, 4)))),
            (1, lambda: pick(SENTENCES)),
            (1, lambda: pick("«\"'„“([") + self.word()),
            (1, lambda: self.word() + pick("»\"'“”’)]")),
            (1, lambda: pick("—–-") + " "),
        ]
        made = self.random.choices([kind for _, kind in kinds], [weight for weight, _ in kinds])[0]()
        return made + (pick(ENDS) if self.random.random() < 0.25 else "")

    def line(self):
        chance = self.random.random()
        length = self.random.randint(1, 25) if chance < 0.995 else self.random.randint(200, 800)
        made = "".join(self.piece() + self.random.choice(SPACES) for _ in range(length))
        return made.replace("\n", " ")


def main():
    seed, lines = int(sys.argv[1]), int(sys.argv[2])
    text = open(sys.argv[3] if len(sys.argv) > 3 else GOLDEN, encoding="utf-8").read()
    words = sorted(set(re.findall(r"[а-яё]+", text.lower())))
    maker = Maker(seed, words)
    sys.stdout.reconfigure(newline="", encoding="utf-8")
    print("\n".join(maker.line() for _ in range(lines)))


if __name__ == "__main__":
    main()
