import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Reader, raiseStage, type Stage } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await raiseStage();
});
afterAll(() => stage?.close());

/** Drags over the first words of the first paragraph in view; answers what is then selected. */
async function selectWords(page: Page): Promise<string> {
  const line = await page.evaluate(() => {
    const flow = document.querySelector(".page")?.shadowRoot?.querySelector(".flow");
    const box = flow?.closest(".scroller")?.getBoundingClientRect();
    for (const paragraph of flow?.querySelectorAll("p") ?? []) {
      const range = document.createRange();
      range.selectNodeContents(paragraph);
      const rect = range.getClientRects()[0];
      if (rect && box && rect.width > 150 && rect.left >= box.left && rect.right <= box.right) {
        return { x: rect.left, y: rect.top + rect.height / 2 };
      }
    }
    return null;
  });
  if (!line) throw new Error("no line of text is in view");
  await page.mouse.move(line.x + 2, line.y);
  await page.mouse.down();
  await page.mouse.move(line.x + 120, line.y, { steps: 5 });
  await page.mouse.up();
  return page.evaluate(() => {
    const root = document.querySelector(".page")?.shadowRoot as ShadowRoot & {
      getSelection?: () => Selection;
    };
    return (root.getSelection?.() ?? getSelection())?.toString().trim() ?? "";
  });
}

test("selected text is highlighted, noted, found again after a reload and exported", async () => {
  const reader = await Reader.arrive(stage);
  await reader.signIn();
  const { page } = reader;
  const id = await reader.richestBook();
  await page.goto(`/books/${id}/read?at=1.0`);
  await reader.textShown();
  const words = await selectWords(page);
  expect(words.length).toBeGreaterThan(3);
  await page.getByRole("toolbar", { name: "Выделенный текст" }).waitFor();
  expect(await reader.violations()).toEqual([]);
  await page.getByRole("button", { name: "Записать мысль" }).click();
  const note = page.getByPlaceholder("Заметка").first();
  await note.fill("Запомнить");
  await note.blur();
  expect(await reader.violations()).toEqual([]);
  await page.keyboard.press("Escape");
  await page.reload();
  await reader.textShown();
  await page.waitForFunction(() => (CSS.highlights.get("note-yellow")?.size ?? 0) > 0);
  const painted = await page.evaluate(() => [...(CSS.highlights.get("note-yellow") ?? [])].map(String));
  expect(painted).toEqual([words]);
  await page.getByRole("button", { name: "Закладки и заметки" }).click();
  expect(await page.getByPlaceholder("Заметка").first().inputValue()).toBe("Запомнить");
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Markdown" }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/\.md$/);
  await page.getByRole("button", { name: "Удалить" }).first().click();
  await page.getByText("Выделите текст").waitFor();
  expect(reader.complaints).toEqual([]);
  await reader.leave();
});

test("the page is bookmarked from the keyboard, and the bookmark leads back to it", async () => {
  const reader = await Reader.arrive(stage);
  await reader.signIn();
  const { page } = reader;
  const id = await reader.richestBook();
  await page.goto(`/books/${id}/read?at=0.0`);
  await reader.textShown();
  await page.keyboard.press("KeyB");
  await page.getByText("Закладка поставлена").waitFor();
  await page.keyboard.press("End");
  await page.getByRole("button", { name: "Закладки и заметки" }).click();
  await page.locator("dialog[open] .quote").first().click();
  await page.keyboard.press("KeyB");
  await page.getByText("Закладка убрана").waitFor();
  expect(reader.complaints).toEqual([]);
  await reader.leave();
});
