/** What the doors of files have to know of the limits. */
export class FileLimits {
  constructor(
    /** Of one file. */
    readonly maxBytes: number,
    /** Content types that may be sent, for the browser's own choice of files. */
    readonly types: readonly string[],
  ) {}
}
