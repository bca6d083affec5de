import type { Annotation } from "../api/types.ts";
import { isBookmark } from "./notebook.svelte.ts";

export interface ExportedBook {
  title: string;
  authors: readonly string[];
}

/** All annotations as a Markdown document: chapters as headings, marked text as quotes, notes beneath them. */
export function toMarkdown(
  book: ExportedBook,
  items: readonly Annotation[],
  chapterTitle: (chapter: number) => string,
): string {
  const lines = [`# ${escaped(book.title)}`, ""];
  if (book.authors.length > 0) lines.push(`*${escaped(book.authors.join(", "))}*`, "");
  let chapter = -1;
  for (const item of items) {
    if (item.chapter !== chapter) lines.push(`## ${escaped(chapterTitle(item.chapter))}`, "");
    chapter = item.chapter;
    const quoted = item.quote.trim().split(/\s*\n\s*/);
    const mark = isBookmark(item) ? "🔖 " : "";
    lines.push(...quoted.map((line, index) => `> ${index === 0 ? mark : ""}${escaped(line)}`), "");
    if (item.note.trim() !== "") lines.push(item.note.trim(), "");
  }
  return lines.join("\n");
}

/** The same as data, with W3C Web Annotation selectors: a position in UTF-16 units and a quote. */
export function toJson(book: ExportedBook, items: readonly Annotation[]): string {
  const annotations = items.map((item) => ({
    id: `urn:uuid:${item.id}`,
    type: "Annotation",
    motivation: isBookmark(item) ? "bookmarking" : item.note === "" ? "highlighting" : "commenting",
    created: item.created_at,
    modified: item.updated_at,
    body: { type: "TextualBody", value: item.note, colour: item.colour },
    target: {
      chapter: item.chapter,
      selector: [
        { type: "TextPositionSelector", start: item.start, end: item.end },
        { type: "TextQuoteSelector", exact: item.quote },
      ],
    },
  }));
  return JSON.stringify({ book, annotations }, null, 2);
}

/** Keeps a text from being read as Markdown. */
function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>#]/g, "\\$&");
}
