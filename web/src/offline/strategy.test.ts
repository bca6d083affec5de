import { describe, expect, test } from "vitest";
import { strategyOf } from "./strategy.ts";

const get = (path: string, mode = "cors") => strategyOf({ method: "GET", mode, ranged: false }, path);

describe("the service worker", () => {
  test("opens the app at any of its addresses, and leaves the others alone", () => {
    expect(["/", "/books/42/read"].map((path) => get(path, "navigate"))).toEqual(["page", "page"]);
    expect(["/docs", "/api/v1/books", "/content/a/0.html"].map((path) => get(path, "navigate"))).toEqual([
      "pass",
      "pass",
      "pass",
    ]);
  });

  test("keeps what never changes under its address", () => {
    expect(get("/assets/app-1a2b.js")).toBe("asset");
    expect(get("/content/a1/0.html")).toBe("content");
    expect(get("/api/v1/pictures/42/image")).toBe("content");
  });

  test("asks the network first for what may change", () => {
    for (const path of [
      "/api/v1/books",
      "/api/v1/books/42/position",
      "/api/v1/users/me",
      "/api/v1/catalogue",
    ]) {
      expect(get(path), path).toBe("answer");
    }
  });

  test("never stands between a reader and a write, a stream, a download or the session", () => {
    for (const path of [
      "/api/v1/books/42/events",
      "/api/v1/books/42/export",
      "/api/v1/users/me/sessions",
      "/api/v1/auth/refresh",
      "/health",
    ]) {
      expect(get(path), path).toBe("pass");
    }
    expect(strategyOf({ method: "PUT", mode: "cors", ranged: false }, "/api/v1/books/42/position")).toBe(
      "pass",
    );
    expect(strategyOf({ method: "GET", mode: "cors", ranged: true }, "/api/v1/pictures/42/image")).toBe(
      "pass",
    );
  });
});
