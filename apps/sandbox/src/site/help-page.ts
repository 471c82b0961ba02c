/** Shows one of the help pages that the assistants have read: the little Markdown they are written in, as HTML. */

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** Headings, paragraphs and lists; anything else is a paragraph. */
export function asHtml(markdown: string): string {
  return markdown
    .trim()
    .split(/\n{2,}/)
    .map(blockOf)
    .join('\n');
}

function blockOf(block: string): string {
  const heading = /^(#{1,3}) (.+)$/.exec(block);
  if (heading) return `<h${heading[1]!.length}>${escaped(heading[2]!)}</h${heading[1]!.length}>`;
  const lines = block.split('\n');
  const kind = lines.every((line) => /^- /.test(line)) ? 'ul' : lines.every((line) => /^\d+\. /.test(line)) ? 'ol' : undefined;
  if (!kind) return `<p>${escaped(block)}</p>`;
  return `<${kind}>${lines.map((line) => `<li>${escaped(line.replace(/^(?:-|\d+\.) /, ''))}</li>`).join('')}</${kind}>`;
}

/** A help page in the frame of the one that stands in the shop's folder. */
export function helpPage(frame: string, markdown: string): string {
  const title = /^# (.+)$/m.exec(markdown)?.[1] ?? 'Help';
  return frame
    .replace(/<title>[^<]*<\/title>/, `<title>${escaped(title)} · Juniper</title>`)
    .replace(/(?<=<p class="eyebrow">Help<\/p>)[\s\S]*?(?=<\/article>)/, () => `\n${asHtml(markdown)}\n`)
    .replace(/((?:href|src)=")(?=[a-z.]+(?:css|js|svg|\/)")/g, '$1../');
}
