import { getDocumentProxy } from 'unpdf';
import { checkedLength, cleanText } from './decode-text.js';
import type { Extracted, FileHints } from './extracted.js';
import { EXTRACT_LIMITS } from './extracted.js';
import { linesOfPage, textOfPages } from './pdf-text.js';
import type { PdfLine, PdfItem } from './pdf-text.js';
import { sectionsOf, titleOf } from './sections.js';
import { SourceError } from './source-error.js';

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;

/**
 * The text of a PDF, page by page; what is written larger is a heading, what is on every page is left out.
 * @throws SourceError `source.encrypted`, `source.broken`; `source.empty` when it is a picture of a text
 */
export async function fromPdf(bytes: Buffer, hints: Pick<FileHints, 'title' | 'url'> = {}): Promise<Extracted> {
  const pdf = await opened(bytes);
  try {
    const { pages, problems } = await read(pdf);
    if (problems.length > 0 && pages.every((lines) => lines.length === 0)) throw new SourceError('source.broken');
    const text = checkedLength(cleanText(textOfPages(pages)), EXTRACT_LIMITS.letters);
    const sections = sectionsOf(text);
    const title = hints.title ?? (await titleInside(pdf)) ?? titleOf(sections) ?? '';
    return { title, document: { title, sections, ...(hints.url !== undefined && { url: hints.url }) }, problems };
  } finally {
    await pdf.loadingTask.destroy().catch(() => undefined);
  }
}

async function opened(bytes: Buffer): Promise<Pdf> {
  try {
    return await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });
  } catch (error) {
    throw new SourceError((error as Error).name === 'PasswordException' ? 'source.encrypted' : 'source.broken');
  }
}

async function read(pdf: Pdf): Promise<{ pages: PdfLine[][]; problems: Extracted['problems'] }> {
  const pages: PdfLine[][] = [];
  const problems: { code: 'source.broken' | 'source.too-large'; where: string }[] = [];
  for (let number = 1; number <= Math.min(pdf.numPages, EXTRACT_LIMITS.pages); number += 1) {
    try {
      const page = await pdf.getPage(number);
      const { items } = await page.getTextContent();
      pages.push(linesOfPage(items.filter((item): item is typeof item & PdfItem => 'str' in item)));
      page.cleanup();
    } catch {
      problems.push({ code: 'source.broken', where: `page ${number}` });
    }
  }
  if (pdf.numPages > EXTRACT_LIMITS.pages) problems.push({ code: 'source.too-large', where: `pages after ${EXTRACT_LIMITS.pages}` });
  return { pages, problems };
}

/** Programs write names of files or of themselves there, too. */
async function titleInside(pdf: Pdf): Promise<string | undefined> {
  const { info } = await pdf.getMetadata().catch(() => ({ info: {} }));
  const { Title: title } = info as { Title?: unknown };
  const isName =
    typeof title === 'string' && !/^(?:microsoft|untitled|document\d*$)|\.(?:docx?|pdf|indd|pptx?|xlsx?|odt|tex)$/i.test(title.trim());
  return isName && title.trim() !== '' ? cleanText(title).trim().slice(0, 200) : undefined;
}
