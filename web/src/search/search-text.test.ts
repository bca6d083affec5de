import { describe, expect, test } from "vitest";
import { russianStem } from "./russian-stem.ts";
import { searchText } from "./search-text.ts";

function found(text: string, query: string, unfinished = false): string[] {
  return searchText(text, query, unfinished).map(({ match }) => match);
}

describe("Russian forms share a stem", () => {
  test.each([
    ["кот", "кота", "коту", "котом", "коте", "коты", "котов", "котами", "котах"],
    ["дорога", "дороги", "дорогу", "дорогой", "дорогами"],
    ["лампа", "лампы", "лампу", "лампой", "ламп"],
    ["тёмный", "тёмная", "тёмного", "тёмными", "тёмную"],
    ["красивый", "красивая", "красивых"],
    ["читать", "читал", "читала", "читали"],
    ["метель", "метели", "метелью"],
    ["важность", "важности"],
  ])("%s", (...forms) => {
    const stems = new Set(forms.map((form) => russianStem(form.replaceAll("ё", "е"))));
    expect([...stems]).toHaveLength(1);
  });

  /** From the sample vocabulary published with the Snowball stemmer. */
  test.each([
    ["в", "в"],
    ["вавиловка", "вавиловк"],
    ["важнейшими", "важн"],
    ["важничал", "важнича"],
    ["важного", "важн"],
    ["вагонов", "вагон"],
    ["вальсировать", "вальсирова"],
    ["пятидесятью", "пятидесят"],
    ["павшего", "павш"],
    ["падали", "пада"],
  ])("%s gives %s", (word, stem) => {
    expect(russianStem(word)).toBe(stem);
  });
});

describe("searching", () => {
  test("finds every form, whatever the case and with either е", () => {
    expect(found("Кот спал. Рядом с котами — лёд, КОТЫ и котёл.", "кот")).toEqual(["Кот", "котами", "КОТЫ"]);
    expect(found("Чёрные ели, черный лес", "чёрный")).toEqual(["Чёрные", "черный"]);
  });

  test("finds English forms", () => {
    expect(found("She walked by; two candles, a candle's light.", "candle")).toEqual(["candles", "candle's"]);
    expect(found("He stopped. They stop, stopping.", "stop")).toEqual(["stopped", "stop", "stopping"]);
  });

  test("words asked for together stand together, at most one word apart", () => {
    expect(found("Зимняя дорога. Дорога зимой. Зимней большой дорогой.", "зимняя дорога")).toEqual([
      "Зимняя дорога",
      "Зимней большой дорогой",
    ]);
  });

  test("an unfinished word finds what begins like it", () => {
    expect(found("Ямщик и ямщицкая песня", "ямщ")).toEqual([]);
    expect(found("Ямщик и ямщицкая песня", "ямщ", true)).toEqual(["Ямщик", "ямщицкая"]);
  });

  test("places are exact beside emoji, and come with the words around them", () => {
    const text = "🙂 Он увидел луну над лесом.";
    const [hit] = searchText(text, "луна");
    expect(text.slice(hit?.start, hit?.end)).toBe("луну");
    expect(`${hit?.before}${hit?.match}${hit?.after}`).toBe(text);
  });

  test("nothing asked, nothing found", () => {
    expect(searchText("текст", "")).toEqual([]);
    expect(searchText("текст", " , . ")).toEqual([]);
    expect(searchText("", "слово")).toEqual([]);
  });
});
