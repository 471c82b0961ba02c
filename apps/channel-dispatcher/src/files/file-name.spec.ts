import { describe, expect, it } from '@jest/globals';
import { cleanName, disposition, LONGEST_NAME, nameInUrl } from './file-name.js';

describe('a name from outside', () => {
  it.each<[string, string, string]>([
    ['stays as it is', 'Rechnung März 2026.pdf', 'Rechnung März 2026.pdf'],
    ['stays in every script', 'فاتورة.pdf', 'فاتورة.pdf'],
    ['keeps its emoji', '👋 hello.png', '👋 hello.png'],
    ['loses the way to it', '../../etc/passwd', 'passwd'],
    ['loses the way to it, in the manner of Windows', 'C:\\Users\\me\\photo.png', 'photo.png'],
    ['loses what turns the writing direction', 'photo\u202egnp.exe', 'photognp.exe'],
    ['loses control characters and line ends', 'a\u0000b\r\nSet-Cookie: x.png', 'abSet-Cookie_ x.png'],
    ['loses quotes', '"quoted".txt', '_quoted_.txt'],
    ['is not hidden', '.htaccess', 'htaccess'],
    ['has one space for many', 'a   b.txt', 'a b.txt'],
    ['is the fallback when nothing is left', ' ../.. ', 'file'],
    ['is the fallback when there is none', '', 'file'],
    ['has no half characters', 'a\ud83d.png', 'a.png'],
  ])('%s', (_what, given, expected) => {
    expect(cleanName(given, 'file')).toBe(expected);
  });

  it('is cut before its ending, and never through a character', () => {
    const name = cleanName(`${'👋'.repeat(200)}.png`, 'file');
    expect(name.length).toBeLessThanOrEqual(LONGEST_NAME);
    expect(name).toMatch(/👋\.png$/u);
    expect(name.isWellFormed()).toBe(true);
  });
});

describe('a name in an address', () => {
  it.each([
    ['https://cdn.example/a/photo%20one.png?x=1', 'photo one.png'],
    ['https://cdn.example/a/photo', ''],
    ['https://cdn.example/', ''],
    ['https://cdn.example/%zz.png', ''],
    ['nonsense', ''],
  ])('of %s is "%s"', (url, name) => {
    expect(nameInUrl(url)).toBe(name);
  });
});

describe('the header that names a download', () => {
  it('carries the true name and a plain one', () => {
    expect(disposition('attachment', 'Größe (1).pdf')).toBe(
      `attachment; filename="Gr__e (1).pdf"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%281%29.pdf`,
    );
  });
});
