import { beforeEach, expect, test } from "vitest";
import { Problem } from "../api/problem.ts";
import type { Annotation, NewAnnotation } from "../api/types.ts";
import { toJson, toMarkdown } from "./export.ts";
import { type AnnotationStore, Notebook } from "./notebook.svelte.ts";
import { pendingOf } from "./pending.ts";

const AT = "2026-01-01T00:00:00Z";

/** A service that can be cut off. */
class Service implements AnnotationStore {
  readonly kept = new Map<string, Annotation>();
  down = false;
  calls = 0;

  async list(): Promise<Annotation[]> {
    this.reach();
    return [...this.kept.values()];
  }

  async keep(id: string, annotation: NewAnnotation): Promise<Annotation> {
    this.reach();
    if (annotation.chapter > 90) throw new Problem(422, "outside-book", "");
    const whole = {
      colour: "yellow" as const,
      note: "",
      ...annotation,
      id,
      revision: "r",
      created_at: AT,
      updated_at: AT,
    };
    this.kept.set(id, whole as Annotation);
    return whole as Annotation;
  }

  async remove(id: string): Promise<void> {
    this.reach();
    this.kept.delete(id);
  }

  private reach(): void {
    this.calls += 1;
    if (this.down) throw Problem.offline();
  }
}

function notebook(service: Service | null): Notebook {
  let count = 0;
  const prefix = String(service?.calls ?? 0);
  return new Notebook(
    "b",
    service,
    () => `${prefix}-${count++}`,
    () => AT,
  );
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

beforeEach(() => localStorage.clear());

test("a highlight is shown at once, sent, and gone from the list of what waits", async () => {
  const service = new Service();
  const notes = notebook(service);
  notes.highlight(1, 10, 20, "тихий снег", "blue");
  expect(notes.items.map(({ quote, colour }) => [quote, colour])).toEqual([["тихий снег", "blue"]]);
  await settled();
  expect([...service.kept.values()].map(({ start }) => start)).toEqual([10]);
  expect([notes.unsent, pendingOf("b")]).toEqual([0, {}]);
  notes.stop();
});

test("what was written without a connection survives the tab and is sent by the next one", async () => {
  const service = new Service();
  service.down = true;
  const first = notebook(service);
  const id = first.highlight(1, 10, 20, "снег", "pink");
  first.change(first.items[0] as Annotation, { note: "вернуться" });
  await settled();
  expect(first.unsent).toBe(1);
  first.stop();
  service.down = false;
  const second = notebook(service);
  expect(second.items.map(({ note }) => note)).toEqual(["вернуться"]);
  await second.load();
  expect(service.kept.get(id)?.note).toBe("вернуться");
  expect(second.unsent).toBe(0);
  second.stop();
});

test("a removal made without a connection is not undone by what the service still has", async () => {
  const service = new Service();
  const first = notebook(service);
  first.highlight(0, 1, 2, "а", "yellow");
  await settled();
  service.down = true;
  first.remove(first.items[0]?.id ?? "");
  await settled();
  first.stop();
  service.down = false;
  const second = notebook(service);
  await second.load();
  expect([second.items, service.kept.size]).toEqual([[], 0]);
  second.stop();
});

test("what the service refuses for good does not hold up the rest", async () => {
  const service = new Service();
  const notes = notebook(service);
  notes.highlight(99, 0, 1, "нет такой главы", "green");
  notes.highlight(0, 0, 1, "есть", "green");
  await settled();
  expect([...service.kept.values()].map(({ quote }) => quote)).toEqual(["есть"]);
  notes.stop();
});

test("without an account everything stays in this browser", async () => {
  const first = notebook(null);
  first.bookmark({ chapter: 0, offset: 5 }, "начало");
  first.stop();
  const second = notebook(null);
  expect(second.bookmarkAt(0, 0, 10)?.quote).toBe("начало");
  expect(second.bookmarkAt(0, 6, 10)).toBeNull();
  second.stop();
});

test("the export says all of it, as Markdown that shows the text as it is and as data", () => {
  const notes = notebook(null);
  notes.highlight(1, 3, 9, "*звёзды*\nи снег", "blue");
  notes.change(notes.items[0] as Annotation, { note: "Тютчев?" });
  notes.bookmark({ chapter: 0, offset: 5 }, "начало");
  const book = { title: "Зима", authors: ["А. П."] };
  expect(toMarkdown(book, notes.items, (chapter) => `Глава ${chapter + 1}`)).toBe(
    "# Зима\n\n*А. П.*\n\n## Глава 1\n\n> 🔖 начало\n\n## Глава 2\n\n> \\*звёзды\\*\n> и снег\n\nТютчев?\n",
  );
  const data = JSON.parse(toJson(book, notes.items));
  expect(data.annotations.map((one: { motivation: string }) => one.motivation)).toEqual([
    "bookmarking",
    "commenting",
  ]);
  expect(data.annotations[1].target.selector[0]).toEqual({ type: "TextPositionSelector", start: 3, end: 9 });
  notes.stop();
});
