import { deflateSync } from "node:zlib";

/** A small landscape as PNG, different for each seed. */
export function landscape(width: number, height: number, seed: number): Buffer {
  const rows = Buffer.alloc((width * 3 + 1) * height);
  const hue = (seed * 47) % 3;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const hill =
        height * (0.62 + 0.12 * Math.sin((x / width) * 6 + seed) + 0.04 * Math.sin((x / width) * 19));
      const moon = Math.hypot(x - width * 0.68, y - height * 0.3) < height * 0.11;
      const sky = y / height;
      const colour: [number, number, number] = moon
        ? [246, 235, 200]
        : y > hill
          ? [150 - hue * 20 - (y - hill) * 0.2, 180 - hue * 10 - (y - hill) * 0.2, 196]
          : [36 + sky * 60 + hue * 12, 60 + sky * 70, 92 + sky * 60 - hue * 14];
      const at = y * (width * 3 + 1) + 1 + x * 3;
      colour.forEach((value, channel) => {
        rows[at + channel] = Math.max(0, Math.min(255, Math.round(value)));
      });
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(kind: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, "latin1"), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc(body), body.length + 4);
  return out;
}

function crc(bytes: Buffer): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return (value ^ 0xffffffff) >>> 0;
}
