import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Saved } from "../api/positions.ts";
import type { NewPosition, Position } from "../api/types.ts";
import { PlaceKeeper } from "./place-keeper.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const DEVICE = "Firefox · Linux · 0001";

function position(chapter: number, offset: number, version: number, device = DEVICE): Position {
  return { chapter, offset, version, device, fraction: 0, updated_at: "2026-01-01T00:00:00Z" };
}

/** A service that compares and sets, and the keeper that talks to it. */
function keeping(stored: Position | null) {
  const state = { stored, puts: [] as NewPosition[], conflicts: [] as Position[], broken: false };
  const put = async (place: NewPosition): Promise<Saved> => {
    state.puts.push(place);
    if (state.broken) throw new Error("offline");
    const current = state.stored;
    if (current && current.version !== place.expected_version) return { kind: "conflict", current };
    state.stored = {
      ...position(place.chapter, place.offset, place.expected_version + 1),
      device: place.device,
    };
    return { kind: "saved", position: state.stored };
  };
  const keeper = new PlaceKeeper({ put }, DEVICE, (elsewhere) => state.conflicts.push(elsewhere));
  return { state, keeper };
}

test("nothing is written before the restore has finished", async () => {
  const { state, keeper } = keeping(position(2, 500, 7));
  keeper.moved({ chapter: 0, offset: 0 });
  keeper.flush();
  await vi.runAllTimersAsync();
  expect(state.puts).toEqual([]);
});

test("a restore to the stored place writes nothing either", async () => {
  const { state, keeper } = keeping(position(2, 500, 7));
  keeper.restored({ chapter: 2, offset: 500 }, state.stored);
  keeper.flush();
  await vi.runAllTimersAsync();
  expect(state.puts).toEqual([]);
});

test("of many moves the last one is written, with the version that was read", async () => {
  const { state, keeper } = keeping(position(0, 0, 3));
  keeper.restored({ chapter: 0, offset: 0 }, state.stored);
  for (const offset of [100, 200, 300]) keeper.moved({ chapter: 0, offset });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(state.puts).toEqual([{ chapter: 0, offset: 300, device: DEVICE, expected_version: 3 }]);
  keeper.moved({ chapter: 1, offset: 0 });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(state.stored).toMatchObject({ chapter: 1, version: 5 });
});

test("leaving the page writes at once", async () => {
  const { state, keeper } = keeping(null);
  keeper.restored({ chapter: 0, offset: 0 }, null);
  keeper.moved({ chapter: 0, offset: 40 });
  keeper.flush();
  await vi.advanceTimersByTimeAsync(0);
  expect(state.stored).toMatchObject({ offset: 40, version: 1 });
});

test("a place saved elsewhere is handed to the reader and not overwritten", async () => {
  const { state, keeper } = keeping(position(0, 0, 1));
  keeper.restored({ chapter: 0, offset: 0 }, state.stored);
  state.stored = position(5, 50, 2, "Safari · iOS · 0002");
  keeper.moved({ chapter: 0, offset: 90 });
  await vi.advanceTimersByTimeAsync(2_000);
  keeper.moved({ chapter: 0, offset: 95 });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(state.conflicts).toEqual([state.stored]);
  expect(state.stored).toMatchObject({ chapter: 5, version: 2 });
});

test("staying here replaces the other place knowingly", async () => {
  const { state, keeper } = keeping(position(0, 0, 1));
  keeper.restored({ chapter: 0, offset: 0 }, state.stored);
  state.stored = position(5, 50, 2, "Safari · iOS · 0002");
  keeper.moved({ chapter: 0, offset: 90 });
  await vi.advanceTimersByTimeAsync(2_000);
  keeper.keepHere({ chapter: 0, offset: 90 });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(state.stored).toMatchObject({ chapter: 0, offset: 90, version: 3 });
});

test("going there writes nothing until the next move", async () => {
  const { state, keeper } = keeping(position(0, 0, 1));
  keeper.restored({ chapter: 0, offset: 0 }, state.stored);
  state.stored = position(5, 50, 2, "Safari · iOS · 0002");
  keeper.moved({ chapter: 0, offset: 90 });
  await vi.advanceTimersByTimeAsync(2_000);
  const { length } = state.puts;
  keeper.acceptElsewhere();
  keeper.moved({ chapter: 5, offset: 50 });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(state.puts).toHaveLength(length);
  keeper.moved({ chapter: 5, offset: 80 });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(state.stored).toMatchObject({ chapter: 5, offset: 80, version: 3 });
});

test("our own write whose answer was lost is no conflict", async () => {
  const { state, keeper } = keeping(position(0, 0, 1));
  keeper.restored({ chapter: 0, offset: 0 }, state.stored);
  state.stored = position(0, 90, 2);
  keeper.moved({ chapter: 0, offset: 90 });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(state.conflicts).toEqual([]);
  keeper.moved({ chapter: 0, offset: 120 });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(state.stored).toMatchObject({ offset: 120, version: 3 });
});

test("a write that fails is tried again with the place of that time", async () => {
  const { state, keeper } = keeping(null);
  keeper.restored({ chapter: 0, offset: 0 }, null);
  state.broken = true;
  keeper.moved({ chapter: 0, offset: 10 });
  await vi.advanceTimersByTimeAsync(2_000);
  keeper.moved({ chapter: 0, offset: 20 });
  state.broken = false;
  await vi.advanceTimersByTimeAsync(30_000);
  expect(state.stored).toMatchObject({ offset: 20, version: 1 });
});
