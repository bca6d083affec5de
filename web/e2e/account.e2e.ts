import { readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { proofByLetter } from "./letters.ts";
import { Reader, raiseStage, type Stage } from "./stage.ts";

const PASSWORD = "четыре случайных слова сегодня";

let stage: Stage;
let reader: Reader;
beforeAll(async () => {
  stage = await raiseStage();
});
afterAll(() => stage?.close());
beforeEach(async () => {
  reader = await Reader.arrive(stage);
});
afterEach(() => reader.leave());

/** A new account, signed in; answers its address. */
async function signUp(): Promise<string> {
  const { page } = reader;
  const email = `newcomer-${Date.now()}@example.com`;
  await page.goto("/sign-up");
  await page.getByLabel("Как вас называть").fill("Новая Читательница");
  await page.getByLabel("Электронная почта").fill(email);
  await page.getByLabel("Пароль", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Создать и войти" }).click();
  await page.getByRole("heading", { name: "Мои книги" }).waitFor();
  return email;
}

test("a forgotten password is replaced by the link of a letter, once", async () => {
  const email = `forgetful-${Date.now()}@example.com`;
  const { page } = reader;
  await page.goto("/sign-in");
  const account = { email, password: PASSWORD, full_name: "Забывчивая Читательница" };
  await reader.context.request.post("/api/v1/users/register", { data: account });
  await page.getByRole("link", { name: "Забыли пароль?" }).click();
  await page.getByLabel("Электронная почта").fill(email);
  await page.getByRole("button", { name: "Прислать ссылку" }).click();
  await page.getByRole("heading", { name: "Проверьте почту" }).waitFor();
  expect(await reader.violations()).toEqual([]);

  await page.goto(`/reset-password#${await proofByLetter(stage, email, "reset-password")}`);
  await page.getByLabel("Новый пароль").fill("совсем другие случайные слова");
  expect(await reader.violations()).toEqual([]);
  expect(new URL(page.url()).hash).toBe("");
  await page.getByRole("button", { name: "Сохранить пароль" }).click();
  await page.getByText("Пароль сменён. Войдите с новым.").waitFor();
  if (stage.real) await reader.signIn(email, "совсем другие случайные слова");
  expect(reader.complaints).toEqual([]);

  await page.goto(`/reset-password#${"a".repeat(43)}`);
  await page.getByLabel("Новый пароль").fill("совсем другие случайные слова");
  await page.getByRole("button", { name: "Сохранить пароль" }).click();
  await page.getByRole("heading", { name: "Ссылка больше не действует" }).waitFor();
});

test("an address is confirmed by the link of a letter", async () => {
  const email = await signUp();
  const { page } = reader;
  await page.goto(`/confirm-email#${await proofByLetter(stage, email, "confirm-email")}`);
  await page.getByRole("heading", { name: "Адрес подтверждён" }).waitFor();
  expect(await reader.violations()).toEqual([]);
  await page.goto("/account");
  await page.getByText("Адрес подтверждён", { exact: true }).waitFor();
  expect(reader.complaints).toEqual([]);
});

test("plan, devices and one's own data are shown; a wrong password changes nothing", async () => {
  await reader.signIn();
  const { page } = reader;
  await page.goto("/account");
  await page.getByText("Книги на полке").waitFor();
  await page.getByText("Это устройство", { exact: true }).first().waitFor();
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Скачать мои данные" }).click(),
  ]);
  const data = JSON.parse(readFileSync(await file.path(), "utf8")) as { profile: { email: string } };
  expect(data.profile.email).toBe(stage.email);
  expect(reader.complaints).toEqual([]);
  await page.getByLabel("Нынешний пароль").last().fill("совсем не тот пароль");
  await page.getByLabel("Новый пароль").fill(PASSWORD);
  await page.getByRole("button", { name: "Сменить пароль" }).click();
  await page.getByText("Это не ваш нынешний пароль.").waitFor();
  expect(await reader.violations()).toEqual([]);
});

test("another device is signed out from here", async () => {
  const email = stage.real ? await signUp() : stage.email;
  if (!stage.real) await reader.signIn();
  const other = await Reader.arrive(stage);
  if (stage.real) await other.signIn(email, PASSWORD);
  const { page } = reader;
  await page.goto("/account");
  await page
    .getByRole("button", { name: /^Завершить вход/ })
    .first()
    .click();
  await page.getByText("Вход завершён").waitFor();
  if (stage.real) {
    await other.page.goto("/account");
    await other.page.getByRole("heading", { name: "С возвращением" }).waitFor();
  }
  expect(reader.complaints).toEqual([]);
  await other.leave();
});
