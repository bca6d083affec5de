import { expect, test } from "vitest";
import { rangeOf, TextMap } from "./text-map.ts";

function root(html: string): HTMLElement {
  const element = document.createElement("article");
  element.innerHTML = html;
  return element;
}

test("an offset is found in the text node that holds it", () => {
  const article = root("<p>Снег <em>шёл</em> весь день.</p>\n<p>Лёд.</p>");
  const map = new TextMap(article);
  expect(map.length).toBe(article.textContent.length);
  const spot = map.locate(6);
  expect(spot?.node.data).toBe("шёл");
  expect(spot?.at).toBe(1);
});

test("every offset leads to its character and back", () => {
  const article = root("<p>Он 🙂 <b>был</b></p>\n<p>рад</p>");
  const map = new TextMap(article);
  const text = article.textContent;
  for (let offset = 0; offset < text.length; offset += 1) {
    const spot = map.locate(offset);
    if (!spot) throw new Error(`no spot at ${offset}`);
    expect(spot.node.data[spot.at]).toBe(text[offset]);
    expect(map.offsetOf(spot)).toBe(offset);
  }
});

test("offsets count UTF-16 units, so an emoji is two", () => {
  const map = new TextMap(root("<p>🙂да</p>"));
  expect(map.locate(2)?.node.data.slice(map.locate(2)?.at)).toBe("да");
});

test("what lies outside the text falls to its ends", () => {
  const map = new TextMap(root("<p>да</p>"));
  expect(map.locate(-5)?.at).toBe(0);
  expect(map.locate(99)?.at).toBe(2);
  expect(new TextMap(root("")).locate(0)).toBeNull();
});

test("an element's offset is that of its first character, also when it is empty", () => {
  const article = root('<p>раз</p>\n<p id="two">два</p><a id="mark"></a>');
  const map = new TextMap(article);
  expect(map.offsetOfElement(article.querySelector("#two") as Element)).toBe(4);
  expect(map.offsetOfElement(article.querySelector("#mark") as Element)).toBe(7);
});

test("a range covers the text between two offsets across elements", () => {
  const article = root("<p>Снег <em>шёл</em> весь день.</p>");
  document.body.replaceChildren(article);
  expect(rangeOf(new TextMap(article), 2, 9)?.toString()).toBe("ег шёл ");
});
