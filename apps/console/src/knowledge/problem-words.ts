/** What went wrong, and what one can do about it. */
export interface ProblemWords {
  readonly what: string;
  readonly next?: string;
}

const WORDS: Readonly<Record<string, ProblemWords>> = {
  'source.encrypted': { what: 'It asks for a password.', next: 'Save it without one and add it again.' },
  'source.too-large': { what: 'It is larger than what can be read at once.', next: 'Split it into smaller parts.' },
  'source.empty': {
    what: 'There is no text in it.',
    next: 'A scanned page is a picture: add the text itself, or a version whose text can be marked.',
  },
  'source.broken': { what: 'It is damaged, or not what its name says.', next: 'Open it, save it anew and add it again.' },
  'source.unsupported': { what: 'Files of this kind are not read.', next: 'PDF, Word (DOCX), HTML, Markdown, plain text and CSV are.' },
  'source.too-slow': { what: 'It could not be read in the time one document gets.', next: 'Split it into smaller parts.' },
  'source.too-many-pages': { what: 'There are more pages than this source may have.', next: 'Narrow it to a part of the website.' },
  'source.too-many-bytes': { what: 'The pages together are larger than a source may be.', next: 'Narrow it to a part of the website.' },
  'source.out-of-time': {
    what: 'Reading took too long; the rest was left out.',
    next: 'Read it again, or narrow it to a part of the website.',
  },
  'source.not-embedded': { what: 'Its meaning could not be worked out.', next: 'Whoever runs Baton must look after the embedding model.' },
  'sitemap.broken': { what: 'This is no sitemap that can be read.', next: 'It mostly lies at /sitemap.xml.' },
  'page.robots': { what: 'The website’s robots.txt forbids reading it.', next: 'Allow “BatonBot” there, or add the text itself.' },
  'page.robots-unreachable': { what: 'The website’s robots.txt cannot be had, so nothing is read.', next: 'Read it again later.' },
  'page.noindex': { what: 'The page asks not to be found (noindex).', next: 'Take that away, or add the text itself.' },
  'page.outside': { what: 'It leads away from the website of this source.', next: 'Add that page on its own.' },
  'page.timeout': { what: 'The website did not answer in time.', next: 'Read it again later.' },
  'page.network': { what: 'The website cannot be reached.', next: 'Is the address right, and open to the outside?' },
  'page.gone': { what: 'The page is not there any more.' },
  'page.forbidden-address': {
    what: 'This address is not open to the internet, and such are not read.',
    next: 'Add the text itself, or a file.',
  },
  'page.forbidden-redirect': { what: 'It leads to an address that is not open to the internet.', next: 'Add the text itself, or a file.' },
  'page.too-many-redirects': { what: 'It leads from address to address without an end.', next: 'Add the address where it ends.' },
  'page.too-large': { what: 'The page is too large.' },
  'page.broken': { what: 'What the website answered cannot be read.' },
  'page.enotfound': { what: 'There is no such website.', next: 'Check the address for a typing mistake.' },
  'page.econnrefused': { what: 'The website refuses the connection.', next: 'Is it running, and open to the outside?' },
};

/** A code of a source's problem, in words. Codes that nobody foresaw are told as they are. */
export function problemWords(code: string): ProblemWords {
  const known = WORDS[code];
  if (known) return known;
  const status = /^page\.status-(\d+)$/.exec(code)?.[1];
  if (status === '401' || status === '403') return { what: 'The website lets nobody in without signing in.', next: 'Add the text itself.' };
  if (status === '404' || status === '410') return { what: 'There is no such page.' };
  if (status === '429') return { what: 'The website wants to be asked less often.', next: 'Read it again later.' };
  if (status !== undefined) return { what: `The website answered with error ${status}.`, next: 'Read it again later.' };
  if (code.startsWith('page.e')) return { what: 'The website cannot be reached.', next: 'Is the address right, and open to the outside?' };
  return { what: `It could not be read (${code}).` };
}
