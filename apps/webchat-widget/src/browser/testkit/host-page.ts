import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HostPage {
  /** Of another origin than the chat's. */
  readonly url: string;
  stop(): Promise<void>;
}

/** A policy as the strictest pages have it: nothing inline, no markup from strings. */
const policy = (chat: string) =>
  [
    `default-src 'none'`,
    `script-src 'nonce-n0nce' 'strict-dynamic'`,
    `style-src 'nonce-n0nce'`,
    `connect-src ${chat} ${chat.replace('http', 'ws')}`,
    `img-src ${chat} data:`,
    `require-trusted-types-for 'script'`,
    `trusted-types 'none'`,
    `base-uri 'none'`,
  ].join('; ');

/** What a test wants of the page: `?css=` more style, `?bot=`, `?twice=` a second snippet, `?lang=`, `?before=` script before the snippet. */
export async function serveHostPage(chat: string): Promise<HostPage> {
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://host');
    const wish = (name: string) => searchParams.get(name) ?? '';
    const snippet = `<script nonce="n0nce" async src="${chat}/w/loader.js" data-bot="${wish('bot') || 'demo'}"></script>`;
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy(chat) });
    response.end(`<!doctype html><html lang="${wish('lang') || 'en'}"><head><meta name="viewport" content="width=device-width, initial-scale=1">
<title>A shop</title><style nonce="n0nce">body{font:16px sans-serif;margin:40px}${wish('css')}</style>
<script nonce="n0nce">window.violations=[];addEventListener('securitypolicyviolation',e=>violations.push(e.violatedDirective+' '+e.blockedURI));
window.chimes=0;const start=OscillatorNode.prototype.start;OscillatorNode.prototype.start=function(...a){chimes++;return start.apply(this,a)};
window.$baton=window.$baton||function(){($baton.q=$baton.q||[]).push(arguments)};${wish('before')}</script>
${snippet}${wish('twice') && snippet}
</head><body><main><h1>A shop</h1><p>Things to buy. <a href="#x">A link</a> <button>Add to basket</button></p></main></body></html>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
