import type { DoorwayWords } from "./ru.ts";

export const en: DoorwayWords = {
  signIn: {
    title: "Sign in",
    heading: "Welcome back",
    email: "Email",
    password: "Password",
    submit: "Sign in",
    forgotten: "Forgot the password?",
    noAccount: "New here?",
    toSignUp: "Create an account",
    browse: "Browse the catalogue without signing in",
    sampleBefore: "The road ran through the forest. ",
    sampleMark:
      "A low moon hung above the black firs, and the snow beneath it glowed blue, as if lit from within.",
    sampleAfter: " The driver was silent and only now and then looked round.",
    sampleCaption: "Tap a marked description and the book shows it to you.",
  },
  signUp: {
    title: "Sign up",
    heading: "Create an account",
    name: "What should we call you",
    passwordHint: "At least 8 characters. A long phrase is safer than a short puzzle.",
    submit: "Create and sign in",
    haveAccount: "Already have an account?",
    toSignIn: "Sign in",
  },
};
