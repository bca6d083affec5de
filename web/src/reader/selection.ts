/** A part of the laid-out section that the reader has selected; offsets count from the section's start. */
export interface Selected {
  start: number;
  end: number;
  text: string;
  /** Where it is in the window. */
  box: DOMRect;
}

/** The selection within a shadow tree, in whichever way this browser tells of it. */
export function selectedIn(root: ShadowRoot, flow: HTMLElement): Selected | null {
  const range = rangeWithin(root);
  if (!range || range.collapsed || !flow.contains(range.startContainer)) return null;
  if (!flow.contains(range.endContainer)) range.setEnd(flow, flow.childNodes.length);
  const text = range.toString();
  if (text.trim() === "") return null;
  const before = flow.ownerDocument.createRange();
  before.selectNodeContents(flow);
  before.setEnd(range.startContainer, range.startOffset);
  const lead = text.length - text.trimStart().length;
  const start = before.toString().length + lead;
  const trimmed = text.trim();
  return { start, end: start + trimmed.length, text: trimmed, box: range.getBoundingClientRect() };
}

export function clearSelection(root: ShadowRoot): void {
  shadowSelection(root)?.removeAllRanges();
  document.getSelection()?.removeAllRanges();
}

function rangeWithin(root: ShadowRoot): Range | null {
  const selection = shadowSelection(root) ?? document.getSelection();
  if (!selection || selection.rangeCount === 0) return null;
  const composed = selection.getComposedRanges?.({ shadowRoots: [root] })[0];
  if (!composed) return selection.getRangeAt(0).cloneRange();
  const range = document.createRange();
  range.setStart(composed.startContainer, composed.startOffset);
  range.setEnd(composed.endContainer, composed.endOffset);
  return range;
}

/** Chromium keeps a selection of its own for each shadow tree. */
function shadowSelection(root: ShadowRoot): Selection | null {
  return (root as ShadowRoot & { getSelection?: () => Selection | null }).getSelection?.() ?? null;
}
