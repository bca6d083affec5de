import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { en } from "./en.ts";
import { en as accountEn } from "./account/en.ts";
import { ru as accountRu } from "./account/ru.ts";
import { en as adminEn } from "./admin/en.ts";
import { ru as adminRu } from "./admin/ru.ts";
import { chosen } from "./index.svelte.ts";
import { en as doorwayEn } from "./doorway/en.ts";
import { ru as doorwayRu } from "./doorway/ru.ts";
import { en as letterEn } from "./letters/en.ts";
import { ru as letterRu } from "./letters/ru.ts";
import { en as panelEn } from "./panels/en.ts";
import { ru as panelRu } from "./panels/ru.ts";
import { en as pictureEn } from "./pictures/en.ts";
import { ru as pictureRu } from "./pictures/ru.ts";
import { plurals } from "./plural.ts";
import { ru } from "./ru.ts";

function leaves(tree: object, path = ""): [string, unknown][] {
  return Object.entries(tree).flatMap(([name, value]): [string, unknown][] =>
    typeof value === "object" && value !== null ? leaves(value, `${path}${name}.`) : [[path + name, value]],
  );
}

function source(folder: string): string {
  return readdirSync(folder, { withFileTypes: true })
    .map((entry) => {
      const at = join(folder, entry.name);
      if (entry.isDirectory()) return entry.name === "i18n" ? "" : source(at);
      return /(?<!\.test)\.(ts|svelte)$/.test(entry.name) ? readFileSync(at, "utf8") : "";
    })
    .join("\n");
}

const CATALOGUES = {
  app: { ru, en },
  account: { ru: accountRu, en: accountEn },
  admin: { ru: adminRu, en: adminEn },
  doorway: { ru: doorwayRu, en: doorwayEn },
  letters: { ru: letterRu, en: letterEn },
  panels: { ru: panelRu, en: panelEn },
  pictures: { ru: pictureRu, en: pictureEn },
};

test("every catalogue of words is looked at here", () => {
  const folders = readdirSync(join(process.cwd(), "src/i18n"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  expect(["app", ...folders.sort()]).toEqual(Object.keys(CATALOGUES));
});

describe.each(Object.entries(CATALOGUES))("both languages of %s", (part, { ru, en }) => {
  test("say the same things", () => {
    expect(leaves(en).map(([path]) => path)).toEqual(leaves(ru).map(([path]) => path));
  });

  test("leave nothing unsaid", () => {
    for (const [path, words] of [...leaves(ru), ...leaves(en)]) {
      if (typeof words === "string") expect(words.trim(), path).not.toBe("");
    }
  });

  test("English has no Cyrillic left in it, Russian no sentence in Latin letters", () => {
    for (const [path, words] of leaves(en))
      if (typeof words === "string") expect(words, path).not.toMatch(/[а-яё]/i);
    const latin = new Set([
      "brand",
      "overview.checks.redis",
      "appearance.fonts.pt-serif",
      "appearance.fonts.old-standard",
    ]);
    for (const [path, words] of leaves(ru)) {
      if (typeof words === "string" && !latin.has(path)) expect(words, path).toMatch(/[а-яё]/i);
    }
  });

  test("hold nothing that no screen says", () => {
    const code = source(join(process.cwd(), "src"));
    const lookedUp =
      /^(plans|roles|kinds|states|parts|overview\.checks|letters\.(states|kinds)|audit\.acts|appearance\.(themes|fonts|modes|columnChoices|alignments|markChoices)|notes\.colours|picture\.(kinds|styles)|uploads\.stages|shelf\.sorts|errors\.byCode)\./;
    for (const [path] of leaves(ru)) {
      if (lookedUp.test(path)) continue;
      const [parent, name] = path.split(".").slice(-2);
      const said =
        name === undefined
          ? [`.${parent}`]
          : [`.${parent}.${name}`, `const m = $derived(panelWords().${parent})`];
      if (part !== "app" && name === undefined) said.push(`words.${parent}`);
      // A component may take one part of a catalogue for its words.
      const taken = [`Words().${parent})`, `(all.${parent})`].some((way) => code.includes(way));
      if (taken && name !== undefined) said.push(`words.${name}`);
      expect(
        said.some((words) => code.includes(words)),
        `${path} is said nowhere`,
      ).toBe(true);
    }
  });
});

test.each([
  [0, "0 книг"],
  [1, "1 книга"],
  [2, "2 книги"],
  [5, "5 книг"],
  [11, "11 книг"],
  [21, "21 книга"],
  [22, "22 книги"],
  [112, "112 книг"],
])("Russian counts %i as %s", (count, words) => {
  expect(ru.shelf.count(count)).toBe(words);
});

test("English counts one and many", () => {
  expect([en.shelf.count(1), en.shelf.count(2), en.shelf.count(0)]).toEqual(["1 book", "2 books", "0 books"]);
});

test("a form that a language needs and nobody gave falls to the other one", () => {
  expect(plurals("ru")(5, { one: "год", other: "лет" })).toBe("5 лет");
});

test("the language is the chosen one, else the first known wish, else Russian", () => {
  expect(chosen("en", ["ru"])).toBe("en");
  expect(chosen(null, ["de-DE", "en-GB", "ru"])).toBe("en");
  expect(chosen(null, ["uk-UA", "en"])).toBe("ru");
  expect(chosen("xx", ["fr"])).toBe("ru");
});
