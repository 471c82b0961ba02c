import { jest } from '@jest/globals';

/** A test with real servers or a browser waits for other processes; a minute without an end is a failure. */
jest.setTimeout(60_000);
