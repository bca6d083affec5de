import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { firstShown, isShown } from "./page-reading.ts";
import { Reader, raiseStage, type Stage } from "./stage.ts";

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

interface ChapterAnswer {
  text: string;
  length: number;
}

async function api<Answer>(path: string): Promise<Answer> {
  const answer = await reader.context.request.get(`/api/v1${path}`);
  expect(answer.status(), path).toBe(200);
  return (await answer.json()) as Answer;
}

/** The offset that the service has for this reader once the page has had time to send it. */
async function savedPlace(id: string): Promise<{ chapter: number; offset: number; version: number }> {
  await reader.page.waitForTimeout(2_200);
  return api(`/books/${id}/position`);
}

describe("coming in", () => {
  test("a wrong password is explained, the right one leads to the shelf", async () => {
    const { page } = reader;
    await page.goto("/sign-in");
    await page.getByLabel("Электронная почта").fill(stage.email);
    await page.getByLabel("Пароль", { exact: true }).fill("совсем не тот пароль");
    await page.getByRole("button", { name: "Войти", exact: true }).click();
    await page.getByText("Почта или пароль не подходят").waitFor();
    reader.complaints.length = 0;
    await reader.signIn();
    expect(reader.complaints).toEqual([]);
  });

  test("a newcomer signs up and lands on an empty shelf", async () => {
    const { page } = reader;
    await page.goto("/sign-up");
    await page.getByLabel("Как вас называть").fill("Новая Читательница");
    await page.getByLabel("Электронная почта").fill(`newcomer-${Date.now()}@example.com`);
    await page.getByLabel("Пароль", { exact: true }).fill("четыре случайных слова сегодня");
    await page.getByRole("button", { name: "Создать и войти" }).click();
    await page.getByRole("heading", { name: "Мои книги" }).waitFor();
    await page.getByRole("heading", { name: "Полка пока пуста" }).waitFor();
    expect(reader.complaints).toEqual([]);
  });

  test("password managers can tell the fields apart", async () => {
    const { page } = reader;
    await page.goto("/sign-in");
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(
      await page
        .locator("input")
        .evaluateAll((inputs) => inputs.map((input) => input.getAttribute("autocomplete"))),
    ).toEqual(["username", "current-password"]);
    await page.goto("/sign-up");
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(
      await page
        .locator("input")
        .evaluateAll((inputs) => inputs.map((input) => input.getAttribute("autocomplete"))),
    ).toEqual(["name", "username", "new-password"]);
  });

  test("whoever is not signed in is asked to, and then taken where they were going", async () => {
    const { page } = reader;
    await page.goto("/account");
    await page.getByLabel("Электронная почта").fill(stage.email);
    await page.getByLabel("Пароль", { exact: true }).fill(stage.password);
    await page.getByRole("button", { name: "Войти", exact: true }).click();
    await page.getByRole("heading", { name: "Учётная запись" }).waitFor();
    expect(new URL(page.url()).pathname).toBe("/account");
    await page.getByRole("button", { name: "Выйти" }).click();
    await page.getByRole("heading", { name: "С возвращением" }).waitFor();
    expect(reader.complaints).toEqual([]);
  });

  test("the whole app speaks English when asked", async () => {
    const { page } = reader;
    await page.goto("/sign-in");
    await page.getByRole("button", { name: "English" }).click();
    await page.getByRole("heading", { name: "Welcome back" }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe("en");
    expect(await page.title()).toBe("Sign in · BookReader AI");
    await page.reload();
    await page.getByRole("heading", { name: "Welcome back" }).waitFor();
  });
});

describe("the shelf", () => {
  test("files are uploaded, followed through every stage and can be opened", async () => {
    await reader.signIn();
    const { page } = reader;
    const text =
      "Глава 1\n\nЗа окном темнел лес, и над ним стояла огромная жёлтая луна. Старик в рваном тулупе молча смотрел на дорогу.\n\n".repeat(
        8,
      );
    const names = [`Лунная дорога ${Date.now()}.txt`, `Старый дом ${Date.now()}.txt`];
    await page.locator("input[type=file]").setInputFiles(
      names.map((name, index) => ({
        name,
        mimeType: "text/plain",
        buffer: Buffer.from(`${name}\n\n${text}${index}${Date.now()}`),
      })),
    );
    const tray = page.locator(".tray li");
    await expect.poll(() => tray.count()).toBe(2);
    await expect.poll(() => tray.getByText("На полке").count(), { timeout: 45_000 }).toBe(2);
    await tray.first().getByRole("link", { name: "Открыть" }).click();
    await page.getByRole("link", { name: "Читать" }).click();
    await reader.textShown();
    expect(await page.locator(".flow").evaluate((flow) => flow.textContent)).toContain(
      "огромная жёлтая луна",
    );
    expect(reader.complaints).toEqual([]);
  });

  test("what is no book is refused with a reason", async () => {
    await reader.signIn();
    const { page } = reader;
    await page.locator("input[type=file]").setInputFiles({
      name: "song.mp3",
      mimeType: "audio/mpeg",
      buffer: Buffer.from([0xff, 0xfb, 0x90, 0, 1, 2, 3, 4]),
    });
    await page.locator(".tray .why").waitFor({ timeout: 30_000 });
    expect(await page.locator(".tray .why").textContent()).toContain("Это не книга");
  });

  test("a file dropped on the window is taken", async () => {
    await reader.signIn();
    const { page } = reader;
    await page.evaluate(() => {
      const transfer = new DataTransfer();
      transfer.items.add(
        new File([`Тихий вечер у реки. ${Math.random()}\n`.repeat(40)], "Перетащили.txt", {
          type: "text/plain",
        }),
      );
      for (const kind of ["dragenter", "dragover", "drop"]) {
        window.dispatchEvent(
          new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true }),
        );
      }
    });
    await page.locator(".tray li").waitFor();
    expect(await page.locator(".tray .name").first().textContent()).toMatch(/Перетащили/);
  });

  test("search finds by title without minding case, and says when there is nothing", async () => {
    await reader.signIn();
    const { page } = reader;
    await page.goto("/?show=catalogue");
    const card = page.locator("article h2").first();
    await card.waitFor();
    const title = ((await card.textContent()) ?? "").trim();
    await page.getByRole("searchbox").fill(title.toUpperCase());
    await page.getByText("1 книга").waitFor();
    await page.getByRole("searchbox").fill("щщщъъъ");
    await page.getByRole("heading", { name: "Ничего не нашлось" }).waitFor();
  });
});

