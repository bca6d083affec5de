import { expect, test } from "vitest";
import { match, paths, placeIn, proofIn, safeReturn } from "./routes.ts";

test("each path of the app leads to its own screen", () => {
  expect(match(paths.shelf()).name).toBe("shelf");
  expect(match("/sign-in").name).toBe("sign-in");
  expect(match(paths.signUp()).name).toBe("sign-up");
  expect(match(paths.forgottenPassword()).name).toBe("forgotten-password");
  expect(match("/reset-password").name).toBe("reset-password");
  expect(match("/confirm-email").name).toBe("confirm-email");
  expect(match(paths.admin("overview"))).toEqual({ name: "admin", id: "overview" });
  expect(match(paths.admin("jobs"))).toEqual({ name: "admin", id: "jobs" });
  expect(match("/admin/secrets").name).toBe("not-found");
  expect(match(paths.pictures()).name).toBe("pictures");
  expect(match(paths.account()).name).toBe("account");
  expect(match(paths.book("b1"))).toEqual({ name: "book", id: "b1" });
  expect(match("/books/b1/read")).toEqual({ name: "reader", id: "b1" });
  expect(match(paths.gallery("b1"))).toEqual({ name: "gallery", id: "b1" });
});

test("a trailing slash makes no difference, any other path is not found", () => {
  expect(match("/account/").name).toBe("account");
  expect(match("/books/b1/read/")).toEqual({ name: "reader", id: "b1" });
  for (const path of ["/books", "/books/b1/read/more", "/Account", "//"])
    expect(match(path).name === "shelf" || match(path).name === "not-found").toBe(true);
  expect(match("/nowhere").name).toBe("not-found");
});

test("a place travels in the reader's address and back", () => {
  const address = new URL(paths.reader("b1", { chapter: 3, offset: 1_200 }), "http://app");
  expect(placeIn(address.search)).toEqual({ chapter: 3, offset: 1_200 });
  for (const search of ["", "?at=3", "?at=-1.5", "?at=a.b", "?at=1.2.3"]) expect(placeIn(search)).toBeNull();
});

test("after signing in one returns to the app, never to a stranger's page", () => {
  expect(safeReturn(new URL(paths.signIn("/books/b1?x=1"), "http://app").search)).toBe("/books/b1?x=1");
  for (const to of ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", ""]) {
    expect(safeReturn(`?to=${encodeURIComponent(to)}`)).toBe("/");
  }
});

test("a letter's proof is read from the fragment, and nothing else is taken for one", () => {
  expect(proofIn("#AbC-_123.456~789aaaa")).toBe("AbC-_123.456~789aaaa");
  for (const hash of ["", "#", "#short", "#main content of the page", `#${"a".repeat(513)}`])
    expect(proofIn(hash)).toBeNull();
});
