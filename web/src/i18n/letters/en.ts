import type { LetterWords } from "./ru.ts";

export const en: LetterWords = {
  forgotten: {
    title: "Forgotten password",
    heading: "Forgot the password?",
    lead: "Enter your account's email. We will send a link by which you can choose a new password.",
    submit: "Send the link",
    writtenHeading: "Look at your mail",
    written: (email) =>
      `If ${email} has an account, a letter with a link is on its way. If it does not come, look into the spam folder.`,
  },
  reset: {
    title: "New password",
    heading: "Choose a new password",
    lead: "All devices will be signed out, and you can sign in anew.",
    password: "New password",
    submit: "Save the password",
    done: "Password changed. Sign in with the new one.",
    spentHeading: "The link no longer works",
    spent: "It has been used already, or it is too old. Ask for a new one.",
    again: "Ask for a new link",
  },
  confirm: {
    title: "Confirming the address",
    heading: "Confirming the address",
    working: "A moment…",
    doneHeading: "Address confirmed",
    done: "Letters will reach you now, and a forgotten password can be replaced.",
    spentHeading: "The link no longer works",
    spent: "The address is confirmed already, or the link is too old. Ask for a new letter in your account.",
  },
  toAccount: "To the account",
  toSignIn: "To sign-in",
};
