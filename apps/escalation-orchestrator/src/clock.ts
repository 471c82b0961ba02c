/** The time in ms since 1970; injected, so that a test can say what time it is. */
export type Clock = () => number;

export const CLOCK = Symbol('clock');
