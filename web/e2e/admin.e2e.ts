import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Reader, raiseStage, type Stage } from "./stage.ts";

const PASSWORD = "четыре случайных слова сегодня";
/** Only a real service has somebody who looks after it. */
const hasAdministrator = Boolean(process.env.SERVICE_URL && process.env.E2E_ADMINISTRATOR);

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

test("a reader who opens the administration finds no such page", async () => {
  await reader.signIn();
  await reader.page.goto("/admin/users");
  await reader.page.getByRole("heading", { name: "Эта страница выпала из книги" }).waitFor();
  expect(await reader.page.getByText("Управление службой").count()).toBe(0);
  expect(reader.complaints).toEqual([]);
});

describe.runIf(hasAdministrator)("who looks after the service", () => {
  test("sees its health, its work, its letters and its log", async () => {
    await reader.signIn(stage.administrator);
    const { page } = reader;
    await page.goto("/account");
    await page.getByRole("link", { name: "Управление службой" }).click();
    await page.getByText("База данных").waitFor();
    await page.locator(".chart canvas").waitFor();
    expect(await reader.violations()).toEqual([]);
    for (const part of ["Читатели", "Работы", "Письма", "Журнал"]) {
      await page.getByRole("link", { name: part }).click();
      await page.locator("main table, main .soft").first().waitFor();
      expect(await reader.violations(), part).toEqual([]);
    }
    expect(reader.complaints).toEqual([]);
  });

  test("shuts a reader out, with a reason, and lets them in again", async () => {
    const email = `unruly-${Date.now()}@example.com`;
    const { page } = reader;
    const registration = { email, password: PASSWORD, full_name: "Шумный Гость" };
    await page.goto("/sign-in");
    await reader.context.request.post("/api/v1/users/register", { data: registration });
    await reader.signIn(stage.administrator);
    await page.goto("/admin/users");
    await page.getByLabel("Почта или имя").fill(email);
    await page.getByText("1 читатель").waitFor();
    await page.getByRole("button", { name: "Закрыть доступ" }).click();
    await page.getByLabel("Причина для журнала").fill("рассылал рекламу");
    expect(await reader.violations()).toEqual([]);
    await page.locator("dialog[open]").getByRole("button", { name: "Закрыть доступ" }).click();
    await page.getByText("Закрыт доступ: рассылал рекламу").waitFor();

    const guest = await Reader.arrive(stage);
    const answer = await guest.context.request.post("/api/v1/auth/login", {
      data: { email, password: PASSWORD },
    });
    expect(answer.ok()).toBe(false);
    await guest.leave();

    await page.getByRole("button", { name: "Вернуть доступ" }).click();
    await page.getByText("Доступ вернулся").waitFor();
    await page.getByLabel(`Выдать план: ${email}`).selectOption("premium");
    await page.getByText("План изменён").waitFor();
    expect(reader.complaints).toEqual([]);
  });
});
