/** Something that must not happen, with what brings it about again. */
export interface Finding {
  readonly what: string;
  /** The bytes or the text that did it; of long ones the beginning. */
  readonly by: string;
}

/** What one target was put through. */
export interface FuzzReport {
  readonly target: string;
  readonly tried: number;
  readonly findings: readonly Finding[];
  /** For the reader: what was looked at beside the answers. */
  readonly notes: readonly string[];
}

const SHOWN = 2_000;

export const finding = (what: string, by: string | Buffer): Finding => ({
  what,
  by: (typeof by === 'string' ? by : `base64 ${by.toString('base64')}`).slice(0, SHOWN),
});
