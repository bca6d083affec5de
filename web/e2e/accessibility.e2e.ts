import { afterAll, beforeAll, expect, test } from "vitest";
import { Reader, raiseStage, type Stage } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await raiseStage();
});
afterAll(() => stage?.close());

const KINDS = [
  { name: "desktop, light", viewport: { width: 1_280, height: 800 }, colorScheme: "light" },
  { name: "phone, dark", viewport: { width: 390, height: 844 }, colorScheme: "dark" },
] as const;

test.each(KINDS)("axe finds nothing on any screen: $name", async ({ viewport, colorScheme }) => {
  const reader = await Reader.arrive(stage, { viewport, colorScheme, reducedMotion: "reduce" });
  const { page } = reader;
  const found: string[] = [];
  const look = async (screen: string) => {
    await page.waitForTimeout(300);
    for (const violation of await reader.violations()) found.push(`${screen}: ${violation}`);
  };
  await page.goto("/sign-in");
  await page.getByRole("heading", { level: 1 }).waitFor();
  await look("sign-in");
  await page.goto("/sign-up");
  await page.getByRole("heading", { level: 1 }).waitFor();
  await look("sign-up");
  await reader.signIn();
  await look("shelf");
  await page.goto("/?show=catalogue");
  await page.locator("article").first().waitFor();
  await look("catalogue");
  const id = await reader.richestBook();
  await page.goto(`/books/${id}`);
  await page.locator("#chapters").waitFor();
  await look("book");
  await page.goto(`/books/${id}/read?at=1.0`);
  await reader.textShown();
  await look("reader");
  await page.keyboard.press("KeyT");
  await page.locator("dialog[open] ol").waitFor();
  await look("contents");
  await page.keyboard.press("Escape");
  for (const panel of ["Вид страницы", "Люди до этого места", "Поиск в книге"]) {
    await page.getByRole("button", { name: panel }).click();
    await page.locator("dialog[open] .body").waitFor();
    await look(panel);
    await page.keyboard.press("Escape");
    await page.locator("dialog[open]").waitFor({ state: "detached" });
  }
  await page.locator(".passage-button").first().press("Enter");
  await page.locator("dialog[open] img.picture.done").waitFor({ timeout: 30_000 });
  await look("picture");
  await page.goto(`/books/${id}/gallery`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await look("gallery");
  await page.goto("/account");
  await page.getByLabel("Имя").waitFor();
  await look("account");
  await page.goto("/nowhere");
  await page.getByRole("heading", { level: 1 }).waitFor();
  await look("not-found");
  expect(found).toEqual([]);
  expect(reader.complaints).toEqual([]);
  await reader.leave();
});

test("at 320 px nothing runs out of the window sideways", async () => {
  const reader = await Reader.arrive(stage, { viewport: { width: 320, height: 640 } });
  const { page } = reader;
  /** The furthest that anything reaches past the window's edge, also what a clipping parent hides. */
  const overflow = () =>
    page.evaluate(() => {
      const pieces = document.querySelectorAll(
        "header, main, footer, section, h1, h2, p, a, button, input, select",
      );
      const edges = [...pieces].map((piece) => piece.getBoundingClientRect().right);
      return Math.max(document.documentElement.scrollWidth, ...edges) - document.documentElement.clientWidth;
    });
  await page.goto("/sign-in");
  await page.getByRole("heading", { level: 1 }).waitFor();
  expect(await overflow(), "sign-in").toBeLessThanOrEqual(0);
  await reader.signIn();
  expect(await overflow(), "shelf").toBeLessThanOrEqual(0);
  const id = await reader.richestBook();
  for (const path of [`/books/${id}`, `/books/${id}/read`, `/books/${id}/gallery`, "/account", "/nowhere"]) {
    await page.goto(path);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.waitForTimeout(400);
    expect(await overflow(), path).toBeLessThanOrEqual(0);
  }
  await reader.leave();
});
