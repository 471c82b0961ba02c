import { describe, expect, it } from '@jest/globals';
import { DEFAULT_PORTS } from './ports.js';
import { withPorts } from './settings-file.js';

describe('settings for other ports', () => {
  it('point to where things are, each moved once, and leave other addresses alone', () => {
    const text =
      'a: http://127.0.0.1:4000\nb: http://localhost:4100\nc: https://api.crisp.chat\nd: http://127.0.0.1:9999\ncallsPerSecond: 4000';
    const moved = withPorts(text, { ...DEFAULT_PORTS, SITE_PORT: 4100, CRISP_PORT: 4000 });
    expect(moved).toBe(
      'a: http://127.0.0.1:4100\nb: http://localhost:4000\nc: https://api.crisp.chat\nd: http://127.0.0.1:9999\ncallsPerSecond: 4000',
    );
  });

  it('stay as they are at the usual ports', () => {
    const text = 'apiUrl: http://127.0.0.1:4100';
    expect(withPorts(text, DEFAULT_PORTS)).toBe(text);
  });
});
