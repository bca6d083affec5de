import { tick } from "svelte";
import { match, type Route } from "./routes.ts";

interface Entry {
  key: number;
  scroll: number;
}

/** The current address; changes by `go`, by links of the app, and by the browser's own buttons. */
class Router {
  url = $state.raw(new URL(location.href));
  private pathname = $state(location.pathname);
  readonly route: Route = $derived(match(this.pathname));
  /** Grows with each navigation: screens are made anew by it. */
  visit = $state(0);
  private scroll = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  start(): void {
    history.scrollRestoration = "manual";
    if (!isEntry(history.state)) history.replaceState(entry(0), "");
    addEventListener("popstate", (event) => this.show(isEntry(event.state) ? event.state.scroll : 0));
    void this.settle(isEntry(history.state) ? history.state.scroll : 0, false);
    addEventListener("click", (event) => this.follow(event));
    addEventListener("scroll", () => this.remember(), { passive: true });
  }

  go(path: string, options: { replace?: boolean } = {}): void {
    this.keepScroll();
    if (options.replace) history.replaceState(entry(0), "", path);
    else history.pushState(entry(0), "", path);
    this.show(0);
  }

  /** Changes the address without leaving the screen. */
  rewrite(path: string): void {
    history.replaceState(history.state, "", path);
    this.url = new URL(location.href);
  }

  /** Goes back, or to `otherwise` where the app's own history begins here. */
  back(otherwise: string): void {
    if (isEntry(history.state) && history.state.key > 0) history.back();
    else this.go(otherwise, { replace: true });
  }

  private show(scroll: number): void {
    clearTimeout(this.timer);
    this.scroll = scroll;
    const before = this.pathname;
    this.url = new URL(location.href);
    this.pathname = location.pathname;
    if (before === this.pathname) return;
    this.visit += 1;
    void this.settle(scroll, true);
  }

  /**
   * After a change of screen: focus on the new screen's heading, so that a screen reader reads it out, and
   * the old scroll place, as soon as the screen has grown tall enough for it.
   */
  private async settle(scroll: number, focus: boolean): Promise<void> {
    const { visit } = this;
    await tick();
    let focused = !focus;
    for (let frame = 0; frame < SETTLE_FRAMES && visit === this.visit; frame += 1) {
      const heading = document.querySelector<HTMLElement>("[data-screen-heading]");
      if (heading && !focused) {
        heading.focus({ preventScroll: true });
        focused = true;
      }
      window.scrollTo(0, scroll);
      if (heading && Math.abs(window.scrollY - scroll) < 2) return;
      await new Promise(requestAnimationFrame);
    }
  }

  private follow(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
    if (!link || link.origin !== location.origin || link.target || link.hasAttribute("download")) return;
    if (/^\/(api|content|docs)\b/.test(link.pathname) || link.getAttribute("href")?.startsWith("#")) return;
    event.preventDefault();
    this.go(link.pathname + link.search);
  }

  private remember(): void {
    this.scroll = window.scrollY;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keepScroll(), 150);
  }

  private keepScroll(): void {
    clearTimeout(this.timer);
    const state = isEntry(history.state) ? history.state : entry(0);
    history.replaceState({ ...state, scroll: this.scroll }, "");
  }
}

/** About two seconds: a list that has not arrived by then does not come back where it was. */
const SETTLE_FRAMES = 120;
let entries = 0;

function entry(scroll: number): Entry {
  const key = entries;
  entries += 1;
  return { key, scroll };
}

function isEntry(state: unknown): state is Entry {
  return typeof state === "object" && state !== null && "key" in state && "scroll" in state;
}

export const router = new Router();
