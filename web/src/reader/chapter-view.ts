import css from "./chapter.css?inline";
import { type Geometry, geometryFor } from "./geometry.ts";
import { type Passage, wrapPassages } from "./marks.ts";
import { Pages } from "./pages.ts";
import type { Preferences } from "./preferences.svelte.ts";
import { rangeOf, TextMap } from "./text-map.ts";

export interface ChapterContent {
  html: string;
  passages: readonly Passage[];
  /** Address of the folder that the chapter's own addresses are relative to. */
  base: string;
  language: string | null;
  /** The chapter's title, for a chapter whose text does not begin with it; null within a chapter. */
  title: string | null;
  /** Headings of the neighbours, for the sheets at both ends; null where the book ends. */
  before: string | null;
  after: string | null;
  /** What the buttons at a scroll's end say where the neighbour has no heading of its own. */
  words: { previous: string; next: string };
  label: string;
}

export interface ChapterEvents {
  /** The reader's own move within the section: the first offset in view. */
  moved(offset: number): void;
  /** The reader went past an end. */
  left(direction: -1 | 1): void;
  passage(id: string, from: HTMLElement): void;
  link(link: HTMLAnchorElement): void;
  tap(zone: "start" | "middle" | "end"): void;
  /** A new layout has moved the pages under the same place. */
  relaid(): void;
  /** A tap on plain text: true when something lies there that takes it. */
  takes(x: number, y: number): boolean;
}

const SETTLE_MS = 110;
const FOUND = "found-in-book";
const WHEEL_QUIET_MS = 180;
const HOLD_MS = 500;
/** A section of fewer characters is a page that announces a part: it stands lower and in the middle. */
const HALF_TITLE = 140;
const FIRST_BLOCKS = 3;
const LEFTWARDS = /^(ar|arc|ckb|dv|fa|he|iw|ps|sd|ug|ur|yi)\b/i;

const FONTS: Record<Preferences["font"], string> = {
  literata: '"Literata Variable", Georgia, serif',
  "pt-serif": '"PT Serif", Georgia, serif',
  "old-standard": '"Old Standard TT", "Times New Roman", serif',
  golos: '"Golos Text Variable", system-ui, sans-serif',
};

