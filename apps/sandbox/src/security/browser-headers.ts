import { describe, expect, it } from '@jest/globals';
import type { WatchedPlatform } from './watched-platform.js';

/** Tests of what a browser is told about the pages and files that it is given. */
export function tellsBrowsersWhatTheyMay(watched: WatchedPlatform): void {
  describe('what a browser is given', () => {
    const page = async (url: string) => Object.fromEntries((await fetch(url)).headers);

    it.each<[string, () => Promise<string>, Record<string, RegExp>]>([
      [
        'the console',
        async () => `${watched.platform.urls.controlPlane}/console/`,
        {
          'content-security-policy': /default-src 'none'.*frame-ancestors 'none'/,
          'x-content-type-options': /nosniff/,
          'referrer-policy': /same-origin/,
        },
      ],
      [
        'a history link that does not open',
        async () => `${watched.platform.urls.orchestrators[0]}/history/nothing`,
        {
          'content-security-policy': /default-src 'none'/,
          'x-frame-options': /DENY/,
          'referrer-policy': /no-referrer/,
          'cache-control': /no-store/,
        },
      ],
      [
        'a file link that does not open',
        async () => `${watched.platform.urls.dispatchers[0]}/v1/files/x/y`,
        { 'content-security-policy': /default-src 'none'.*sandbox/, 'x-content-type-options': /nosniff/, 'referrer-policy': /no-referrer/ },
      ],
      [
        'the widget',
        async () => `${watched.platform.urls.dispatchers[0]}/w/loader.js`,
        { 'x-content-type-options': /nosniff/, 'access-control-allow-origin': /^\*$/ },
      ],
    ])('is framed, sniffed and passed on by nobody: %s', async (_what, url, wanted) => {
      const headers = await page(await url());
      for (const [name, value] of Object.entries(wanted)) expect([name, headers[name]]).toEqual([name, expect.stringMatching(value)]);
      expect(headers['set-cookie']).toBeUndefined();
    });

    it('is shared with no other page: an origin that the bot does not allow reads nothing, and none may send cookies', async () => {
      const answer = await fetch(`${watched.platform.urls.dispatchers[0]}/v1/webchat/outlet/config`, {
        headers: { origin: 'https://evil.example' },
      });
      expect([answer.status, answer.headers.get('access-control-allow-credentials')]).toEqual([403, null]);
      const api = await fetch(`${watched.platform.urls.controlPlane}/v1/session`, { headers: { origin: 'https://evil.example' } });
      expect(api.headers.get('access-control-allow-origin')).toBeNull();
    });
  });
}
