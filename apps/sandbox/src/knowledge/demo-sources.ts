import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';

/** What the demo shop's assistants know; the files lie beside `src`. */
const FOLDER = new URL('../../knowledge/', import.meta.url);

/** A source as the door for sources takes it: JSON, or a file with its query. */
export interface WantedSource {
  readonly title: string;
  /** Names this source with this content: the same again is no second one. */
  readonly key: string;
  readonly json?: Readonly<Record<string, unknown>>;
  readonly file?: { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> };
}

/** The pages, the frequent questions and one page of the shop's own website. @param site where the shop is served */
export async function demoSources(site: string): Promise<WantedSource[]> {
  const names = (await readdir(new URL('pages/', FOLDER))).filter((name) => name.endsWith('.md')).sort();
  const pages = await Promise.all(
    names.map(async (name): Promise<WantedSource> => {
      const text = await readFile(new URL(`pages/${name}`, FOLDER), 'utf8');
      const url = `${site}/shop/help/${name.slice(0, -3)}`;
      const title = titleOf(text);
      return { title, key: keyOf(name, text + url), json: { kind: 'markdown', title, url, text } };
    }),
  );
  const faq = new Uint8Array(await readFile(new URL('faq.csv', FOLDER)));
  const address = `${site}/shop/help.html`;
  return [
    ...pages,
    { title: 'Frequent questions', key: keyOf('faq.csv', faq), file: { name: 'faq.csv', bytes: faq } },
    {
      title: 'Packaging, pots and soil',
      key: keyOf('help.html', address),
      json: { kind: 'page', title: 'Packaging, pots and soil', url: address },
    },
  ];
}

/** The first heading of a page. */
export function titleOf(markdown: string): string {
  return /^# (.+)$/m.exec(markdown)?.[1] ?? 'Help';
}

function keyOf(name: string, content: string | Uint8Array): string {
  return `demo:${name}:${createHash('sha256').update(content).digest('hex').slice(0, 16)}`;
}
