import { describe, expect, it } from '@jest/globals';
import { samples } from '../testing/samples.js';
import { DEFAULT_TYPES, guessKind, isAllowed, isShown, kindOf, nameForKind } from './file-kind.js';
import type { Media } from './file-kind.js';

type Sample = keyof typeof samples;

async function judged(sample: Sample, name: string, allowed = DEFAULT_TYPES): Promise<string | undefined> {
  const kind = await kindOf(samples[sample], name);
  return kind && isAllowed(kind.contentType, allowed) ? kind.contentType : undefined;
}

describe('what a file is', () => {
  it.each<[Sample, string, string]>([
    ['png', 'photo.png', 'image/png'],
    ['png', 'photo.txt', 'image/png'],
    ['gif', 'cat', 'image/gif'],
    ['jpeg', 'photo.jpeg', 'image/jpeg'],
    ['pdf', 'invoice.html', 'application/pdf'],
    ['mp3', 'voice.mp3', 'audio/mpeg'],
    ['mp4', 'film.mp4', 'video/mp4'],
    ['oldOffice', 'letter.doc', 'application/msword'],
    ['oldOffice', 'sums.xls', 'application/vnd.ms-excel'],
    ['text', 'people.csv', 'text/csv'],
    ['oldText', 'people.csv', 'text/csv'],
    ['text', 'notes.txt', 'text/plain'],
    ['html', 'page.txt', 'text/plain'],
  ])('says its content, not its name: %s as %s is %s', async (sample, name, contentType) => {
    expect(await judged(sample, name)).toBe(contentType);
  });

  it.each<[Sample, string]>([
    ['html', 'page.html'],
    ['html', 'photo.png'],
    ['svg', 'drawing.svg'],
    ['xml', 'drawing.svg'],
    ['exe', 'photo.png'],
    ['elf', 'notes.txt'],
    ['zip', 'files.zip'],
    ['oldOffice', 'setup.msi'],
    ['text', 'script.js'],
    ['text', 'nothing'],
  ])('must be allowed: %s as %s is not taken', async (sample, name) => {
    expect(await judged(sample, name)).toBeUndefined();
  });

  it('may be allowed by a setting', async () => {
    expect(await judged('zip', 'files.zip', ['application/zip'])).toBe('application/zip');
    expect(await judged('png', 'a.png', ['application/zip'])).toBeUndefined();
  });

  it.each<[Sample, string]>([
    ['xml', 'drawing.svg'],
    ['exe', 'setup.exe'],
    ['elf', 'program'],
  ])('is never allowed for programs and pages, whatever the setting says: %s', async (sample, name) => {
    expect(await judged(sample, name, ['application/*', 'image/*', 'text/*'])).toBeUndefined();
  });
});

describe('a browser shows in place', () => {
  it.each([
    ['image/png', true],
    ['video/mp4', true],
    ['audio/ogg', true],
    ['application/pdf', false],
    ['text/plain', false],
    ['image/tiff', false],
    ['image/svg+xml', false],
    ['application/octet-stream', false],
  ])('%s: %s', (contentType, shown) => {
    expect(isShown(contentType)).toBe(shown);
  });
});

describe('a name', () => {
  it.each([
    ['photo.jpeg', 'jpg', 'photo.jpeg'],
    ['photo.JPG', 'jpg', 'photo.JPG'],
    ['invoice.exe', 'pdf', 'invoice.exe.pdf'],
    ['photo', 'png', 'photo.png'],
    ['voice.m4a', 'mp4', 'voice.m4a'],
  ])('gets the ending of what the file is: %s as %s is %s', (name, extension, expected) => {
    expect(nameForKind(name, { contentType: '', extension })).toBe(expected);
  });
});

describe('a file that nobody has seen yet', () => {
  it.each<[Media, string, string]>([
    ['image', 'photo.png', 'image/png'],
    ['image', 'photo', 'image/jpeg'],
    ['image', 'invoice.pdf', 'image/jpeg'],
    ['sticker', 'sticker', 'image/png'],
    ['audio', 'voice', 'audio/mp4'],
    ['video', 'film.mov', 'video/quicktime'],
    ['file', 'invoice.pdf', 'application/pdf'],
    ['file', 'thing.xyz', 'application/octet-stream'],
  ])('is most likely what the channel calls it: %s named %s is %s', (media, name, contentType) => {
    expect(guessKind(media, name).contentType).toBe(contentType);
  });
});
