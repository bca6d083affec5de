import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { Reader, raiseStage, type Stage } from "./stage.ts";

let stage: Stage;
let reader: Reader;
beforeAll(async () => {
  stage = await raiseStage();
});
afterAll(() => stage?.close());
beforeEach(async () => {
  reader = await Reader.arrive(stage);
  await reader.signIn();
});
afterEach(() => reader.leave());

/** Opens the picture of a passage of the richest book. */
async function openPicture(passage: number): Promise<void> {
  const { page } = reader;
  const id = await reader.richestBook();
  await page.goto(`/books/${id}/read?at=1.0`);
  await reader.textShown();
  await page.locator(".passage-button").nth(passage).press("Enter");
  await page.locator("dialog[open] img.picture.done").waitFor({ timeout: 60_000 });
}

test("a picture is drawn differently, and the first one is chosen again", async () => {
  const { page } = reader;
  await openPicture(0);
  const source = () => page.locator("dialog[open] img.picture.done").first().getAttribute("src");
  const first = await source();
  await page.getByRole("button", { name: "Нарисовать иначе" }).click();
  await expect.poll(source, { timeout: 60_000 }).not.toBe(first);
  await page.getByRole("button", { name: "Ещё", exact: true }).click();
  await page.getByRole("button", { name: "Показывать картинку 1" }).waitFor();
  expect(await reader.violations()).toEqual([]);
  await page.getByRole("button", { name: "Показывать картинку 1" }).click();
  await page.getByText("Теперь показывается эта картинка").waitFor();
  await page.reload();
  await reader.textShown();
  expect(reader.complaints).toEqual([]);
});

test("a picture is shared by a link that can be taken back, and shown over the whole window", async () => {
  const { page } = reader;
  await openPicture(1);
  await page.getByRole("button", { name: "Ещё", exact: true }).click();
  await page.getByRole("button", { name: "Поделиться ссылкой" }).click();
  const address = await page.getByRole("link", { name: /shared-pictures/ }).getAttribute("href");
  const stranger = await Reader.arrive(stage);
  if (stage.real) expect((await stranger.context.request.get(address ?? "")).status()).toBe(200);
  await page.getByRole("button", { name: "Закрыть ссылку" }).click();
  await page.getByText("Ссылка больше не работает").waitFor();
  if (stage.real) expect((await stranger.context.request.get(address ?? "")).status()).toBe(404);
  await stranger.leave();
  await page.getByRole("button", { name: "Во весь экран" }).click();
  await page.getByRole("link", { name: "Показать в книге" }).waitFor();
  expect(await reader.violations()).toEqual([]);
  expect(reader.complaints).toEqual([]);
});

test("a reported picture is gone at once", async () => {
  const { page } = reader;
  await openPicture(2);
  await page.getByRole("button", { name: "Ещё", exact: true }).click();
  await page.getByRole("button", { name: "Пожаловаться" }).click();
  await page.getByLabel("В одном-двух предложениях").fill("Это не то описание");
  expect(await reader.violations()).toEqual([]);
  await page.locator("dialog[open] form").getByRole("button", { name: "Пожаловаться" }).click();
  await page.getByText("Спасибо: картинка убрана").waitFor();
  expect(reader.complaints).toEqual([]);
});

test("the pictures of all books hang on one page, none from ahead unless asked", async () => {
  const { page } = reader;
  await page.goto("/pictures");
  await page.getByRole("heading", { name: "Все картинки" }).waitFor();
  await page.getByLabel("Манера").selectOption("ink");
  await page.waitForTimeout(500);
  expect(await reader.violations()).toEqual([]);
  expect(reader.complaints).toEqual([]);
});

test("pictures of the best passages are ordered on the book's page", async () => {
  const { page } = reader;
  const id = await reader.richestBook();
  await page.goto(`/books/${id}`);
  await page.getByText("Картинки для этой книги").click();
  await page.getByLabel("Сколько картинок").selectOption("5");
  await page.getByRole("button", { name: "Нарисовать лучшие места" }).click();
  await page.getByText(/Рисуем: \d+\. Уже готово|Все эти картинки уже есть/).waitFor();
  expect(await reader.violations()).toEqual([]);
  expect(reader.complaints).toEqual([]);
});
