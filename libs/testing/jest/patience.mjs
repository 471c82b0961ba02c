import { jest } from '@jest/globals';

/** A test with real servers or a browser waits for other processes; two minutes without an end are a failure. */
jest.setTimeout(120_000);
