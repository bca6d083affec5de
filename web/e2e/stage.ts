import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from "playwright-core";
import { serveMock } from "../mock/server.ts";
import { DEMO } from "../mock/world.ts";

/** Where the tests run: a real service named by BASE_URL, else the built app over the mock. */
export interface Stage {
  url: string;
  real: boolean;
  email: string;
  password: string;
  /** Who looks after the service; only a real one has them. Their password is the reader's. */
  administrator: string;
  /** The folder of letters that a real service leaves there as files. */
  letters: string;
  browser: Browser;
  close: () => Promise<void>;
}

const DIST = new URL("../dist/index.html", import.meta.url).pathname;
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export async function raiseStage(): Promise<Stage> {
  const base = process.env.SERVICE_URL?.replace(/\/$/, "") || undefined;
  if (base === undefined && !existsSync(DIST)) throw new Error(`${DIST} is missing: run npm run build first`);
  const mock = base === undefined ? await serveMock(dirname(DIST)) : null;
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: FLAGS,
  });
  return {
    url: base ?? mock?.url ?? "",
    real: base !== undefined,
    email: process.env.E2E_EMAIL ?? DEMO.email,
    password: process.env.E2E_PASSWORD ?? DEMO.password,
    administrator: process.env.E2E_ADMINISTRATOR ?? "",
    letters: process.env.E2E_LETTERS ?? "",
    browser,
    close: async () => {
      await browser.close();
      await mock?.close();
    },
  };
}

/** A browser of its own, with everything it complains of. */
export class Reader {
  readonly complaints: string[] = [];

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    readonly stage: Stage,
  ) {}

  static async arrive(stage: Stage, options: BrowserContextOptions = {}): Promise<Reader> {
    const context = await stage.browser.newContext({
      locale: "ru-RU",
      // A worker would answer before the tests' own routes do; the tests of reading without a network allow it.
      serviceWorkers: "block",
      viewport: { width: 1280, height: 800 },
      baseURL: stage.url,
      ...options,
    });
    const page = await context.newPage();
    const reader = new Reader(context, page, stage);
    page.on("console", (message) => {
      const ofTheTest = message.text() === "Service Worker registration blocked by Playwright";
      if (/^(error|warning)$/.test(message.type()) && !ofTheTest)
        reader.complaints.push(`${message.text()} ${message.location().url}`.trim());
    });
    page.on("pageerror", (error) => reader.complaints.push(String(error)));
    return reader;
  }

  async signIn(email = this.stage.email, password = this.stage.password): Promise<void> {
    await this.page.goto("/sign-in");
    await this.page.getByLabel("Электронная почта").fill(email);
    await this.page.getByLabel("Пароль", { exact: true }).fill(password);
    await this.page.getByRole("button", { name: "Войти", exact: true }).click();
    await this.page.getByRole("heading", { name: "Мои книги" }).waitFor();
  }

  /** Puts a book on the shelf and waits until it can be read; answers its id. */
  async upload(book: { name: string; content: string }): Promise<string> {
    const file = { name: book.name, mimeType: "application/octet-stream", buffer: Buffer.from(book.content) };
    // The cookies of the page go along; a browser would name the page's origin too.
    const headers = { origin: new URL(this.page.url()).origin };
    const answer = await this.context.request.post("/api/v1/books", { multipart: { file }, headers });
    if (answer.status() >= 300) throw new Error(`the upload was answered with ${answer.status()}`);
    const { id } = ((await answer.json()) as { book: { id: string } }).book;
    for (let look = 0; look < 200; look += 1) {
      const { status } = (await (await this.context.request.get(`/api/v1/books/${id}`)).json()) as {
        status: string;
      };
      if (status === "ready" || status === "describing") return id;
      if (status === "failed") throw new Error("the uploaded book could not be read");
      await this.page.waitForTimeout(150);
    }
    throw new Error("the uploaded book did not become readable");
  }

  /** Opens the book with the most descriptions and waits for its text. */
  async openBook(): Promise<string> {
    const id = await this.richestBook();
    await this.page.goto(`/books/${id}/read`);
    await this.textShown();
    return id;
  }

  async richestBook(): Promise<string> {
    const answer = await this.context.request.get("/api/v1/books?scope=all&per_page=100");
    const { items } = (await answer.json()) as {
      items: {
        id: string;
        status: string;
        chapter_count: number;
        description_count: number;
        length: number;
      }[];
    };
    const ready = items
      .filter(({ status }) => status === "ready" || status === "describing")
      .sort((a, b) => b.description_count - a.description_count || b.length - a.length);
    if (!ready[0]) throw new Error("the service under test has no readable book");
    return ready[0].id;
  }

  async textShown(): Promise<void> {
    await this.page.locator(".flow :is(p, h1, h2, h3)").first().waitFor({ state: "attached" });
    await this.page.evaluate(() => document.fonts.ready.then(() => undefined));
    await this.page.waitForTimeout(250);
  }

  /** Whatever axe finds wrong on the screen, in one line each. */
  async violations(): Promise<string[]> {
    await this.page.evaluate(AXE);
    return this.page.evaluate(async () => {
      const axe = (
        globalThis as unknown as { axe: { run(options: object): Promise<{ violations: AxeViolation[] }> } }
      ).axe;
      interface AxeViolation {
        id: string;
        help: string;
        nodes: { target: string[] }[];
      }
      const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
      const { violations } = await axe.run({ runOnly: tags });
      return violations.map(
        ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ target }) => target.join(" ")).join(" | ")}`,
      );
    });
  }

  leave(): Promise<void> {
    return this.context.close();
  }
}

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
