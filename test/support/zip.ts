import { crc32 } from "node:zlib";

/** A zip archive of stored (not compressed) entries, names taken as they are: `../x` too, for tests that it is refused. */
export function zip(entries: Readonly<Record<string, string | Buffer>>): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(entries)) {
    const path = Buffer.from(name, "utf8");
    const data = Buffer.from(content);
    const shared = sharedHeader(path, data);
    const local = Buffer.concat([bytes([0x04034b50, 4]), shared, path, data]);
    const attributes = bytes([0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]);
    directory.push(Buffer.concat([bytes([0x02014b50, 4], [20, 2]), shared, attributes, path]));
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const count = directory.length;
  const end = bytes([0x06054b50, 4], [0, 2], [0, 2], [count, 2], [count, 2], [central.length, 4], [offset, 4], [0, 2]);
  return Buffer.concat([...locals, central, end]);
}

/** What the header of an entry and its line in the directory have in common. */
function sharedHeader(path: Buffer, data: Buffer): Buffer {
  const [utf8Names, stored, time, date] = [0x0800, 0, 0, 0x21];
  const size = data.length;
  const fields: [number, number][] = [
    [20, 2],
    [utf8Names, 2],
    [stored, 2],
    [time, 2],
    [date, 2],
    [crc32(data), 4],
    [size, 4],
    [size, 4],
    [path.length, 2],
    [0, 2],
  ];
  return bytes(...fields);
}

/** Little-endian numbers, each with its width in bytes. */
function bytes(...fields: [value: number, width: number][]): Buffer {
  return Buffer.concat(
    fields.map(([value, width]) => {
      const buffer = Buffer.alloc(width);
      buffer.writeUIntLE(value, 0, width);
      return buffer;
    }),
  );
}
