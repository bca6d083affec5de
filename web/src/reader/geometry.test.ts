import { describe, expect, test } from "vitest";
import { geometryFor } from "./geometry.ts";
import { DEFAULTS } from "./preferences.svelte.ts";

const BOXES = [
  { width: 320, height: 480 },
  { width: 390, height: 732 },
  { width: 768, height: 900 },
  { width: 1_180, height: 700 },
  { width: 1_440, height: 788 },
  { width: 2_560.5, height: 1_300.25 },
];

describe.each(BOXES)("in a window of $width × $height", (box) => {
  test.each([14, 19, 34])("at %i px, pages, columns and gaps are whole pixels that add up", (size) => {
    for (const columns of ["auto", "one", "two"] as const) {
      const page = geometryFor(box, { ...DEFAULTS, size, columns });
      expect(page.columns * (page.column + page.gap)).toBe(page.width);
      for (const measure of [page.width, page.height, page.column, page.gap])
        expect(measure).toBe(Math.floor(measure));
      expect(page.width).toBeLessThanOrEqual(box.width);
      expect(page.height).toBeLessThanOrEqual(box.height);
    }
  });

  test("a page holds whole lines", () => {
    const page = geometryFor(box, DEFAULTS);
    const line = DEFAULTS.size * DEFAULTS.lineHeight;
    const lines = Math.floor(page.height / line);
    expect(page.height - lines * line).toBeLessThan(1);
    expect(box.height - page.height).toBeLessThan(2 * line);
  });
});

test("a wide window has two columns, a phone one", () => {
  expect(geometryFor({ width: 1_440, height: 800 }, DEFAULTS).columns).toBe(2);
  expect(geometryFor({ width: 390, height: 700 }, DEFAULTS).columns).toBe(1);
  expect(geometryFor({ width: 1_440, height: 800 }, { ...DEFAULTS, columns: "one" }).columns).toBe(1);
  expect(geometryFor({ width: 390, height: 700 }, { ...DEFAULTS, columns: "two" }).columns).toBe(1);
});

test("a line is never longer than wished", () => {
  const narrow = geometryFor({ width: 1_440, height: 800 }, { ...DEFAULTS, columns: "one", measure: 40 });
  const wide = geometryFor({ width: 1_440, height: 800 }, { ...DEFAULTS, columns: "one", measure: 80 });
  expect(narrow.column).toBeLessThan(wide.column);
});
