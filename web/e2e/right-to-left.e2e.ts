import { afterAll, beforeAll, expect, test } from "vitest";
import { arabicBook } from "./arabic-book.ts";
import { firstShown, isShown } from "./page-reading.ts";
import { Reader, raiseStage, type Stage } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await raiseStage();
});
afterAll(() => stage?.close());

const LENGTH = 1_000;

test("a book in Arabic turns to the left, and its place survives another window", async () => {
  const reader = await Reader.arrive(stage, { viewport: { width: 390, height: 844 } });
  const { page } = reader;
  await reader.signIn();
  const id = await reader.upload(arabicBook(LENGTH));
  await page.goto(`/books/${id}/read?at=0.0`);
  await reader.textShown();
  const text = await page.evaluate(
    () => document.querySelector(".page")?.shadowRoot?.querySelector(".flow")?.textContent ?? "",
  );
  const scrolled = () =>
    page.evaluate(
      () => document.querySelector(".page")?.shadowRoot?.querySelector(".scroller")?.scrollLeft ?? 0,
    );
  expect(text).toContain("كلمة999");
  const beginning = await scrolled();
  await page.keyboard.press("ArrowLeft");
  expect(await scrolled()).toBe(beginning - 390);
  const second = text.indexOf(await firstShown(page));
  expect(second).toBeGreaterThan(100);
  await page.keyboard.press("ArrowRight");
  expect(await scrolled()).toBe(beginning);
  // The left quarter of the page is the way on.
  await page.mouse.click(20, 400);
  expect(await scrolled()).toBe(beginning - 390);
  for (const viewport of [
    { width: 844, height: 390 },
    { width: 1_440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(viewport);
    await page.waitForTimeout(120);
    expect(await isShown(page, second)).toBe(true);
  }
  expect(reader.complaints).toEqual([]);
  await reader.leave();
});
