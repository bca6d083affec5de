import { expect, test } from "vitest";
import { en } from "../i18n/en.ts";
import { ru } from "../i18n/ru.ts";
import { explain, Problem } from "./problem.ts";

test("a known code is explained in the reader's words, with either spelling", () => {
  expect(explain(Problem.of(409, { code: "email-taken" }), ru)).toBe(ru.errors.byCode["email-taken"]);
  expect(explain(Problem.of(409, { code: "email_taken" }), en)).toBe(en.errors.byCode["email-taken"]);
});

test.each([
  [0, ru.errors.offline],
  [401, ru.errors.signedOut],
  [403, ru.errors.forbidden],
  [404, ru.errors.notFound],
  [413, ru.errors.byCode["too-large"]],
  [500, ru.errors.server],
  [503, ru.errors.server],
])("status %i without a code says what to do", (status, words) => {
  expect(explain(new Problem(status, "", ""), ru)).toBe(words);
});

test("too many requests name the wait", () => {
  expect(explain(Problem.of(429, { retry_after: 21 }), ru)).toContain("21 секунду");
});

test("fields and details come from the problem document", () => {
  const problem = Problem.of(422, {
    detail: "Name is too long",
    errors: [{ field: "full_name", detail: "too long" }],
  });
  expect(problem.fields).toEqual({ full_name: "too long" });
  expect(explain(problem, en)).toBe("Name is too long");
});

test("what is no problem document at all is still explained", () => {
  expect(explain(Problem.of(502, "<html>"), en)).toBe(en.errors.server);
  expect(explain(new TypeError("boom"), en)).toBe(en.errors.unexpected);
});
