import mammoth from 'mammoth';
import { checkedLength, cleanText } from './decode-text.js';
import type { Extracted, FileHints } from './extracted.js';
import { EXTRACT_LIMITS } from './extracted.js';
import { textOfFragment } from './html.js';
import { sectionsOf, titleOf } from './sections.js';
import { SourceError } from './source-error.js';
import { checkUnpacked, zipEntries } from './zip-bounds.js';

const TITLE = /<h1 class="title">([\s\S]*?)<\/h1>/;

/**
 * A Word document: its headings, lists and tables; pictures are left out.
 * @throws SourceError
 */
export async function fromDocx(bytes: Buffer, hints: Pick<FileHints, 'title' | 'url'> = {}): Promise<Extracted> {
  checkUnpacked(bytes, zipEntries(bytes), EXTRACT_LIMITS.unpacked);
  const html = await htmlOf(bytes);
  const written = TITLE.exec(html)?.[1];
  const text = checkedLength(cleanText(textOfFragment(html.replace(TITLE, ''))), EXTRACT_LIMITS.letters);
  const sections = sectionsOf(text);
  const title = hints.title ?? (written === undefined ? undefined : textOfFragment(written).trim() || undefined) ?? titleOf(sections) ?? '';
  return { title, document: { title, sections, ...(hints.url !== undefined && { url: hints.url }) }, problems: [] };
}

async function htmlOf(buffer: Buffer): Promise<string> {
  try {
    const result = await mammoth.convertToHtml(
      { buffer },
      {
        styleMap: ["p[style-name='Title'] => h1.title:fresh", "p[style-name='Subtitle'] => p:fresh"],
        convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: '' })),
        externalFileAccess: false,
      },
    );
    return result.value;
  } catch {
    throw new SourceError('source.broken');
  }
}
