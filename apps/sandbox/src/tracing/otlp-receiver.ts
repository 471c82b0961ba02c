import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { spansOf } from './otlp-spans.js';
import type { SeenSpan } from './otlp-spans.js';

/** A collector that keeps everything: OTLP over HTTP, as Protocol Buffers. */
export class OtlpReceiver {
  readonly spans: SeenSpan[] = [];
  /** What came, byte for byte. */
  readonly bodies: Buffer[] = [];
  private readonly server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      this.bodies.push(body);
      this.spans.push(...spansOf(body));
      response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
    });
  });

  /** @returns the endpoint for `OTEL_EXPORTER_OTLP_ENDPOINT` */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
