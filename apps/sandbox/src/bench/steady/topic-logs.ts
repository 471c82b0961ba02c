import { open, readdir } from 'node:fs/promises';
import path from 'node:path';

/** Base offset (8 bytes) and length of what follows (4) stand before each batch: https://kafka.apache.org/documentation/#recordbatch */
const FRAME = 12;

/** Batches and bytes of one segment; a torn batch at its end does not count. */
export function segmentFigures(segment: Buffer): { bytes: number; batches: number } {
  let at = 0;
  let batches = 0;
  while (at + FRAME <= segment.length) {
    const next = at + FRAME + segment.readUInt32BE(at + 8);
    if (next > segment.length || next === at + FRAME) break;
    batches += 1;
    at = next;
  }
  return { bytes: at, batches };
}

/** What lies in a broker's logs, by topic without prefix and partition. */
export async function logFigures(directory: string, prefix: string): Promise<Map<string, { bytes: number; batches: number }>> {
  const figures = new Map<string, { bytes: number; batches: number }>();
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    const partition = path.basename(entry.parentPath);
    if (!entry.isFile() || !entry.name.endsWith('.log') || !partition.startsWith(`${prefix}.`)) continue;
    const topic = partition.slice(prefix.length + 1, partition.lastIndexOf('-'));
    const segment = await wholeFile(path.join(entry.parentPath, entry.name));
    const { bytes, batches } = segmentFigures(segment);
    const sum = figures.get(topic) ?? { bytes: 0, batches: 0 };
    figures.set(topic, { bytes: sum.bytes + bytes, batches: sum.batches + batches });
  }
  return figures;
}

async function wholeFile(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}
