/** Why a file is not to be had, for good. */
export const FILE_REFUSALS = [
  'file.gone',
  'file.unreachable',
  'file.forbidden-address',
  'file.too-many-redirects',
  'file.too-large',
  'file.too-many',
  'file.type-not-allowed',
  'file.empty',
  'file.broken',
] as const;
export type FileRefusal = (typeof FILE_REFUSALS)[number];

/** For the person behind the link: an agent, who may ask the visitor to send it again. */
export function sentenceFor(refusal: string, maxBytes: number): string {
  switch (refusal as FileRefusal) {
    case 'file.gone':
      return 'The channel no longer had this file when it was asked for it. Please ask for it again.';
    case 'file.unreachable':
      return 'The channel did not hand this file over, although it was asked for an hour. Please ask for it again.';
    case 'file.forbidden-address':
    case 'file.too-many-redirects':
      return 'This file was not fetched because its address is not a public one.';
    case 'file.too-large':
      return `This file was not taken because it is larger than ${megabytes(maxBytes)} MB.`;
    case 'file.too-many':
      return 'This file was not taken because this conversation has as many files as one may have.';
    case 'file.type-not-allowed':
      return 'This file was not taken because files of its kind are not allowed here.';
    case 'file.empty':
      return 'This file was not taken because there is nothing in it.';
    case 'file.broken':
      return 'This file was not taken because it could not be read.';
    default:
      return 'This file was not taken.';
  }
}

export function megabytes(bytes: number): number {
  return Math.floor(bytes / 1_048_576);
}
