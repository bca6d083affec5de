import type { Page } from "playwright-core";

/** The first characters on the page in view, found in another way than the app finds them. */
export function firstShown(page: Page): Promise<string> {
  return page.evaluate(() => {
    const root = document.querySelector(".page")?.shadowRoot;
    const scroller = root?.querySelector(".scroller");
    const flow = root?.querySelector(".flow");
    if (!scroller || !flow) return "";
    const box = scroller.getBoundingClientRect();
    const walker = document.createTreeWalker(flow, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node as Text;
      for (let at = 0; at < text.length; at += 1) {
        const range = document.createRange();
        range.setStart(text, at);
        range.setEnd(text, at + 1);
        const [rect] = range.getClientRects();
        if (rect && rect.width > 0 && rect.left >= box.left - 1 && rect.left < box.right) {
          return (text.data.slice(at) + (text.nextSibling?.textContent ?? "")).slice(0, 12);
        }
      }
    }
    return "";
  });
}

/** Whether the character at an offset of the laid-out section lies on the page in view. */
export function isShown(page: Page, offset: number): Promise<boolean> {
  return page.evaluate((wanted) => {
    const root = document.querySelector(".page")?.shadowRoot;
    const scroller = root?.querySelector(".scroller");
    const flow = root?.querySelector(".flow");
    if (!scroller || !flow) return false;
    const box = scroller.getBoundingClientRect();
    const walker = document.createTreeWalker(flow, NodeFilter.SHOW_TEXT);
    let start = 0;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node as Text;
      if (wanted < start + text.length) {
        const range = document.createRange();
        range.setStart(text, wanted - start);
        range.setEnd(text, wanted - start + 1);
        const [rect] = range.getClientRects();
        return (
          rect !== undefined &&
          rect.left >= box.left - 1 &&
          rect.left < box.right &&
          rect.top >= box.top - 1 &&
          rect.top < box.bottom
        );
      }
      start += text.length;
    }
    return false;
  }, offset);
}