/** One section of a book, laid out in a shadow root as pages or as a scroll. */
export class ChapterView {
  readonly root: ShadowRoot;
  private readonly scroller = document.createElement("div");
  readonly flow = document.createElement("article");
  private readonly snaps = document.createElement("div");
  private readonly turns = document.createElement("div");
  private readonly sheetBefore = sheet();
  private readonly sheetAfter = sheet();
  private readonly resize: ResizeObserver;
  private readonly relayout = () => this.layout();
  private content: ChapterContent | null = null;
  private map = new TextMap(this.flow);
  private pages: Pages | null = null;
  private anchor = 0;
  private page = 0;
  private box = { width: 0, height: 0 };
  /** Where the app itself has scrolled to: what comes to rest there is no move of the reader's. */
  private restingTop = 0;
  /** When a section was put in: the swipe that led to it may still be running out. */
  private heldSince = Number.NEGATIVE_INFINITY;
  private lastWheel = Number.NEGATIVE_INFINITY;
  private settleTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly host: HTMLElement,
    private preferences: Preferences,
    private readonly events: ChapterEvents,
  ) {
    const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
    this.root = root;
    const sheetOfStyle = new CSSStyleSheet();
    sheetOfStyle.replaceSync(css);
    root.adoptedStyleSheets = [sheetOfStyle];
    this.scroller.className = "scroller";
    this.scroller.tabIndex = 0;
    this.scroller.setAttribute("role", "region");
    this.flow.className = "flow";
    this.snaps.className = "snaps";
    this.sheetBefore.ariaHidden = "true";
    this.sheetAfter.ariaHidden = "true";
    this.turns.className = "turns";
    this.scroller.append(this.sheetBefore, this.flow, this.turns, this.sheetAfter, this.snaps);
    root.replaceChildren(this.scroller);
    if ("onscrollend" in window) this.scroller.addEventListener("scrollend", () => this.settle());
    else this.scroller.addEventListener("scroll", () => this.settleSoon(), { passive: true });
    this.scroller.addEventListener("touchstart", () => this.release(), { passive: true });
    this.scroller.addEventListener("click", (event) => this.clicked(event));
    this.scroller.addEventListener("wheel", (event) => this.wheeled(event), { passive: false });
    this.scroller.addEventListener("blur", () => delete this.scroller.dataset.quiet);
    this.scroller.addEventListener("focusin", (event) => this.focused(event));
    this.flow.addEventListener("load", this.relayout, true);
    this.resize = new ResizeObserver(([entry]) => {
      if (!entry) return;
      const { width, height } = entry.contentRect;
      if (width === this.box.width && height === this.box.height) return;
      this.layout();
    });
    this.resize.observe(host);
    document.fonts.addEventListener("loadingdone", this.relayout);
  }

  destroy(): void {
    clearTimeout(this.settleTimer);
    this.resize.disconnect();
    document.fonts.removeEventListener("loadingdone", this.relayout);
  }

  /** Lays a section out and shows it at an offset, or at its last page for `"end"`. */
  mount(content: ChapterContent, at: number | "end"): void {
    this.content = content;
    const template = document.createElement("template");
    template.innerHTML = content.html;
    resolveAddresses(template.content, content.base);
    wrapPassages(template.content, content.passages);
    const end = document.createElement("span");
    end.className = "end";
    this.flow.replaceChildren(template.content, end);
    this.flow.lang = content.language ?? "";
    this.scroller.dir = this.leftwards ? "rtl" : "ltr";
    this.flow.toggleAttribute("data-half-title", (this.flow.textContent ?? "").length < HALF_TITLE);
    this.flow.dataset.title = content.title !== null && !beginsWithHeading(this.flow) ? content.title : "";
    this.scroller.ariaLabel = content.label;
    this.sheetBefore.textContent = content.before ?? "";
    this.sheetAfter.textContent = content.after ?? "";
    this.turns.replaceChildren(...this.turnButtons(content));
    this.map = new TextMap(this.flow);
    this.anchor = at === "end" ? Math.max(0, this.map.length - 1) : Math.min(at, this.map.length);
    this.layout();
    this.heldSince = performance.now();
    if (at === "end") this.anchor = this.pages?.firstVisible() ?? 0;
  }

  /** The language is written from right to left, and so its pages follow one another. */
  get leftwards(): boolean {
    return LEFTWARDS.test(this.content?.language ?? "");
  }

  prefer(preferences: Preferences): void {
    this.preferences = preferences;
    this.layout();
  }

  /** What the section's place is: the anchor that survives every new layout. */
  get offset(): number {
    return this.anchor;
  }

  get length(): number {
    return this.map.length;
  }

  get pageCount(): number {
    return this.pages?.count ?? 1;
  }

  get pageNumber(): number {
    return this.page;
  }

  get text(): string {
    return this.flow.textContent ?? "";
  }

  /** Whether a place is on the page in view. */
  shows(offset: number): boolean {
    if (!this.pages) return false;
    return this.pages.pageOf(offset) === this.pages.current;
  }

  goTo(offset: number): void {
    this.anchor = Math.max(0, Math.min(offset, this.map.length));
    this.showAnchor();
  }

  goToElement(id: string): boolean {
    const target = this.flow.querySelector(`#${CSS.escape(id)}`);
    const offset = target && this.map.offsetOfElement(target);
    if (offset === null) return false;
    this.goTo(offset);
    return true;
  }

  /** Turns one page; past an end the neighbouring section is asked for. */
  turn(direction: -1 | 1): void {
    if (!this.pages) return;
    if (this.preferences.mode === "scroll") {
      this.scrollOn(direction);
      return;
    }
    const next = this.page + direction;
    if (next < 0 || next >= this.pages.count) {
      this.leave(direction);
      return;
    }
    this.pages.show(next);
    this.page = next;
    this.arrived();
  }

  toEnd(direction: -1 | 1): void {
    this.goTo(direction < 0 ? 0 : this.map.length);
    this.arrived();
  }

  element(id: string): HTMLElement | null {
    return this.flow.querySelector(`#${CSS.escape(id)}`);
  }

  passageButton(id: string): HTMLButtonElement | null {
    return this.flow.querySelector(`.passage-button[data-passage="${CSS.escape(id)}"]`);
  }

  /** Marks the passage whose picture is open; null clears it. */
  pointOut(id: string | null): void {
    for (const mark of this.flow.querySelectorAll<HTMLElement>("mark.passage")) {
      mark.classList.toggle("current", id !== null && mark.dataset.passage === id);
    }
  }

  /** Where the page in view ends: the offset of the first character behind it. */
  get offsetAfterPage(): number {
    return this.pages?.firstAfter() ?? this.map.length;
  }

  /** A live range over `[start, end)`; null for an empty section. */
  rangeOf(start: number, end: number): Range | null {
    return rangeOf(this.map, start, end);
  }

  /** Colours a range of text, without touching the document, until the reader moves on. */
  highlight(start: number, end: number): void {
    const range = this.rangeOf(start, end);
    if (range && "highlights" in CSS) CSS.highlights.set(FOUND, new Highlight(range));
  }

  /** Gives the text the keyboard; a ring is shown only to whoever comes here by Tab. */
  focus(): void {
    this.scroller.dataset.quiet = "";
    this.scroller.focus({ preventScroll: true });
  }

  private layout(): void {
    if (!this.content) return;
    const { clientWidth: width, clientHeight: height } = this.host;
    if (width === 0 || height === 0) return;
    this.box = { width, height };
    const geometry = geometryFor(this.box, this.preferences);
    this.style(geometry);
    this.pages = new Pages(
      this.scroller,
      this.flow,
      this.snaps,
      this.map,
      geometry,
      {
        before: this.content.before !== null,
        after: this.content.after !== null,
      },
      this.leftwards,
    );
    this.sheetAfter.style.insetInlineStart = `${
      (this.pages.count + (this.content.before === null ? 0 : 1)) * geometry.width
    }px`;
    this.showAnchor();
    this.events.relaid();
  }

  private showAnchor(): void {
    this.pages?.showOffset(this.anchor);
    this.page = this.pages?.current ?? 0;
    this.restingTop = this.scroller.scrollTop;
  }

  /** In a scroll, the way on is a button at the text's end. */
  private turnButtons(content: ChapterContent): HTMLElement[] {
    const button = (direction: -1 | 1, words: string) => {
      const control = document.createElement("button");
      control.type = "button";
      control.className = direction < 0 ? "turn back" : "turn on";
      control.textContent = words;
      control.addEventListener("click", (event) => {
        event.stopPropagation();
        this.leave(direction);
      });
      return control;
    };
    const { before, after, words } = content;
    return [
      ...(before === null ? [] : [button(-1, before || words.previous)]),
      ...(after === null ? [] : [button(1, after || words.next)]),
    ];
  }

  private style(geometry: Geometry): void {
    const { preferences, scroller, flow } = this;
    const properties: Record<string, string> = {
      "--page-width": `${geometry.width}px`,
      "--page-height": `${geometry.height}px`,
      "--column-width": `${geometry.column}px`,
      "--gap": `${geometry.gap}px`,
      "--lead": this.content?.before === null ? "0px" : `${geometry.width}px`,
      "--book-font": FONTS[preferences.font],
      "--book-size": `${preferences.size}px`,
      "--book-line": String(preferences.lineHeight),
    };
    for (const [name, value] of Object.entries(properties)) scroller.style.setProperty(name, value);
    scroller.dataset.mode = geometry.mode;
    flow.dataset.marks = preferences.pictures ? preferences.marks : "none";
    flow.dataset.alignment = preferences.alignment;
    flow.dataset.hyphens = preferences.hyphens ? "on" : "off";
    const paged = geometry.mode === "pages";
    this.sheetBefore.hidden = !paged || this.content?.before === null;
    this.sheetAfter.hidden = !paged || this.content?.after === null;
    this.snaps.hidden = !paged;
    this.turns.hidden = paged;
  }

  /** A finger on the page is the reader's own. */
  private release(): void {
    this.heldSince = Number.NEGATIVE_INFINITY;
  }

  private settleSoon(): void {
    clearTimeout(this.settleTimer);
    this.settleTimer = setTimeout(() => this.settle(), SETTLE_MS);
  }

  /** The reader's finger or wheel has come to rest. */
  private settle(): void {
    if (!this.pages) return;
    if (this.preferences.mode === "pages") {
      const page = this.pages.current;
      if (page === this.page) return;
      if (performance.now() - this.heldSince < HOLD_MS) {
        this.pages.show(this.page);
        return;
      }
      if (page < 0) {
        this.leave(-1);
        return;
      }
      if (page >= this.pages.count) {
        this.leave(1);
        return;
      }
      this.page = page;
    } else {
      if (Math.abs(this.scroller.scrollTop - this.restingTop) < 2) return;
      this.restingTop = this.scroller.scrollTop;
      this.page = this.pages.current;
    }
    this.arrived();
  }

  private arrived(): void {
    if (!this.pages) return;
    if ("highlights" in CSS) CSS.highlights.delete(FOUND);
    this.anchor = this.pages.firstVisible();
    this.events.moved(this.anchor);
  }

  private leave(direction: -1 | 1): void {
    if ((direction < 0 ? this.content?.before : this.content?.after) === null) return;
    this.events.left(direction);
  }

  private scrollOn(direction: -1 | 1): void {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    if (direction < 0 && scrollTop <= 0) {
      this.leave(-1);
      return;
    }
    if (direction > 0 && scrollTop + clientHeight >= scrollHeight - 1) {
      this.leave(1);
      return;
    }
    this.scroller.scrollBy({ top: direction * clientHeight * 0.9 });
  }

  private clicked(event: MouseEvent): void {
    const target = event.target as Element;
    const link = target.closest<HTMLAnchorElement>("a[href]");
    if (link) {
      event.preventDefault();
      this.events.link(link);
      return;
    }
    const root = this.host.shadowRoot as (ShadowRoot & { getSelection?: () => Selection | null }) | null;
    const selection = root?.getSelection?.() ?? getSelection();
    if (selection && !selection.isCollapsed) return;
    const passage = target.closest<HTMLElement>("[data-passage]");
    const { marks, pictures } = this.preferences;
    if (passage && pictures && (marks !== "off" || passage.matches("button"))) {
      const id = passage.dataset.passage ?? "";
      this.events.passage(id, this.passageButton(id) ?? passage);
      return;
    }
    if (!this.events.takes(event.clientX, event.clientY)) this.events.tap(this.zone(event.clientX));
  }

  /** One page for each push of the wheel, however long it runs on. */
  private wheeled(event: WheelEvent): void {
    if (this.preferences.mode !== "pages" || event.ctrlKey) return;
    if (Math.abs(event.deltaY) <= Math.abs(event.deltaX)) return;
    event.preventDefault();
    const quiet = event.timeStamp - this.lastWheel > WHEEL_QUIET_MS;
    this.lastWheel = event.timeStamp;
    if (quiet) this.turn(event.deltaY > 0 ? 1 : -1);
  }

  private zone(x: number): "start" | "middle" | "end" {
    const box = this.host.getBoundingClientRect();
    const fromLeft = (x - box.left) / box.width;
    const share = this.leftwards ? 1 - fromLeft : fromLeft;
    if (this.preferences.mode === "scroll") return "middle";
    return share < 0.25 ? "start" : share > 0.75 ? "end" : "middle";
  }

  /** Focus that lands on another page takes the reader there, to the page's exact edge. */
  private focused(event: FocusEvent): void {
    if (!this.pages || this.preferences.mode !== "pages" || event.target === this.scroller) return;
    const page = this.pages.pageOfElement(event.target as Element);
    if (page === this.page) {
      this.pages.show(page);
      return;
    }
    this.pages.show(page);
    this.page = page;
    this.arrived();
  }
}

function sheet(): HTMLElement {
  const element = document.createElement("div");
  element.className = "sheet";
  return element;
}

/** Whether one of the first blocks is a heading: then the chapter says its own title. */
function beginsWithHeading(flow: HTMLElement): boolean {
  const blocks = [...flow.children].slice(0, FIRST_BLOCKS);
  return blocks.some(
    (block) => block.matches("h1, h2, h3, h4, h5, h6") || block.querySelector("h1, h2, h3, h4, h5, h6"),
  );
}

/** Makes a detached chapter's relative addresses absolute before anything is loaded from them. */
function resolveAddresses(content: DocumentFragment, base: string): void {
  for (const image of content.querySelectorAll("img")) {
    const source = image.getAttribute("src");
    if (source) image.src = new URL(source, base).href;
    image.decoding = "async";
  }
}
