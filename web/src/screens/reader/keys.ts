import type { Preferences } from "../../reader/preferences.svelte.ts";

/** What may lie over the page. */
export type Panel = "contents" | "search" | "appearance" | "people" | "notes";

export type Command =
  | "forward"
  | "back"
  | "first"
  | "last"
  | "contents"
  | "search"
  | "bars"
  | "marks"
  | "bookmark"
  | "full-screen";

const PAGED: Partial<Record<string, Command>> = {
  ArrowRight: "forward",
  PageDown: "forward",
  ArrowLeft: "back",
  PageUp: "back",
  Home: "first",
  End: "last",
};

/** By the key's place on the board, so that they work in a Russian layout too. */
const LETTERS: Partial<Record<string, Command>> = {
  KeyT: "contents",
  KeyS: "search",
  KeyM: "bars",
  KeyD: "marks",
  KeyB: "bookmark",
  KeyF: "full-screen",
};

type Pressed = Pick<KeyboardEvent, "key" | "code" | "shiftKey" | "ctrlKey" | "altKey" | "metaKey"> & {
  composedPath(): EventTarget[];
};

/** What a key means to the reader; null leaves it to the control that has the focus, or to the browser. */
export function commandOf(event: Pressed, wishes: Pick<Preferences, "mode" | "letterKeys">): Command | null {
  if (event.ctrlKey || event.altKey || event.metaKey) return null;
  const target = event.composedPath()[0];
  const control =
    target instanceof Element ? target.closest("button, a, input, select, textarea, [popover]") : null;
  if (control?.matches("input, select, textarea, [popover]")) return null;
  if (wishes.letterKeys && !event.shiftKey && LETTERS[event.code]) return LETTERS[event.code] ?? null;
  if (wishes.mode === "scroll") return null;
  if (event.key === " ") return control ? null : event.shiftKey ? "back" : "forward";
  return PAGED[event.key] ?? null;
}
