import { plurals } from "../plural.ts";
import type { AccountWords } from "./ru.ts";

const counted = plurals("en");
const day = new Intl.DateTimeFormat("en", { dateStyle: "long" });
const moment = new Intl.DateTimeFormat("en", { dateStyle: "long", timeStyle: "short" });
const number = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

export const en: AccountWords = {
  title: "Account",
  profile: "Profile",
  name: "Name",
  email: "Email",
  save: "Save",
  saved: "Saved",
  since: (date) => `Reading here since ${day.format(date)}`,
  confirmed: "Address confirmed",
  unconfirmed: "The address is not confirmed yet: open the link in our letter.",
  writeAgain: "Send the letter again",
  written: "The letter is on its way. If it does not come, look into the spam folder.",
  changeEmail: "Change the address",
  newEmail: "New email",
  newEmailHint: "The address changes once you open the link in the letter.",
  currentPassword: "Current password",
  emailWritten: (email) => `We wrote to ${email}. Open the link in the letter, and the address changes.`,
  changePassword: "Change the password",
  newPassword: "New password",
  passwordHint: "Your other devices will be signed out.",
  passwordChanged: "Password changed; other devices are signed out",
  wrongPassword: "This is not your current password.",
  plan: "Plan",
  plans: { free: "Free", premium: "Premium", ultimate: "Ultimate" },
  planUntil: (date) => `until ${day.format(date)}`,
  aboveLimit: "More is used than the plan allows: nothing new can be added until some of it is freed.",
  books: "Books on the shelf",
  storage: "Storage, MB",
  picturesToday: "Pictures today",
  picturesThisMonth: "Pictures this month",
  used: (used, allowed) => `${number.format(used)} of ${number.format(allowed)}`,
  devices: "Where you are signed in",
  here: "This device",
  signedInAt: (date) => `Signed in ${moment.format(date)}`,
  endOne: "Sign out",
  endOneOf: (device) => `Sign out: ${device}`,
  endOthers: "Sign out everywhere else",
  ended: "Signed out",
  othersEnded: "Everything else is signed out",
  device: "This device",
  deviceHint: "This is what it is called wherever else you read the same book.",
  keptBooks: (n, megabytes) =>
    `Offline: ${counted(n, { one: "book", other: "books" })}. ${number.format(megabytes)} MB are used here; signing out frees them.`,
  language: "Language",
  look: "Theme",
  data: "Your data",
  dataLead: "Profile, plan, devices, books, places, bookmarks, highlights and notes in one JSON file.",
  dataSave: "Download my data",
  dataGathering: (share) =>
    `Gathering: ${new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 0 }).format(share)}`,
  signOut: "Sign out",
  remove: "Delete the account",
  removeHeading: "Delete the account for good?",
  removeText:
    "Your books, your places in them and the account itself will be gone. They cannot be brought back.",
  removeConfirm: "Delete for good",
  administration: "Administration",
};
