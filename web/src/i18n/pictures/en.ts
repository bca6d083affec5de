import type { PictureWords } from "./ru.ts";
const percent = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 0 });

export const en: PictureWords = {
  picture: {
    heading: "Picture of a description",
    asking: "Drawing…",
    drawing: (f) => `Drawing… ${percent.format(f)}`,
    failed: "The picture did not work out",
    again: "Draw it differently",
    style: "Style",
    styles: { ink: "Ink", watercolour: "Watercolour", woodcut: "Woodcut" },
    retry: "Try again",
    previous: "Previous description",
    next: "Next description",
    close: "Close the picture",
    download: "Download",
    toText: "To this place",
    needSignIn: "Sign in and the book will draw this description.",
    kinds: {
      location: "Place",
      character: "Person",
      atmosphere: "Mood",
      object: "Thing",
      action: "Action",
    },
    position: (n, total) => `${n} of ${total}`,
  },
  gallery: {
    title: (book) => `Pictures · ${book}`,
    heading: "Pictures",
    soFar: "Up to the place you have reached",
    showAll: "Show what lies ahead too",
    hideAhead: "Hide what lies ahead",
    emptyHeading: "No pictures yet",
    empty: "Open the book and tap a marked description: its picture will appear here as well.",
    emptySoFar: "There are no pictures up to your place. There are some ahead, but they may spoil the plot.",
    open: (alt) => `Open: ${alt}`,
  },
};