describe("the reader", () => {
  test("each chapter's text in the browser is the service's text, marks and all", async () => {
    await reader.signIn();
    const id = await reader.openBook();
    const { items } = await api<{ items: { index: number; length: number; parts: { start: number }[] }[] }>(
      `/books/${id}/chapters`,
    );
    for (const { index, length, parts } of items.slice(0, 12)) {
      const { text } = await api<ChapterAnswer>(`/books/${id}/chapters/${index}`);
      expect(text.length).toBe(length);
      for (const [part, { start }] of parts.entries()) {
        await reader.page.goto(`/books/${id}/read?at=${index}.${start}`);
        await reader.textShown();
        const shown = await reader.page.locator(".flow").evaluate((flow) => flow.textContent ?? "");
        expect(shown, `chapter ${index}, part ${part}`).toBe(
          text.slice(start, parts[part + 1]?.start ?? length),
        );
      }
    }
    expect(reader.complaints).toEqual([]);
  });

  test("a place outlives reload, resizing, another font size and another theme, to the character", async () => {
    await reader.signIn();
    const id = await reader.openBook();
    const { page } = reader;
    await page.goto(`/books/${id}/read?at=1.0`);
    await reader.textShown();
    await page.keyboard.press("ArrowRight");
    const before = await firstShown(reader.page);
    const { offset, chapter } = await savedPlace(id);
    expect(chapter).toBe(1);
    expect(before.length).toBeGreaterThan(0);

    for (const viewport of [
      { width: 390, height: 844 },
      { width: 844, height: 390 },
      { width: 1_600, height: 1_000 },
      { width: 1_280, height: 800 },
    ]) {
      await page.setViewportSize(viewport);
      await page.waitForTimeout(250);
      expect(await isShown(reader.page, offset), `${viewport.width} × ${viewport.height}`).toBe(true);
    }
    expect(await firstShown(reader.page)).toBe(before);

    await page.keyboard.press("KeyM");
    await page.getByRole("button", { name: "Вид страницы" }).click();
    for (let step = 0; step < 8; step += 1)
      await page.getByRole("button", { name: "Размер: Крупнее" }).click();
    await page.getByRole("radio", { name: "Сепия" }).check();
    await page.waitForTimeout(200);
    expect(await isShown(reader.page, offset)).toBe(true);
    await page.getByRole("radio", { name: "Лентой" }).check();
    await page.waitForTimeout(200);
    expect(await isShown(reader.page, offset)).toBe(true);
    await page.getByRole("radio", { name: "Страницами" }).check();
    await page.getByRole("button", { name: "Вернуть как было" }).click();
    await page.keyboard.press("Escape");
    expect(await firstShown(reader.page)).toBe(before);

    await page.reload();
    await reader.textShown();
    expect(await firstShown(reader.page)).toBe(before);
    expect(await savedPlace(id)).toMatchObject({ chapter, offset });
    expect(reader.complaints).toEqual([]);
  });

  test("pages turn by keys, taps and the wheel, and lead from chapter to chapter and back", async () => {
    await reader.signIn();
    const id = await reader.openBook();
    const { page } = reader;
    await page.goto(`/books/${id}/read?at=1.0`);
    await reader.textShown();
    const first = await firstShown(reader.page);
    await page.keyboard.press("PageDown");
    const second = await firstShown(reader.page);
    expect(second).not.toBe(first);
    await page.keyboard.press("ArrowLeft");
    expect(await firstShown(reader.page)).toBe(first);
    await page.mouse.click(1_240, 400);
    expect(await firstShown(reader.page)).toBe(second);
    await page.mouse.click(40, 400);
    expect(await firstShown(reader.page)).toBe(first);
    await page.mouse.move(640, 400);
    await page.mouse.wheel(0, 120);
    await page.waitForTimeout(200);
    expect(await firstShown(reader.page)).toBe(second);
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowRight");
    await page.waitForTimeout(600);
    expect((await savedPlace(id)).chapter).toBe(2);
    await page.keyboard.press("ArrowLeft");
    await page.waitForTimeout(600);
    expect((await savedPlace(id)).chapter).toBe(1);
    expect(reader.complaints).toEqual([]);
  });

  test("a tapped passage shows its picture, and the next one's", async () => {
    await reader.signIn();
    const id = await reader.openBook();
    const { page } = reader;
    const { items } = await api<{ items: { chapter: number; start: number; text: string }[] }>(
      `/books/${id}/descriptions?per_page=100`,
    );
    const described = items.find(
      ({ chapter }) => items.filter((other) => other.chapter === chapter).length > 1,
    );
    if (!described) throw new Error("the book under test has no chapter with two descriptions");
    await page.goto(`/books/${id}/read?at=${described.chapter}.${described.start}`);
    await reader.textShown();
    const marks = await page.locator("mark.passage").allTextContents();
    expect(marks.join("").replace(/\s/g, "")).toContain(described.text.slice(0, 24).replace(/\s/g, ""));
    await page.locator(".passage-button").first().press("Enter");
    const dialog = page.locator("dialog[open]");
    await dialog.locator("img.picture.done").waitFor({ timeout: 30_000 });
    expect(
      await dialog.locator("img.picture").evaluate((image: HTMLImageElement) => image.naturalWidth),
    ).toBeGreaterThan(100);
    const quote = await dialog.locator("blockquote").textContent();
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => dialog.locator("blockquote").textContent()).not.toBe(quote);
    await dialog.locator("img.picture.done").waitFor({ timeout: 30_000 });
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect(
      await page
        .locator(".passage-button")
        .first()
        .evaluate((button) => (button.getRootNode() as ShadowRoot).activeElement?.className),
    ).toContain("passage-button");
    expect(reader.complaints).toEqual([]);
  });

  test("a place saved by another device meanwhile is offered, not overwritten", async () => {
    await reader.signIn();
    const id = await reader.openBook();
    const { page } = reader;
    await page.goto(`/books/${id}/read?at=1.0`);
    await reader.textShown();
    await page.keyboard.press("ArrowRight");
    const { version } = await savedPlace(id);
    const other = await page.evaluate(
      async ([book, expected]) => {
        const answer = await fetch(`/api/v1/books/${book}/position`, {
          method: "PUT",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ chapter: 2, offset: 300, device: "Телефон", expected_version: expected }),
        });
        return answer.status;
      },
      [id, version] as const,
    );
    expect(other).toBe(200);
    await page.keyboard.press("ArrowRight");
    await page.getByText("Вы уже читали дальше").waitFor({ timeout: 10_000 });
    expect(await savedPlace(id)).toMatchObject({ chapter: 2, offset: 300 });
    await page.getByRole("button", { name: "Перейти туда" }).click();
    await page.waitForTimeout(500);
    expect(await savedPlace(id)).toMatchObject({ chapter: 2 });
    await page.getByRole("button", { name: "Вернуться, где читали" }).waitFor();
  });

  test("the contents lead to a chapter, and the chip leads back", async () => {
    await reader.signIn();
    const id = await reader.openBook();
    const { page } = reader;
    await page.goto(`/books/${id}/read?at=0.0`);
    await reader.textShown();
    await page.waitForTimeout(300);
    const first = await firstShown(reader.page);
    await page.keyboard.press("KeyT");
    await page.locator("dialog[open] ol button").nth(2).click();
    await page.waitForTimeout(500);
    expect(await firstShown(reader.page)).not.toBe(first);
    await page.getByRole("button", { name: "Вернуться, где читали" }).click();
    await page.waitForTimeout(500);
    expect(await firstShown(reader.page)).toBe(first);
    expect(reader.complaints).toEqual([]);
  });

  test("a book of the catalogue can be read by whoever is not signed in", async () => {
    const { page } = reader;
    await page.goto("/?show=catalogue");
    await page.locator("article a").first().click();
    await page.getByRole("link", { name: "Читать" }).click();
    await reader.textShown();
    await page.keyboard.press("ArrowRight");
    await page.waitForTimeout(1_800);
    const shown = await firstShown(reader.page);
    await page.reload();
    await reader.textShown();
    expect(await firstShown(reader.page)).toBe(shown);
    expect(reader.complaints).toEqual([]);
  });
});

