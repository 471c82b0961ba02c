import type { NewChunk } from '../chunks/chunk.js';

/** What a chunk's vector is made of: its headings say what a passage that stands alone is about. */
export function embeddedText(chunk: Pick<NewChunk, 'titlePath' | 'question' | 'text'>): string {
  return [chunk.titlePath.join(' › '), chunk.question ?? '', chunk.text].filter((part) => part.trim() !== '').join('\n');
}
