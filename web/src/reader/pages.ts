import type { Geometry } from "./geometry.ts";
import type { TextMap } from "./text-map.ts";

/** How far the search for a laid-out character looks past white space that has no box. */
const SCAN = 80;

/**
 * Where text lies on the laid-out pages. Pages are counted from 0; in front of the first and behind the
 * last may lie a blank sheet that leads to the neighbouring section.
 */
export class Pages {
  count = 1;

  constructor(
    private readonly scroller: HTMLElement,
    private readonly flow: HTMLElement,
    private readonly snaps: HTMLElement,
    private readonly map: TextMap,
    readonly geometry: Geometry,
    private readonly sheets: { before: boolean; after: boolean },
    /** Pages follow one another from right to left. */
    private readonly leftwards: boolean,
  ) {
    if (geometry.mode === "pages") this.number();
  }

  private get lead(): number {
    return this.sheets.before ? 1 : 0;
  }

  /** Counts the pages and lays a snap point on each. */
  private number(): void {
    const { width, columns } = this.geometry;
    const end = this.flow.lastElementChild?.getBoundingClientRect();
    const column = end ? Math.floor(this.distance(end) / (width / columns)) : 0;
    this.count = Math.max(1, Math.floor(column / columns) + 1);
    const sheets = this.lead + this.count + (this.sheets.after ? 1 : 0);
    const points: HTMLElement[] = [];
    for (let sheet = 0; sheet < sheets; sheet += 1) {
      const point = document.createElement("div");
      point.className = "snap";
      point.style.insetInlineStart = `${sheet * width}px`;
      points.push(point);
    }
    this.snaps.replaceChildren(...points);
  }

  /** The page now in view: -1 is the sheet before the first, `count` the one after the last. */
  get current(): number {
    if (this.geometry.mode === "scroll") return Math.floor(this.scroller.scrollTop / this.geometry.height);
    return Math.round(Math.abs(this.scroller.scrollLeft) / this.geometry.width) - this.lead;
  }

  show(page: number): void {
    const distance = (page + this.lead) * this.geometry.width;
    this.scroller.scrollLeft = this.leftwards ? -distance : distance;
  }

  /** Brings the character at an offset into view. */
  showOffset(offset: number): void {
    const box = this.boxFrom(offset) ?? this.boxBefore(offset);
    if (this.geometry.mode === "pages") {
      this.show(box ? this.pageOfBox(box) : 0);
    } else {
      const top = this.scroller.getBoundingClientRect().top;
      const above = this.geometry.height * 0.04;
      this.scroller.scrollTop += box ? Math.round(box.top - top - above) : -this.scroller.scrollTop;
    }
  }

  pageOf(offset: number): number {
    const box = this.boxFrom(offset) ?? this.boxBefore(offset);
    return box ? this.pageOfBox(box) : 0;
  }

  pageOfElement(element: Element): number {
    return this.pageOfBox(element.getBoundingClientRect());
  }

  /** Offset of the first character in view; found by halving, a few layout reads. */
  firstVisible(): number {
    const isAt = this.geometry.mode === "pages" ? this.isOnPageFrom(this.current) : this.isBelowTop();
    return this.laidOutFrom(this.firstThat(isAt));
  }

  /** Offset of the first character that lies behind what is in view; the text's length when there is none. */
  firstAfter(): number {
    const bottom = this.scroller.getBoundingClientRect().bottom;
    const isAfter =
      this.geometry.mode === "pages"
        ? this.isOnPageFrom(this.current + 1)
        : (box: DOMRect) => box.top >= bottom;
    return this.firstThat(isAfter);
  }

  private firstThat(isAt: (box: DOMRect) => boolean): number {
    let low = 0;
    let high = this.map.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const box = this.boxFrom(middle);
      if (box === null || isAt(box)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** White space between blocks has no box: the place is the character that can be seen. */
  private laidOutFrom(offset: number): number {
    for (let at = offset; at < Math.min(this.map.length, offset + SCAN); at += 1) {
      if (this.boxAt(at)) return at;
    }
    return Math.min(offset, Math.max(0, this.map.length - 1));
  }

  private isOnPageFrom(page: number): (box: DOMRect) => boolean {
    return (box) => this.pageOfBox(box) >= page;
  }

  private isBelowTop(): (box: DOMRect) => boolean {
    const top = this.scroller.getBoundingClientRect().top;
    return (box) => box.bottom > top + 2;
  }

  private pageOfBox(box: DOMRect): number {
    if (this.geometry.mode === "scroll") {
      const top = this.scroller.getBoundingClientRect().top;
      return Math.floor((box.top - top + this.scroller.scrollTop) / this.geometry.height);
    }
    return Math.max(0, Math.floor((this.distance(box) + 1) / this.geometry.width));
  }

  /** How far a box lies along the pages: from the edge at which lines begin. */
  private distance(box: DOMRect): number {
    const flow = this.flow.getBoundingClientRect();
    return this.leftwards ? flow.right - box.right : box.left - flow.left;
  }

  /** The box of the first laid-out character at or shortly after an offset. */
  private boxFrom(offset: number): DOMRect | null {
    const limit = Math.min(this.map.length, offset + SCAN);
    for (let at = offset; at < limit; at += 1) {
      const box = this.boxAt(at);
      if (box) return box;
    }
    return null;
  }

  private boxBefore(offset: number): DOMRect | null {
    for (let at = Math.min(offset, this.map.length) - 1; at >= Math.max(0, offset - SCAN); at -= 1) {
      const box = this.boxAt(at);
      if (box) return box;
    }
    return null;
  }

  private boxAt(offset: number): DOMRect | null {
    const spot = this.map.locate(offset);
    if (!spot || spot.at >= spot.node.length) return null;
    const range = document.createRange();
    range.setStart(spot.node, spot.at);
    range.setEnd(spot.node, spot.at + 1);
    const box = range.getClientRects()[0];
    return box && box.height > 0 && box.width > 0 ? box : null;
  }
}
