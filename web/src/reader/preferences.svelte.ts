export const THEMES = ["auto", "light", "paper", "sepia", "dark", "black"] as const;
export const FONTS = ["literata", "pt-serif", "old-standard", "golos"] as const;
export const MODES = ["pages", "scroll"] as const;
export const COLUMNS = ["auto", "one", "two"] as const;
export const ALIGNMENTS = ["ragged", "justified"] as const;
export const MARKS = ["tint", "dotted", "off"] as const;

export interface Preferences {
  theme: (typeof THEMES)[number];
  font: (typeof FONTS)[number];
  mode: (typeof MODES)[number];
  columns: (typeof COLUMNS)[number];
  alignment: (typeof ALIGNMENTS)[number];
  marks: (typeof MARKS)[number];
  /** Whether the book shows what was drawn for it at all. */
  pictures: boolean;
  hyphens: boolean;
  /** Pixels. */
  size: number;
  /** Multiples of the size. */
  lineHeight: number;
  /** Longest line, in `ch`-like units: average characters. */
  measure: number;
  /** Single-letter keys (t, f, m). */
  letterKeys: boolean;
}

export const LIMITS = {
  size: { min: 14, max: 34, step: 1 },
  lineHeight: { min: 1.2, max: 2, step: 0.1 },
  measure: { min: 40, max: 80, step: 5 },
} as const;

export const DEFAULTS: Preferences = {
  theme: "auto",
  font: "literata",
  mode: "pages",
  columns: "auto",
  alignment: "ragged",
  marks: "tint",
  pictures: true,
  hyphens: true,
  size: 19,
  lineHeight: 1.5,
  measure: 65,
  letterKeys: true,
};

const KEY = "bookreader.preferences";

export const preferences: Preferences = $state(load(localStorage.getItem(KEY)));

export function savePreferences(): void {
  localStorage.setItem(KEY, JSON.stringify(preferences));
}

/** Puts the colours on the page; `auto` leaves them to the system. */
export function applyTheme(theme: Preferences["theme"]): void {
  document.documentElement.dataset.theme = theme;
}

/** Whatever an older release or another hand has stored, each wish is either valid or the default. */
export function load(stored: string | null): Preferences {
  const wishes = parse(stored);
  return {
    theme: oneOf(THEMES, wishes.theme, DEFAULTS.theme),
    font: oneOf(FONTS, wishes.font, DEFAULTS.font),
    mode: oneOf(MODES, wishes.mode, DEFAULTS.mode),
    columns: oneOf(COLUMNS, wishes.columns, DEFAULTS.columns),
    alignment: oneOf(ALIGNMENTS, wishes.alignment, DEFAULTS.alignment),
    marks: oneOf(MARKS, wishes.marks, DEFAULTS.marks),
    pictures: yesOrNo(wishes.pictures, DEFAULTS.pictures),
    hyphens: yesOrNo(wishes.hyphens, DEFAULTS.hyphens),
    letterKeys: yesOrNo(wishes.letterKeys, DEFAULTS.letterKeys),
    size: within(LIMITS.size, wishes.size, DEFAULTS.size),
    lineHeight: within(LIMITS.lineHeight, wishes.lineHeight, DEFAULTS.lineHeight),
    measure: within(LIMITS.measure, wishes.measure, DEFAULTS.measure),
  };
}

function parse(stored: string | null): Partial<Record<keyof Preferences, unknown>> {
  try {
    const value: unknown = JSON.parse(stored ?? "{}");
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}

function oneOf<T extends string>(choices: readonly T[], value: unknown, otherwise: T): T {
  return choices.find((choice) => choice === value) ?? otherwise;
}

function yesOrNo(value: unknown, otherwise: boolean): boolean {
  return typeof value === "boolean" ? value : otherwise;
}

function within(limit: { min: number; max: number }, value: unknown, otherwise: number): number {
  return typeof value === "number" && value >= limit.min && value <= limit.max ? value : otherwise;
}
