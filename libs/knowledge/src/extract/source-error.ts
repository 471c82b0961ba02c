/** Why a document gave nothing, or not all of it. */
export const SOURCE_PROBLEMS = [
  /** It asks for a password. */
  'source.encrypted',
  /** Larger than we take: bytes, pages, letters, or what it becomes unpacked. */
  'source.too-large',
  /** There is no text in it: a scanned page, an empty file. */
  'source.empty',
  /** It is not what it says it is, or damaged. */
  'source.broken',
  /** We do not read files of this kind. */
  'source.unsupported',
  /** It could not be read in the time that one document gets. */
  'source.too-slow',
] as const;
export type SourceProblem = (typeof SOURCE_PROBLEMS)[number];

export class SourceError extends Error {
  constructor(
    readonly code: SourceProblem,
    detail?: string,
  ) {
    super(detail ?? code);
    this.name = 'SourceError';
  }
}
