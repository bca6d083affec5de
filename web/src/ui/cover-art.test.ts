import { expect, test } from "vitest";
import { CLOTHS, coverArt } from "./cover-art.ts";

test("a book always gets the same cover", () => {
  expect(coverArt("Обломов", "Гончаров")).toEqual(coverArt("Обломов", "Гончаров"));
});

test("books get different covers, in every cloth", () => {
  const covers = Array.from({ length: 200 }, (_, index) => coverArt(`Книга ${index}`, "Автор"));
  expect(new Set(covers.map(({ strokes, fills }) => strokes + fills)).size).toBeGreaterThan(190);
  expect(new Set(covers.map(({ cloth }) => cloth)).size).toBe(CLOTHS);
});

test("an ornament is a drawable path within its field", () => {
  for (let index = 0; index < 60; index += 1) {
    const { strokes, fills } = coverArt(`Том ${index}`, "");
    expect(strokes + fills).toMatch(/^M[-\d. MLHVCAQZaqsvhclz]+$/);
    expect(strokes + fills).not.toContain("NaN");
  }
});
