import { beforeEach, describe, expect, test, vi } from "vitest";
import { sendUnsentPlaces } from "./left-over-places.ts";
import { sendPlace, unsentPlace } from "./unsent-places.ts";

const place = { chapter: 2, offset: 40, device: "test", expected_version: 1 };
const answer = (status: number, body: object) => async () =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });
const offline = async () => {
  throw new TypeError("Failed to fetch");
};

beforeEach(() => localStorage.clear());

describe("a place on its way", () => {
  test("is forgotten once the service has it", async () => {
    vi.stubGlobal("fetch", answer(200, { ...place, version: 2 }));
    await sendPlace("a", place, false);
    expect(unsentPlace("a")).toBeNull();
  });

  test("is kept without a network and sent when there is one", async () => {
    vi.stubGlobal("fetch", offline);
    await expect(sendPlace("a", place, false)).rejects.toThrow();
    await sendUnsentPlaces();
    expect(unsentPlace("a")).toEqual(place);
    vi.stubGlobal("fetch", answer(200, { ...place, chapter: 1, version: 1 }));
    await sendUnsentPlaces();
    expect(unsentPlace("a")).toBeNull();
  });

  test("whose answer was lost on the way is done with", async () => {
    vi.stubGlobal("fetch", offline);
    await expect(sendPlace("a", place, false)).rejects.toThrow();
    vi.stubGlobal("fetch", answer(200, { ...place, version: 2 }));
    await sendUnsentPlaces();
    expect(unsentPlace("a")).toBeNull();
  });

  test("that meets a newer one is left for the reader to choose", async () => {
    vi.stubGlobal("fetch", offline);
    await expect(sendPlace("a", place, false)).rejects.toThrow();
    vi.stubGlobal("fetch", answer(200, { ...place, device: "another", version: 5 }));
    await sendUnsentPlaces();
    expect(unsentPlace("a")).toEqual(place);
  });
});
