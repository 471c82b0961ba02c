/** What the doors of files have to know of the limits. */
export class FileLimits {
  /** @param maxBytes of one file */
  constructor(readonly maxBytes: number) {}
}
