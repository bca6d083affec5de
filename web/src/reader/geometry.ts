import type { Preferences } from "./preferences.svelte.ts";

/** The page's measures in whole pixels, so that page number × width is exact at any zoom. */
export interface Geometry {
  mode: Preferences["mode"];
  columns: 1 | 2;
  /** Width and height of a page (a spread, when it has two columns). */
  width: number;
  height: number;
  /** Width of a column and of the gap to the next one; their sum is `width / columns`. */
  column: number;
  gap: number;
}

const TWO_COLUMNS_FROM = 1_000;
const AVERAGE_CHARACTER_EM = 0.48;

type Wishes = Pick<Preferences, "mode" | "columns" | "size" | "lineHeight" | "measure">;

export function geometryFor(box: { width: number; height: number }, wishes: Wishes): Geometry {
  const measure = Math.round(wishes.measure * wishes.size * AVERAGE_CHARACTER_EM);
  const margin = box.width < 600 ? 20 : 44;
  const columns = wishes.mode === "pages" && wantsTwo(box.width, wishes.columns) ? 2 : 1;
  const widest = columns * (measure + 2 * Math.max(margin, 64));
  const pitch = Math.floor(Math.min(box.width, widest) / columns);
  const column = Math.max(120, Math.min(pitch - 2 * margin, measure));
  const line = wishes.size * wishes.lineHeight;
  return {
    mode: wishes.mode,
    columns,
    width: pitch * columns,
    height: wishes.mode === "pages" ? wholeLines(box.height, line) : Math.floor(box.height),
    column,
    gap: pitch - column,
  };
}

/** The tallest whole number of pixels in which no line is cut and hardly a pixel is left over. */
function wholeLines(height: number, line: number): number {
  const lines = Math.max(1, Math.floor(height / line));
  const tall = Math.ceil(lines * line);
  return tall <= height || lines === 1 ? tall : Math.ceil((lines - 1) * line);
}

function wantsTwo(width: number, wish: Preferences["columns"]): boolean {
  if (wish === "one" || width < 700) return false;
  return wish === "two" || width >= TWO_COLUMNS_FROM;
}
