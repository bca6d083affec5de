/** A described passage of a section; offsets count from the section's own start. */
export interface Passage {
  id: string;
  start: number;
  end: number;
  /** What a screen reader calls the passage's button. */
  label: string;
}

/** Blocks are separated by a line feed of their own. */
const BETWEEN_BLOCKS = /^\s*\n\s*$/;

/**
 * Wraps every passage in `<mark class="passage" data-passage>` and ends it with a button that has no text
 * node, so the text and all its offsets stay as they were. Run it on a detached fragment: the page is then
 * laid out once. A passage that begins inside another one begins at that one's end.
 */
export function wrapPassages(root: DocumentFragment | Element, passages: readonly Passage[]): void {
  const ordered = [...passages].filter((passage) => passage.end > passage.start);
  ordered.sort((a, b) => a.start - b.start || b.end - a.end);
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let node = walker.nextNode() as Text | null;
  let start = 0;
  let covered = 0;
  for (const passage of ordered) {
    const from = Math.max(passage.start, covered);
    if (from >= passage.end) continue;
    covered = passage.end;
    let last: HTMLElement | null = null;
    while (node && start < passage.end) {
      const end = start + node.length;
      if (end <= from) {
        start = end;
        node = walker.nextNode() as Text | null;
        continue;
      }
      const piece = cut(node, Math.max(0, from - start), Math.min(node.length, passage.end - start));
      const rest = piece.nextSibling as Text | null;
      const hasRest = passage.end < end;
      if (!BETWEEN_BLOCKS.test(piece.data)) last = wrap(piece, passage.id);
      if (hasRest && rest) {
        start = passage.end;
        node = rest;
        walker.currentNode = rest;
        break;
      }
      start = end;
      walker.currentNode = piece;
      node = walker.nextNode() as Text | null;
    }
    last?.append(button(root.ownerDocument, passage));
  }
}

/** Splits `[from, to)` of a text node into a node of its own. */
function cut(node: Text, from: number, to: number): Text {
  const piece = from > 0 ? node.splitText(from) : node;
  if (to - from < piece.length) piece.splitText(to - from);
  return piece;
}

function wrap(piece: Text, id: string): HTMLElement {
  const mark = piece.ownerDocument.createElement("mark");
  mark.className = "passage";
  mark.dataset.passage = id;
  piece.replaceWith(mark);
  mark.append(piece);
  return mark;
}

function button(document: Document, passage: Passage): HTMLButtonElement {
  const control = document.createElement("button");
  control.type = "button";
  control.className = "passage-button";
  control.dataset.passage = passage.id;
  control.setAttribute("aria-label", passage.label);
  control.setAttribute("aria-haspopup", "dialog");
  return control;
}