test("a word is found in its forms, and what lies ahead only when asked for", async () => {
  await reader.signIn();
  const id = await reader.richestBook();
  const { page } = reader;
  await page.evaluate(async (book) => {
    const path = `/api/v1/books/${book}/position`;
    const { version } = (await (await fetch(path)).json()) as { version: number };
    const place = { chapter: 0, offset: 0, device: "test", expected_version: version };
    await fetch(path, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(place),
    });
  }, id);
  await page.goto(`/books/${id}/read?at=0.0`);
  await reader.textShown();
  const { language } = await api<{ language: string }>(`/books/${id}`);
  const query = language.startsWith("en") ? "house" : "лошадь";
  await page.keyboard.press("KeyS");
  await page.getByRole("searchbox").fill(query);
  const ahead = page.getByRole("button", { name: /впереди. Показать/ });
  await ahead.click();
  const hit = page.locator("dialog[open] ol button").last();
  const match = (await hit.locator("mark").textContent()) ?? "";
  expect(match.toLowerCase()).toMatch(/^(house|лошад)/);
  await hit.click();
  await page.waitForTimeout(700);
  const highlighted = await page.evaluate(() => [...(CSS.highlights.get("found-in-book") ?? [])].map(String));
  expect(highlighted).toEqual([match]);
  expect(reader.complaints).toEqual([]);
});

describe("notes and links", () => {
  test("a note opens beside its reference and gives the focus back; a link jumps", async () => {
    if (stage.real) return;
    await reader.signIn();
    const id = await reader.richestBook();
    const { page } = reader;
    await page.goto(`/books/${id}/read?at=0.0`);
    await reader.textShown();
    await page.locator("a.note-ref").focus();
    await page.keyboard.press("Enter");
    const note = page.getByRole("dialog", { name: "Примечание" });
    await note.getByText("верста равна 1067 метрам").waitFor();
    await page.keyboard.press("Escape");
    expect(
      await page
        .locator("a.note-ref")
        .evaluate((link) => (link.getRootNode() as ShadowRoot).activeElement === link),
    ).toBe(true);
    await page.locator('a[data-chapter="2"]').press("Enter");
    await page.waitForTimeout(500);
    expect(await page.locator(".flow h2").textContent()).toContain("Изба у оврага");
    expect(reader.complaints).toEqual([]);
  });
});
