export interface Toast {
  id: number;
  text: string;
  tone: "calm" | "alarm";
}

const CALM_MS = 5_000;
let next = 0;

export const toasts: Toast[] = $state([]);

/** A short message at the edge of the window; an alarming one stays until it is closed. */
export function say(text: string, tone: Toast["tone"] = "calm"): void {
  if (toasts.some((toast) => toast.text === text)) return;
  next += 1;
  const id = next;
  toasts.push({ id, text, tone });
  if (tone === "calm") setTimeout(() => dismiss(id), CALM_MS);
}

export function dismiss(id: number): void {
  const index = toasts.findIndex((toast) => toast.id === id);
  if (index >= 0) toasts.splice(index, 1);
}
