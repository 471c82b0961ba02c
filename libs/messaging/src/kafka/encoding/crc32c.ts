/** Castagnoli's polynomial, bits reversed. */
const POLYNOMIAL = 0x82f63b78;

/** One table for each of the four bytes that are taken at a time. */
const [T0, T1, T2, T3] = tables();

/** CRC-32C of a part of a buffer, as Kafka wants it of every batch of records. */
export function crc32c(bytes: Uint8Array, from: number, to: number): number {
  let crc = -1;
  let at = from;
  for (const last = to - 3; at < last; at += 4) {
    crc ^= bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    crc = T3[crc & 0xff]! ^ T2[(crc >>> 8) & 0xff]! ^ T1[(crc >>> 16) & 0xff]! ^ T0[crc >>> 24]!;
  }
  for (; at < to; at++) crc = T0[(crc ^ bytes[at]!) & 0xff]! ^ (crc >>> 8);
  return (crc ^ -1) >>> 0;
}

function tables(): [Int32Array, Int32Array, Int32Array, Int32Array] {
  const [first, second, third, fourth] = [0, 1, 2, 3].map(() => new Int32Array(256)) as [Int32Array, Int32Array, Int32Array, Int32Array];
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
    first[byte] = crc;
  }
  const next = (crc: number) => first[crc & 0xff]! ^ (crc >>> 8);
  for (let byte = 0; byte < 256; byte++) {
    second[byte] = next(first[byte]!);
    third[byte] = next(second[byte]!);
    fourth[byte] = next(third[byte]!);
  }
  return [first, second, third, fourth];
}
