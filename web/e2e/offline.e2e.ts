import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Reader, raiseStage, type Stage } from "./stage.ts";

let stage: Stage;
let reader: Reader;
beforeAll(async () => {
  stage = await raiseStage();
});
afterAll(() => stage?.close());
beforeEach(async () => {
  reader = await Reader.arrive(stage, { serviceWorkers: "allow" });
});
afterEach(() => reader.leave());

async function keepBook(): Promise<string> {
  await reader.signIn();
  const id = await reader.richestBook();
  await reader.page.goto(`/books/${id}`);
  await reader.page.getByRole("button", { name: "Читать без сети" }).click();
  await reader.page.getByRole("button", { name: "Есть без сети" }).waitFor();
  return id;
}

/** Chromium tells of each request that a missing network refuses; a test that takes the network away expects that. */
function otherComplaints(): string[] {
  return reader.complaints.filter((complaint) => !/^Failed to load resource: net::/.test(complaint));
}

describe("without a network", () => {
  test("a kept book opens, turns its pages, and the place is sent when the network is back", async () => {
    const id = await keepBook();
    const { page, context } = reader;
    await context.setOffline(true);
    await page.goto(`/books/${id}/read`);
    await reader.textShown();
    for (let turn = 0; turn < 3; turn += 1) {
      await page.keyboard.press("ArrowRight");
      await page.waitForTimeout(400);
    }
    await page.waitForTimeout(2_000);
    await page.goto("/");
    await page.getByRole("heading", { name: "Мои книги" }).waitFor();

    await context.setOffline(false);
    const unsent = () =>
      page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes("unsent")));
    await expect.poll(unsent, { timeout: 20_000 }).toEqual([]);
    const answer = await context.request.get(`/api/v1/books/${id}/position`);
    expect(((await answer.json()) as { version: number }).version).toBeGreaterThan(0);
    expect(otherComplaints()).toEqual([]);
  });

  test("signing out leaves nothing of the reader in the browser", async () => {
    await keepBook();
    const { page } = reader;
    await page.goto("/account");
    await page.getByText(/Без сети: 1 книга/).waitFor();
    await page.getByRole("button", { name: "Выйти" }).click();
    await page.waitForURL(/sign-in/);
    await expect.poll(() => page.evaluate(() => caches.has("reader-1"))).toBe(false);
    expect(
      await page.evaluate(() => Object.keys(localStorage).filter((key) => /kept|unsent/.test(key))),
    ).toEqual([]);
  });
});
