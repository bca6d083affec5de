import { expect, test } from "vitest";
import { sentencesFrom } from "./speech.svelte.ts";

test("sentences are read from the one that holds the place, and what says nothing is passed over", () => {
  const text = "Шёл снег.  Все спали!\n***\nА он — нет.";
  const said = (offset: number) =>
    sentencesFrom(text, "ru", offset).map(({ start, end }) => text.slice(start, end));
  expect(said(0)).toEqual(["Шёл снег.", "Все спали!", "А он — нет."]);
  expect(said(14)[0]).toBe("Все спали!");
  expect(said(text.length)).toEqual([]);
});
