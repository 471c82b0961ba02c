import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';

export interface AddOptions {
  readonly title?: string | undefined;
  readonly as?: string | undefined;
  readonly address?: string | undefined;
  readonly every?: string | undefined;
  readonly prefix?: string[] | undefined;
  readonly host?: string[] | undefined;
  readonly 'max-pages'?: string | undefined;
  readonly sitemap: boolean;
  readonly off: boolean;
}

/** What somebody wants to add that cannot be. */
export class CannotAdd extends Error {}

export type Addition =
  { readonly body: object } | { readonly file: Buffer; readonly name: string; readonly about: Readonly<Record<string, string>> };

/** What a path, an address or `-` for what comes in is to become: one source, or one of all its addresses. */
export async function whatToAdd(given: readonly string[], options: AddOptions, stdin: () => Promise<string>): Promise<Addition[]> {
  const addresses = given.filter((one) => /^https?:\/\//i.test(one));
  if (addresses.length > 0 && addresses.length < given.length) throw new CannotAdd('files and pages are added one after the other');
  if (addresses.length > 0) return [{ body: pagesOf(addresses, options) }];
  if (given.length > 1 && (options.title !== undefined || options.as !== undefined))
    throw new CannotAdd('--title and --as are for one file');
  return Promise.all(given.map((one) => (one === '-' ? textOf(options, stdin) : fileAt(one, options))));
}

function pagesOf(addresses: readonly string[], options: AddOptions): object {
  const { title, as: key, every, prefix, host, off, sitemap } = options;
  const common = { ...(title && { title }), ...(key && { key }), ...(every && { everyHours: Number(every) }), enabled: !off };
  if (!sitemap) return { kind: 'page', urls: addresses, ...common };
  if (addresses.length > 1) throw new CannotAdd('--sitemap takes one address');
  const maxPages = options['max-pages'];
  const site = { ...(prefix && { pathPrefixes: prefix }), ...(host && { hosts: host }), ...(maxPages && { maxPages: Number(maxPages) }) };
  return { kind: 'sitemap', url: addresses[0], ...common, ...site };
}

async function textOf({ title, as: key, address, off }: AddOptions, stdin: () => Promise<string>): Promise<Addition> {
  if (!title) throw new CannotAdd('a text from standard input needs a --title');
  return { body: { kind: 'markdown', title, text: await stdin(), ...(key && { key }), ...(address && { url: address }), enabled: !off } };
}

async function fileAt(given: string, { title, as: key, address, off }: AddOptions): Promise<Addition> {
  const found = await stat(given).catch(() => undefined);
  if (!found) throw new CannotAdd(`there is no file ${given}`);
  if (!found.isFile()) throw new CannotAdd(`${given} is no file`);
  const file = await readFile(given);
  const name = path.basename(given);
  if (/\.json$/i.test(name))
    return { body: { kind: 'pairs', title: title ?? name, pairs: pairsIn(file, given), ...(key && { key }), enabled: !off } };
  return {
    file,
    name,
    about: { name, ...(title && { title }), ...(key && { key }), ...(address && { url: address }), enabled: String(!off) },
  };
}

function pairsIn(file: Buffer, given: string): unknown {
  try {
    const pairs: unknown = JSON.parse(file.toString('utf8'));
    if (Array.isArray(pairs)) return pairs;
  } catch {
    // Told below.
  }
  throw new CannotAdd(`${given} is no list of {"question", "answer"} in JSON`);
}
