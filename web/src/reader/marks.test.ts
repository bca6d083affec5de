import { describe, expect, test } from "vitest";
import { wrapPassages } from "./marks.ts";

function wrapped(html: string, ...ranges: [number, number][]): HTMLElement {
  const root = document.createElement("div");
  root.innerHTML = html;
  wrapPassages(
    root,
    ranges.map(([start, end], index) => ({
      id: `d${index}`,
      start,
      end,
      label: `Показать картинку ${index}`,
    })),
  );
  return root;
}

function marked(root: HTMLElement, id: string): string {
  return [...root.querySelectorAll(`mark[data-passage="${id}"]`)].map((mark) => mark.textContent).join("|");
}

describe("the text stays as it was", () => {
  const html =
    '<h2>Метель</h2>\n<p>Он <em>шёл 🙂 лесом</em>, и <a href="#">снег</a> падал.</p>\n<p>Тихо.</p>';
  const text = "Метель\nОн шёл 🙂 лесом, и снег падал.\nТихо.";

  test.each([
    [[0, 6]],
    [[7, 12]],
    [[9, 25]],
    [[3, 40]],
    [[0, text.length]],
    [[text.length - 1, text.length]],
  ] as [number, number][][])("around %j", (range) => {
    const root = wrapped(html, range);
    expect(root.textContent).toBe(text);
    const [start, end] = range;
    const expected = text.slice(start, end).replaceAll("\n", "");
    expect(marked(root, "d0").replaceAll("|", "").replaceAll("\n", "")).toBe(expected);
  });

  test("around every pair of neighbouring ranges", () => {
    for (let cut = 1; cut < text.length - 1; cut += 1) {
      const root = wrapped(html, [0, cut], [cut, text.length]);
      expect(root.textContent).toBe(text);
    }
  });
});

test("a passage ends with one button that has a name and no text", () => {
  const root = wrapped("<p>Над елями <em>висела</em> луна.</p>", [0, 16]);
  const buttons = root.querySelectorAll("button");
  expect(buttons).toHaveLength(1);
  expect(buttons[0]?.getAttribute("aria-label")).toBe("Показать картинку 0");
  expect(buttons[0]?.childNodes).toHaveLength(0);
  expect(buttons[0]?.closest("mark")?.textContent).toBe("висела");
});

test("a passage over two paragraphs is marked in both and has its button in the last", () => {
  const root = wrapped("<p>раз два</p>\n<p>три четыре</p>", [4, 11]);
  expect(marked(root, "d0")).toBe("два|три");
  expect(root.querySelector("button")?.closest("p")?.textContent).toBe("три четыре");
});

test("a passage that begins inside another one begins at its end", () => {
  const root = wrapped("<p>один два три</p>", [0, 8], [5, 12]);
  expect(marked(root, "d0")).toBe("один два");
  expect(marked(root, "d1")).toBe(" три");
});

test("a passage inside another one, and an empty one, leave no trace", () => {
  const root = wrapped("<p>один два три</p>", [0, 12], [5, 8], [9, 9]);
  expect(root.querySelectorAll("button")).toHaveLength(1);
});

test("white space between blocks is never wrapped", () => {
  const root = wrapped("<p>раз</p>\n<p>два</p>", [0, 7]);
  expect([...root.childNodes].map((node) => node.nodeName)).toEqual(["P", "#text", "P"]);
});
