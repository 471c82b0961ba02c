import type { Ruling } from '../ruling.js';

/** A word while he waits. */
export function onKeepAlive(_ruling: Ruling): void {}
