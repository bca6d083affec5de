import type { Colour } from "../api/types.ts";

/** A highlight of a section; offsets count from the section's own start. */
export interface Highlighted {
  id: string;
  start: number;
  end: number;
  colour: Colour;
  noted: boolean;
}

export const COLOURS = ["yellow", "green", "blue", "pink"] as const satisfies readonly Colour[];
/** Where text is laid out. */
export interface Page {
  rangeOf(start: number, end: number): Range | null;
}

const NOTED = "noted";

/** Colours ranges behind the glyphs without touching the document, and finds the one under a pointer. */
export class Highlights {
  private ranges: { id: string; range: Range }[] = [];

  paint(page: Page, highlighted: readonly Highlighted[]): void {
    if (!("highlights" in CSS)) return;
    const laid = highlighted.flatMap((one) => {
      const range = one.end > one.start ? page.rangeOf(one.start, one.end) : null;
      return range ? [{ ...one, range }] : [];
    });
    for (const colour of COLOURS) {
      paintAs(
        colour,
        laid.filter((one) => one.colour === colour).map(({ range }) => range),
      );
    }
    paintAs(
      NOTED,
      laid.filter(({ noted }) => noted).map(({ range }) => range),
    );
    this.ranges = laid.map(({ id, range }) => ({ id, range }));
  }

  at(x: number, y: number): string | null {
    const within = (box: DOMRect) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
    return this.ranges.find(({ range }) => [...range.getClientRects()].some(within))?.id ?? null;
  }
}

function paintAs(name: string, ranges: Range[]): void {
  if (ranges.length === 0) CSS.highlights.delete(`note-${name}`);
  else CSS.highlights.set(`note-${name}`, new Highlight(...ranges));
}
