import { expect, test } from "vitest";
import { commandOf } from "./keys.ts";

function press(
  key: string,
  more: { code?: string; shiftKey?: boolean; ctrlKey?: boolean; on?: Element } = {},
) {
  return {
    key,
    code: more.code ?? key,
    shiftKey: more.shiftKey ?? false,
    ctrlKey: more.ctrlKey ?? false,
    altKey: false,
    metaKey: false,
    composedPath: () => [more.on ?? document.body],
  };
}

const PAGES = { mode: "pages", letterKeys: true } as const;

test("arrows, space and page keys turn", () => {
  expect(commandOf(press("ArrowRight"), PAGES)).toBe("forward");
  expect(commandOf(press("PageUp"), PAGES)).toBe("back");
  expect(commandOf(press(" "), PAGES)).toBe("forward");
  expect(commandOf(press(" ", { shiftKey: true }), PAGES)).toBe("back");
});

test("letters go by their place on the board, and can be turned off", () => {
  expect(commandOf(press("е", { code: "KeyT" }), PAGES)).toBe("contents");
  expect(commandOf(press("t", { code: "KeyT" }), { ...PAGES, letterKeys: false })).toBeNull();
});

test("a control that has the focus keeps its keys", () => {
  expect(commandOf(press(" ", { on: document.createElement("button") }), PAGES)).toBeNull();
  expect(commandOf(press("ArrowRight", { on: document.createElement("input") }), PAGES)).toBeNull();
});

test("in a scroll, and with a modifier, the browser keeps its keys", () => {
  expect(commandOf(press(" "), { ...PAGES, mode: "scroll" })).toBeNull();
  expect(commandOf(press("t", { code: "KeyT", ctrlKey: true }), PAGES)).toBeNull();
});
