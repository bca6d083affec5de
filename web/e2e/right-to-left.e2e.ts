import { afterAll, beforeAll, expect, test } from "vitest";
import { firstShown, isShown } from "./page-reading.ts";
import { Reader, raiseStage, type Stage } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await raiseStage();
});
afterAll(() => stage?.close());

const LENGTH = 1_000;

// Over the mock only: the demo library has no book in Arabic.
test.skipIf(Boolean(process.env.SERVICE_URL))(
  "a book in Arabic turns to the left, and its place survives another window",
  async () => {
    // Answers are changed on their way, which a service worker would hide.
    const reader = await Reader.arrive(stage, {
      serviceWorkers: "block",
      viewport: { width: 390, height: 844 },
    });
    const { page } = reader;
    await reader.signIn();
    const id = await reader.richestBook();
    await page.route(`**/api/v1/books/${id}`, async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, json: { ...(await answer.json()), language: "ar" } });
    });
    await page.route("**/api/v1/books/*/descriptions*", (route) =>
      route.fulfill({ json: { items: [], total: 0, page: 1, per_page: 100 } }),
    );
    const text = Array.from({ length: LENGTH }, (_, index) => `كلمة${index}`).join(" ");
    await page.route("**/content/*/*.html", (route) =>
      route.fulfill({ contentType: "text/html; charset=utf-8", body: `<p>${text}</p>` }),
    );
    await page.goto(`/books/${id}/read?at=0.0`);
    await reader.textShown();
    const scrolled = () =>
      page.evaluate(
        () => document.querySelector(".page")?.shadowRoot?.querySelector(".scroller")?.scrollLeft ?? 0,
      );
    expect(await firstShown(page)).toContain("كلمة0");
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
  },
);
