import { ChapterBuilder, type MockChapter } from "./chapter-builder.ts";

export interface MockText {
  title: string;
  authors: string[];
  language: string;
  description: string | null;
  series: string | null;
  chapters: MockChapter[];
}

const SCENES: [string, string][] = [
  ["Над чёрными елями висела низкая луна, и снег под ней светился голубым, будто изнутри.", "atmosphere"],
  [
    "Изба стояла на краю оврага: кривая, в два окна, с заиндевелой крышей и тонким столбиком дыма.",
    "location",
  ],
  [
    "Это был высокий старик в вытертом тулупе, с белой бородой до пояса и глазами светлыми, как лёд.",
    "character",
  ],
  [
    "На столе горела лампа под зелёным абажуром, и рядом лежала раскрытая книга с жёлтыми страницами.",
    "object",
  ],
  [
    "Река за ночь встала; тёмный лёд уходил под мост, а на том берегу дымили трубы маленького города.",
    "location",
  ],
  ["Девушка сбросила платок, и рыжие волосы рассыпались по плечам тёмно-синего платья.", "character"],
];

const TALK = [
  "— Далеко ли до станции? — спросил он, растирая озябшие руки.",
  "— Вёрст пять, барин, а по такой погоде и все десять, — отвечал ямщик и хлестнул лошадей.",
  "Никто не ответил, только ветер прошёл по крыше и стих.",
  "Он хотел было спросить ещё что-то, но передумал и поднял воротник.",
  "Прошло, должно быть, с полчаса, прежде чем впереди показался огонёк.",
  "Она молча налила чаю, подвинула сахар и села у окна, подперев щёку ладонью.",
  "Всё, что случилось потом, он вспоминал отрывками, как сон, который рассказывают утром.",
  "Книга была старая, с пометками на полях, и читали её, видно, не раз и не два.",
];

const ENGLISH_SCENES: [string, string][] = [
  [
    "The lighthouse stood on a spit of black rock, white as a tooth, with the sea breaking over its steps.",
    "location",
  ],
  [
    "Fog lay so thick upon the harbour that the masts rose out of it like a drowned and leafless wood.",
    "atmosphere",
  ],
  [
    "She was a small brown woman in an enormous oilskin, with a lamp in one hand and a kettle in the other.",
    "character",
  ],
];

const ENGLISH_TALK = [
  "“You have come the wrong way,” she said, not unkindly, and held the door.",
  "He counted the steps as he climbed, and lost count, and began again.",
  "There was nothing to be done but wait for morning, and so they waited.",
  "The clock on the stair struck something that was not the hour.",
];

/** A tale of many chapters with everything that a reader has to lay out. */
export function winterRoad(): MockText {
  const chapters: MockChapter[] = [];
  for (let index = 0; index < 8; index += 1) {
    const builder = new ChapterBuilder(
      index === 0 ? "Пролог" : `Глава ${index}. ${NAMES[index] ?? "Дальше"}`,
    );
    if (index === 0) {
      builder
        .block("p", ["Мороз и солнце; день чудесный! Ещё ты дремлешь, друг прелестный…"], ' class="epigraph"')
        .block("p", ["А. С. Пушкин"], ' class="text-author"');
    }
    fill(builder, index, index === 3 ? 90 : 14 + index, SCENES, TALK);
    if (index === 0) {
      builder
        .paragraph(
          "Слово это",
          {
            tag: "a",
            attributes:
              ' href="7.html#b-n1" class="note-ref" role="doc-noteref" data-chapter="7" data-offset="11"',
            content: "1",
          },
          " он слышал впервые, и оно ему 🙂 понравилось.",
        )
        .paragraph(
          "Подробнее об этом сказано ",
          {
            tag: "a",
            attributes: ' href="2.html#b-top" data-chapter="2" data-offset="0"',
            content: "в главе второй",
          },
          ".",
        );
    }
    if (index === 1) {
      builder
        .block("p", ["* * *"], ' class="scene-break"')
        .verse(
          "Скользя по утреннему снегу,",
          "Друг милый, предадимся бегу",
          "Нетерпеливого коня",
          "И навестим поля пустые…",
        )
        .image("engraving.png", 640, 420);
      fill(builder, 40, 8, SCENES, TALK);
    }
    chapters.push(builder.build());
  }
  const notes = new ChapterBuilder("Примечания");
  notes.block("aside", ["Вёрст: верста равна 1067 метрам."], ' id="b-n1" role="doc-footnote"');
  chapters[7] = notes.build();
  return {
    title: "Зимняя дорога",
    authors: ["Вера Снегирёва"],
    language: "ru",
    description:
      "Молодой землемер едет в глухую волость, чтобы разрешить давний спор о меже, и находит дом, в котором по ночам кто-то читает вслух. Повесть о снеге, свете в окне и о том, как далеко слышно человеческий голос.",
    series: "Волость",
    chapters,
  };
}

const NAMES = ["", "Метель", "Изба у оврага", "Длинная ночь", "Лёд встал", "Чужая книга", "Межа", ""];

/** A short English tale. */
export function keepersLamp(): MockText {
  const chapters = ["The Spit", "The Stair", "The Lamp"].map((name, index) => {
    const builder = new ChapterBuilder(name);
    fill(builder, index, 16, ENGLISH_SCENES, ENGLISH_TALK);
    return builder.build();
  });
  return {
    title: "The Keeper's Lamp",
    authors: ["Edith Marlowe"],
    language: "en",
    description: "A night, a fog, and a light that must not go out.",
    series: null,
    chapters,
  };
}

/** What an uploaded file becomes: plain text becomes itself, other formats a short tale. */
export function fromFile(fileName: string, bytes: string): MockText {
  const title = fileName.replace(/\.(epub|fb2|zip|txt|md)$/i, "");
  const language = /<lang>(\w+)<\/lang>/.exec(bytes)?.[1] ?? "ru";
  const builder = new ChapterBuilder("Глава 1");
  if (language !== "ru") {
    for (const [, line] of bytes.matchAll(/<p>([^<]+)<\/p>/g)) builder.paragraph(line ?? "");
  } else if (/\.(txt|md)$/i.test(fileName)) {
    for (const line of bytes.split(/\s*\n\s*/).filter((text) => text !== "")) builder.paragraph(line);
  } else {
    fill(builder, title.length, 12, SCENES, TALK);
  }
  return { title, authors: [], language, description: null, series: null, chapters: [builder.build()] };
}

function fill(
  builder: ChapterBuilder,
  seed: number,
  paragraphs: number,
  scenes: [string, string][],
  talk: string[],
): void {
  for (let at = 0; at < paragraphs; at += 1) {
    const scene = scenes[(at + seed) % scenes.length];
    const before = talk[(at * 3 + seed) % talk.length] ?? "";
    const after = talk[(at * 5 + seed + 1) % talk.length] ?? "";
    const more = talk[(at * 7 + seed + 2) % talk.length] ?? "";
    if (scene && at % 3 === 1)
      builder.paragraph(`${before} `, { mark: scene[0], kind: scene[1] }, ` ${after} ${more}`);
    else builder.paragraph(`${before} `, { tag: "em", content: after }, ` ${more}`);
    if (paragraphs > 60 && at === Math.floor(paragraphs / 2)) builder.cut();
  }
}
