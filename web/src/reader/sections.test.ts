import { describe, expect, test } from "vitest";
import type { ChapterSummary } from "../api/types.ts";
import { furthest, isBefore, Spine } from "./sections.ts";

function chapter(index: number, length: number, ...starts: number[]): ChapterSummary {
  const parts = (starts.length > 0 ? starts : [0]).map((start, part) => ({
    url: `/content/r/${index}.${part}.html`,
    start,
  }));
  return { index, title: `Глава ${index}`, kind: "body", length, start_fraction: 0, parts };
}

const spine = new Spine([chapter(0, 100), chapter(1, 300, 0, 120, 250), chapter(2, 0), chapter(3, 100)]);

describe("sections", () => {
  test("a chapter in parts is as many sections, each with its own start and length", () => {
    expect(spine.sections.map(({ chapter: of, start, length }) => [of, start, length])).toEqual([
      [0, 0, 100],
      [1, 0, 120],
      [1, 120, 130],
      [1, 250, 50],
      [2, 0, 0],
      [3, 0, 100],
    ]);
  });

  test.each([
    [0, 99, 0],
    [1, 0, 1],
    [1, 119, 1],
    [1, 120, 2],
    [1, 9_999, 3],
    [2, 0, 4],
    [9, 0, 5],
  ])("chapter %i, offset %i lies in section %i", (of, offset, index) => {
    expect(spine.sectionAt({ chapter: of, offset }).index).toBe(index);
  });
});

describe("shares of the book", () => {
  test("a place is as far as the characters before it", () => {
    expect(spine.fractionAt({ chapter: 0, offset: 0 })).toBe(0);
    expect(spine.fractionAt({ chapter: 1, offset: 150 })).toBe(0.5);
    expect(spine.fractionAt({ chapter: 3, offset: 100 })).toBe(1);
  });

  test("a share leads to the place that it came from", () => {
    for (const place of [
      { chapter: 0, offset: 0 },
      { chapter: 1, offset: 1 },
      { chapter: 1, offset: 299 },
      { chapter: 3, offset: 42 },
    ]) {
      expect(spine.placeAt(spine.fractionAt(place))).toEqual(place);
    }
  });

  test("the last place is inside the book", () => {
    expect(spine.placeAt(1)).toEqual({ chapter: 3, offset: 99 });
  });

  test("ticks are where the chapters begin", () => {
    expect(spine.ticks()).toEqual([0, 0.2, 0.8, 0.8]);
  });
});

test("places are in the order of the text", () => {
  const early = { chapter: 1, offset: 5 };
  const late = { chapter: 1, offset: 6 };
  expect(isBefore(early, late)).toBe(true);
  expect(isBefore(late, early)).toBe(false);
  expect(isBefore(early, early)).toBe(false);
  expect(isBefore({ chapter: 0, offset: 99 }, early)).toBe(true);
  expect(furthest(early, late)).toBe(late);
  expect(furthest(late, early)).toBe(late);
});
