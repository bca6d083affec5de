import { mkdirSync } from "node:fs";
import { afterAll, beforeAll, test } from "vitest";
import { Reader, raiseStage, type Stage } from "./stage.ts";

/** Pictures of every screen for people to look at: `npm run shots` puts them into test-results/shots. */
const wanted = Boolean(process.env.SHOTS);
const folder = new URL("../test-results/shots/", import.meta.url).pathname;
const WIDTHS = [390, 768, 1440];
const THEMES = ["light", "dark"] as const;

let stage: Stage;
beforeAll(async () => {
  if (!wanted) return;
  mkdirSync(folder, { recursive: true });
  stage = await raiseStage();
});
afterAll(() => stage?.close());

for (const width of WIDTHS) {
  for (const theme of THEMES) {
    test.runIf(wanted)(`${width} px, ${theme}`, async () => {
      const reader = await Reader.arrive(stage, {
        viewport: { width, height: width < 500 ? 844 : 900 },
        colorScheme: theme,
        hasTouch: width < 500,
      });
      const { page } = reader;
      const shoot = async (name: string) => {
        await page.evaluate(() => document.fonts.ready.then(() => undefined));
        await page.waitForTimeout(350);
        await page.screenshot({ path: `${folder}${name}-${width}-${theme}.png` });
      };
      await page.goto("/sign-in");
      await shoot("sign-in");
      await page.goto("/sign-up");
      await shoot("sign-up");
      await page.goto("/forgotten-password");
      await shoot("forgotten-password");
      await reader.signIn();
      await shoot("shelf");
      await page.goto("/?show=catalogue");
      await shoot("catalogue");
      const id = await reader.richestBook();
      await page.goto(`/books/${id}`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await shoot("book");
      await page.goto(`/books/${id}/read?at=1.0`);
      await reader.textShown();
      await shoot("reader-bars");
      await page.keyboard.press("ArrowRight");
      await shoot("reader");
      await page.keyboard.press("KeyB");
      await page.keyboard.press("KeyM");
      await page.getByRole("button", { name: "Закладки и заметки" }).click();
      await shoot("reader-notes");
      await page.keyboard.press("Escape");
      await page.locator("dialog[open]").waitFor({ state: "detached" });
      await page.getByRole("button", { name: "Люди до этого места" }).click();
      await shoot("reader-people");
      await page.keyboard.press("Escape");
      await page.locator("dialog[open]").waitFor({ state: "detached" });
      await page.keyboard.press("KeyM");
      await page.keyboard.press("KeyT");
      await shoot("reader-contents");
      await page.keyboard.press("Escape");
      await page.locator("dialog[open]").waitFor({ state: "detached" });
      await page.keyboard.press("KeyM");
      await page.getByRole("button", { name: "Вид страницы" }).click();
      await shoot("reader-appearance");
      await page.keyboard.press("Escape");
      await page.locator(".passage-button").nth(1).press("Enter");
      await page.locator("dialog .picture.done").waitFor();
      await shoot("reader-picture");
      await page.goto(`/books/${id}/gallery`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await shoot("gallery");
      await page.goto("/pictures");
      await shoot("pictures");
      await page.goto("/account");
      await shoot("account");
      await page.goto("/nowhere");
      await shoot("not-found");
      await reader.leave();
    });
  }
}
