import { plurals } from "../plural.ts";
import type { PictureWords } from "./ru.ts";
const counted = plurals("en");
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
  variants: {
    heading: "Pictures of this description",
    choose: (n) => `Show picture ${n}`,
    chosen: "This picture is shown now",
    strip: "Pictures of this chapter",
    show: (alt) => `Show: ${alt}`,
    more: "More",
    fullScreen: "Full screen",
    share: "Share a link",
    shared: "Link copied: anybody who has it sees the picture",
    sharedAt: "Anybody sees the picture at this link:",
    unshare: "Take the link back",
    unshared: "The link no longer works",
    discard: "Never show again",
    discarded: "This picture will not be shown again",
    report: "Report",
    reportHeading: "What is wrong with the picture?",
    reportText:
      "It is withdrawn from everybody at once, and whoever looks after the service sees the report.",
    reason: "In a sentence or two",
    reported: "Thank you: the picture is withdrawn",
  },
  wishes: {
    heading: "Pictures for this book",
    best: "Draw the best passages",
    count: "How many pictures",
    ordered: (ready, drawing) =>
      drawing === 0
        ? "All these pictures are there already."
        : `Drawing ${drawing}; ${ready} are there already. They will appear here by themselves.`,
    online: "Let online services draw too",
    onlineHint:
      "The words of this book's descriptions go to the services that the owner has set up. Without this only the server itself draws.",
    style: "Style for this book",
    styleOfServer: "As usual",
  },
  shelf: {
    title: "All pictures",
    lead: "The pictures of all books on your shelf, the newest first.",
    search: "Book or author",
    style: "Style",
    anyStyle: "Any style",
    kind: "Of what",
    anyKind: "Of anything",
    count: (n) => counted(n, { one: "picture", other: "pictures" }),
    hidden: (n) => `Ahead in your books: ${counted(n, { one: "picture", other: "pictures" })}.`,
    nothing: "No such pictures. Remove the filter, or open a book and tap a marked description.",
    more: "Show more",
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
