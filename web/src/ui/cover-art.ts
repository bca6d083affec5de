/** A cover for a book that brings none: a cloth colour and an ornament, always the same for the same book. */
export interface CoverArt {
  /** 0 to 7: which cloth. */
  cloth: number;
  /** Stroked and filled SVG paths on a field of 200 × 120. */
  strokes: string;
  fills: string;
}

export const CLOTHS = 8;

type Random = () => number;
type Ornament = (random: Random) => Pick<CoverArt, "strokes" | "fills">;

export function coverArt(title: string, author: string): CoverArt {
  const seed = hash(`${title}\u0000${author}`);
  const random = sequence(seed);
  const ornament = ORNAMENTS[seed % ORNAMENTS.length] ?? hills;
  return { cloth: (seed >>> 8) % CLOTHS, ...ornament(random) };
}

const ORNAMENTS: Ornament[] = [hills, firs, waves, lamp, stars, sheaf];

/** Hills in outline under a moon. */
function hills(random: Random) {
  const moon = `${circle(60 + random() * 80, 28 + random() * 10, 10 + random() * 7)}`;
  let strokes = "";
  for (let row = 0; row < 6; row += 1) {
    const base = 58 + row * 11;
    const phase = random() * 200;
    strokes += curve((x) => base - (16 - row * 2) * Math.max(0, Math.sin((x + phase) / (24 + row * 5))));
  }
  return { strokes, fills: moon };
}

/** A row of firs, tall in the middle. */
function firs(random: Random) {
  let fills = "";
  for (let x = 14; x <= 186; x += 15 + random() * 6) {
    const height = 40 + 44 * Math.exp(-(((x - 100) / 62) ** 2)) + random() * 10;
    const half = 6 + height * 0.09;
    for (let tier = 0; tier < 3; tier += 1) {
      const top = 112 - height + (tier * height) / 4.2;
      const wide = half * (0.5 + tier * 0.28);
      fills += `M${n(x)} ${n(top)}L${n(x + wide)} ${n(top + height / 2.6)}H${n(x - wide)}z`;
    }
  }
  return { strokes: "M8 113H192", fills };
}

/** Lines of swell, and a sun half sunk in them. */
function waves(random: Random) {
  const x = 70 + random() * 60;
  let strokes = `M${n(x - 20)} 52a20 20 0 0140 0`;
  for (let ray = 0; ray < 9; ray += 1) {
    const angle = Math.PI + (ray * Math.PI) / 8;
    strokes += line(
      x + 26 * Math.cos(angle),
      52 + 26 * Math.sin(angle),
      x + 38 * Math.cos(angle),
      52 + 38 * Math.sin(angle),
    );
  }
  for (let row = 0; row < 6; row += 1) {
    const phase = random() * 40;
    strokes += curve((at) => 60 + row * 10 + 3.2 * Math.sin((at + phase) / (7 + row)));
  }
  return { strokes, fills: "" };
}

/** A lamp and its light over an open book. */
function lamp(random: Random) {
  const rays = 5 + Math.floor(random() * 4) * 2;
  const reach = 52 + random() * 20;
  let strokes =
    "M100 40v14M52 106c18-10 36-8 48 2 12-10 30-12 48-2M100 108V92M52 106V90c18-10 36-8 48 2 12-10 30-12 48-2v16";
  for (let ray = 0; ray < rays; ray += 1) {
    const angle = Math.PI * (0.14 + (0.72 * ray) / (rays - 1));
    strokes += line(
      100 + 22 * Math.cos(angle),
      44 + 16 * Math.sin(angle),
      100 + reach * Math.cos(angle),
      44 + 38 * Math.sin(angle),
    );
  }
  return { strokes, fills: "M70 40c0-15 13-25 30-25s30 10 30 25z" };
}

/** A night sky with its constellation. */
function stars(random: Random) {
  let strokes = "";
  let fills = "";
  let before: [number, number] | null = null;
  for (let star = 0; star < 8; star += 1) {
    const x = 22 + star * 22 + random() * 12;
    const y = 20 + random() * 82;
    fills += sparkle(x, y, 3.5 + random() * 4.5);
    if (before) strokes += line(before[0], before[1], x, y);
    before = [x, y];
  }
  for (let dust = 0; dust < 26; dust += 1)
    fills += circle(8 + random() * 184, 8 + random() * 104, 0.7 + random() * 0.6);
  return { strokes, fills };
}

/** Stems with leaves, mirrored about the middle. */
function sheaf(random: Random) {
  let strokes = "M100 116V22";
  let fills = sparkle(100, 18, 7);
  for (let stem = 1; stem <= 3; stem += 1) {
    const reach = stem * (20 + random() * 8);
    const top = 26 + stem * 10 + random() * 8;
    for (const side of [-1, 1]) {
      const x = 100 + side * reach;
      strokes += `M100 116C${n(100 + side * 6)} 88 ${n(x)} ${n(top + 44)} ${n(x)} ${n(top)}`;
      for (let leaf = 0; leaf < 4; leaf += 1) {
        const y = top + 4 + leaf * 12;
        const from = x - side * leaf * reach * 0.05;
        fills += `M${n(from)} ${n(y)}q${n(side * 9)} -2 ${n(side * 12)} -10q${n(-side * 10)} 1 ${n(-side * 12)} 10z`;
      }
    }
  }
  return { strokes, fills };
}

function curve(y: (x: number) => number): string {
  let path = "";
  for (let x = 8; x <= 192; x += 4) path += `${x === 8 ? "M" : "L"}${x} ${n(y(x))}`;
  return path;
}

function line(x1: number, y1: number, x2: number, y2: number): string {
  return `M${n(x1)} ${n(y1)}L${n(x2)} ${n(y2)}`;
}

function circle(x: number, y: number, r: number): string {
  return `M${n(x - r)} ${n(y)}a${n(r)} ${n(r)} 0 1 0 ${n(2 * r)} 0a${n(r)} ${n(r)} 0 1 0 ${n(-2 * r)} 0z`;
}

function sparkle(x: number, y: number, r: number): string {
  const s = r * 0.22;
  return `M${n(x)} ${n(y - r)}L${n(x + s)} ${n(y - s)}L${n(x + r)} ${n(y)}L${n(x + s)} ${n(y + s)}L${n(x)} ${n(y + r)}L${n(x - s)} ${n(y + s)}L${n(x - r)} ${n(y)}L${n(x - s)} ${n(y - s)}z`;
}

function n(value: number): string {
  return value.toFixed(1);
}

/** FNV-1a over UTF-16 units. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value >>> 0;
}

/** Mulberry32. */
function sequence(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}
