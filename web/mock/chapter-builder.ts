/** Builds a chapter's HTML and its text side by side, so that one is the other's `textContent`. */
export interface MockChapter {
  title: string;
  html: string;
  text: string;
  parts: { html: string; start: number }[];
  passages: { start: number; end: number; kind: string; text: string }[];
}

type Inline = string | { tag: string; attributes?: string; content: string } | { mark: string; kind: string };

export class ChapterBuilder {
  private html = "";
  private text = "";
  private readonly cuts: { at: number; start: number }[] = [{ at: 0, start: 0 }];
  private readonly passages: MockChapter["passages"] = [];

  constructor(private readonly title: string) {
    this.block("h2", [title], ' id="b-top"');
  }

  /** One block on a line of its own. */
  block(tag: string, content: Inline[], attributes = ""): this {
    if (this.html !== "") {
      this.html += "\n";
      this.text += "\n";
    }
    this.html += `<${tag}${attributes}>`;
    for (const piece of content) this.inline(piece);
    this.html += `</${tag}>`;
    return this;
  }

  paragraph(...content: Inline[]): this {
    return this.block("p", content);
  }

  verse(...lines: string[]): this {
    for (const line of lines) this.block("p", [line], ' class="verse"');
    return this;
  }

  image(name: string, width: number, height: number): this {
    this.html += `\n<figure><img src="resources/${name}" width="${width}" height="${height}" alt="Гравюра: дом у реки"></figure>`;
    this.text += "\n";
    return this;
  }

  /** Begins a new part here. */
  cut(): this {
    this.html += "\n";
    this.text += "\n";
    this.cuts.push({ at: this.html.length, start: this.text.length });
    return this;
  }

  build(): MockChapter {
    const parts = this.cuts.map(({ at, start }, index) => ({
      html: this.html.slice(at, this.cuts[index + 1]?.at ?? this.html.length),
      start,
    }));
    return { title: this.title, html: this.html, text: this.text, parts, passages: this.passages };
  }

  private inline(piece: Inline): void {
    if (typeof piece === "string") {
      this.html += escapeHtml(piece);
      this.text += piece;
    } else if ("mark" in piece) {
      const start = this.text.length;
      this.html += escapeHtml(piece.mark);
      this.text += piece.mark;
      this.passages.push({ start, end: this.text.length, kind: piece.kind, text: piece.mark });
    } else {
      this.html += `<${piece.tag}${piece.attributes ?? ""}>${escapeHtml(piece.content)}</${piece.tag}>`;
      this.text += piece.content;
    }
  }
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
