import { deflateSync, crc32 } from 'node:zlib';
import type { CdnFile } from './cdn.js';

/** One small, real file of each kind, for whoever wants to send something without having it. */
export const SAMPLES: Record<'image' | 'audio' | 'video' | 'file', () => CdnFile> = {
  image: () => ({ name: 'parcel.png', contentType: 'image/png', bytes: picture(240, 160) }),
  audio: () => ({ name: 'voice.wav', contentType: 'audio/wav', bytes: tone(440, 0.5) }),
  video: () => ({ name: 'clip.mp4', contentType: 'video/mp4', bytes: emptyMovie() }),
  file: () => ({ name: 'invoice.pdf', contentType: 'application/pdf', bytes: pdf('Invoice 1234') }),
};

/** A PNG: a warm sky over a dark hill. */
function picture(width: number, height: number): Buffer {
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const hill = height * (0.68 + 0.12 * Math.sin((x / width) * 7));
      const part = y / height;
      const [red, green, blue] = y > hill ? [22, 78, 74] : [250 - part * 20, 214 - part * 90, 165 - part * 20];
      rows.set([red, green, blue], y * (1 + width * 3) + 1 + x * 3);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const chunk = (name: string, data: Buffer): Buffer => {
    const named = Buffer.concat([Buffer.from(name), data]);
    return Buffer.concat([word(data.length), named, word(crc32(named))]);
  };
  const start = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([start, chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

/** A WAV of one sine, 8 kHz, 16 bit. */
function tone(hertz: number, seconds: number): Buffer {
  const rate = 8_000;
  const samples = Math.round(rate * seconds);
  const wav = Buffer.alloc(44 + samples * 2);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + samples * 2, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(rate, 24);
  wav.writeUInt32LE(rate * 2, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(samples * 2, 40);
  for (let at = 0; at < samples; at++) {
    const fade = Math.min(1, at / 400, (samples - at) / 400);
    wav.writeInt16LE(Math.round(8_000 * fade * Math.sin((2 * Math.PI * hertz * at) / rate)), 44 + at * 2);
  }
  return wav;
}

/** An MP4 by its boxes, without a picture in it. */
function emptyMovie(): Buffer {
  const box = (name: string, ...content: Buffer[]): Buffer => {
    const body = Buffer.concat(content);
    return Buffer.concat([word(body.length + 8), Buffer.from(name), body]);
  };
  const header = Buffer.alloc(100);
  header.writeUInt32BE(1_000, 12);
  header.writeUInt32BE(0x10000, 20);
  header.writeUInt16BE(0x100, 24);
  for (const [at, value] of [
    [36, 0x10000],
    [52, 0x10000],
    [68, 0x40000000],
  ] as const)
    header.writeUInt32BE(value, at);
  header.writeUInt32BE(1, 96);
  const brands = Buffer.from('isom\0\0\x02\0isomiso2mp41', 'latin1');
  return Buffer.concat([box('ftyp', brands), box('moov', box('mvhd', header)), box('mdat')]);
}

/** One page with one line. */
function pdf(line: string): Buffer {
  const stream = `BT /F1 24 Tf 72 720 Td (${line}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let text = '%PDF-1.4\n';
  const offsets: number[] = [];
  objects.forEach((object, index) => {
    offsets.push(text.length);
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
  });
  const table = text.length;
  const lines = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${lines}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
}
