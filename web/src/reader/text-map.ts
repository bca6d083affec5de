/** A spot in a text node: `at` counts UTF-16 code units from the node's start. */
export interface Spot {
  node: Text;
  at: number;
}

/**
 * Maps offsets in a root's `textContent` to its text nodes and back. It stays right as long as no text
 * node is split, added or removed; wrap passages first.
 */
export class TextMap {
  private readonly nodes: Text[] = [];
  private readonly starts: number[] = [];
  readonly length: number;

  constructor(root: Node) {
    const walker = root.ownerDocument?.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    let length = 0;
    for (let node = walker?.nextNode(); node; node = walker?.nextNode()) {
      const text = node as Text;
      if (text.length === 0) continue;
      this.nodes.push(text);
      this.starts.push(length);
      length += text.length;
    }
    this.length = length;
  }

  /** The spot at an offset: the start of the later node where two meet; the very end for what is beyond. */
  locate(offset: number): Spot | null {
    const index = this.indexAt(offset);
    const node = this.nodes[index];
    const start = this.starts[index];
    if (node === undefined || start === undefined) return null;
    return { node, at: Math.max(0, Math.min(offset - start, node.length)) };
  }

  /** The offset of a spot, or null for a node that is not in this map. */
  offsetOf({ node, at }: Spot): number | null {
    const index = this.nodes.indexOf(node);
    const start = this.starts[index];
    return start === undefined ? null : start + Math.min(at, node.length);
  }

  /** The offset at which an element's content begins. */
  offsetOfElement(element: Element): number | null {
    const index = this.nodes.findIndex(
      (node) => (element.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING) === 0,
    );
    return index < 0 ? this.length : (this.starts[index] ?? null);
  }

  private indexAt(offset: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** A range over `[start, end)`; null for an empty root. */
export function rangeOf(map: TextMap, start: number, end: number): Range | null {
  const from = map.locate(start);
  const to = map.locate(Math.max(start, end - 1));
  if (!from || !to) return null;
  const range = from.node.ownerDocument.createRange();
  range.setStart(from.node, from.at);
  range.setEnd(to.node, Math.min(to.at + (end > start ? 1 : 0), to.node.length));
  return range;
}
