import type { CDPSession, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { firstShown, isShown } from "./page-reading.ts";
import { Reader, raiseStage, type Stage } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await raiseStage();
});
afterAll(() => stage?.close());

const VIEWPORTS = [
  { width: 390, height: 844 },
  { width: 844, height: 390 },
  { width: 820, height: 1_180 },
  { width: 1_440, height: 900 },
];
const PLACES = Number(process.env.RESTORE_PLACES ?? 12);

/** The same places in every run: a test that fails must fail again. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

test(`${PLACES} places all over the book come back to the character in every window`, {
  timeout: 600_000,
}, async () => {
  const reader = await Reader.arrive(stage);
  await reader.signIn();
  const id = await reader.richestBook();
  const { page, context } = reader;
  const list = await context.request.get(`/api/v1/books/${id}/chapters`);
  const { items } = (await list.json()) as {
    items: { index: number; length: number; parts: { start: number }[] }[];
  };
  const readable = items.filter(({ length }) => length > 200);
  const random = sequence(20_260);
  const lost: string[] = [];
  for (let place = 0; place < PLACES; place += 1) {
    const chapter = readable[Math.floor(random() * readable.length)];
    if (!chapter) throw new Error("the book under test has no chapter of any length");
    const answer = await context.request.get(`/api/v1/books/${id}/chapters/${chapter.index}`);
    const { text } = (await answer.json()) as { text: string };
    let offset = Math.floor(random() * text.length);
    while (/\s/.test(text[offset] ?? " ")) offset = (offset + 1) % text.length;
    const start = chapter.parts.findLast((part) => part.start <= offset)?.start ?? 0;
    await page.setViewportSize(VIEWPORTS[place % VIEWPORTS.length] ?? { width: 800, height: 600 });
    await page.goto(`/books/${id}/read?at=${chapter.index}.${offset}`);
    await reader.textShown();
    for (const viewport of VIEWPORTS) {
      await page.setViewportSize(viewport);
      await page.waitForTimeout(120);
      if (!(await isShown(page, offset - start))) {
        lost.push(`chapter ${chapter.index}, offset ${offset}, ${viewport.width} × ${viewport.height}`);
      }
    }
  }
  expect(lost).toEqual([]);
  expect(reader.complaints).toEqual([]);
  await reader.leave();
});

/** Well over half a page of 390 px: what the finger leaves, the page finishes. */
const PAGE = 300;

/** Draws a finger over the page and lifts it after a rest (ms); a negative distance goes left, which turns on. */
async function swipe(session: CDPSession, distance: number, rest = 0): Promise<void> {
  const from = 195 - distance / 2;
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", x?: number) =>
    session.send("Input.dispatchTouchEvent", { type, touchPoints: x === undefined ? [] : [{ x, y: 400 }] });
  await touch("touchStart", from);
  for (let step = 1; step <= 10; step += 1) await touch("touchMove", from + (distance * step) / 10);
  await new Promise((resolve) => setTimeout(resolve, rest));
  await touch("touchEnd");
}

/** Waits until the page has snapped into its place, to the pixel. */
async function snapped(page: Page): Promise<void> {
  await page.waitForTimeout(250);
  const rest = () =>
    page.locator(".scroller").evaluate(({ scrollLeft, clientWidth }) => scrollLeft % clientWidth);
  await expect.poll(rest, { timeout: 15_000 }).toBe(0);
  await page.waitForTimeout(250);
}

test("a finger turns pages one at a time, and goes on into the next chapter", async () => {
  const reader = await Reader.arrive(stage, {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  await reader.signIn();
  const id = await reader.richestBook();
  const { page, context } = reader;
  await page.goto(`/books/${id}/read?at=1.0`);
  await reader.textShown();
  const session = await context.newCDPSession(page);
  const first = await firstShown(page);
  const chapter = () => page.locator(".scroller").evaluate((scroller) => scroller.ariaLabel);
  const shown = () => firstShown(page);
  const soon = { timeout: 15_000 };
  await swipe(session, -PAGE);
  await expect.poll(shown, soon).not.toBe(first);
  await snapped(page);
  const second = await shown();
  await swipe(session, 60, 500);
  await snapped(page);
  expect(await shown()).toBe(second);
  await swipe(session, PAGE);
  await expect.poll(shown, soon).toBe(first);
  await snapped(page);
  const here = await chapter();
  await swipe(session, PAGE);
  await expect.poll(chapter, soon).not.toBe(here);
  await snapped(page);
  await swipe(session, -PAGE);
  await expect.poll(chapter, soon).toBe(here);
  await snapped(page);
  expect(await shown()).toBe(first);
  expect(reader.complaints).toEqual([]);
  await reader.leave();
});
