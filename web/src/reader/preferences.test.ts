import { expect, test } from "vitest";
import { DEFAULTS, load } from "./preferences.svelte.ts";

test("nothing stored, or nonsense stored, gives the defaults", () => {
  for (const stored of [null, "", "{", "7", "null", '{"theme":"neon","size":900,"hyphens":"yes"}']) {
    expect(load(stored)).toEqual(DEFAULTS);
  }
});

test("valid wishes stay, each by itself", () => {
  expect(load('{"theme":"sepia","size":24,"mode":"film","pictures":false}')).toEqual({
    ...DEFAULTS,
    theme: "sepia",
    size: 24,
    pictures: false,
  });
});
