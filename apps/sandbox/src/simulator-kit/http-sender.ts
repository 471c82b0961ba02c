import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

/** The status of an answer; an error when there was none. */
export type SendResult = { status: number } | { error: string };

/** Posts bodies over connections that are kept. */
export class HttpSender {
  private readonly http = new HttpAgent({ keepAlive: true, maxSockets: 128 });
  private readonly https = new HttpsAgent({ keepAlive: true, maxSockets: 128 });

  post(url: string, body: string, headers: Record<string, string>, withinMs: number): Promise<SendResult> {
    const secure = url.startsWith('https:');
    return new Promise((resolve) => {
      const request = (secure ? httpsRequest : httpRequest)(
        url,
        {
          method: 'POST',
          agent: secure ? this.https : this.http,
          headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers },
        },
        (response) => {
          response.resume();
          response.once('close', () => {
            clearTimeout(limit);
            resolve({ status: response.statusCode ?? 0 });
          });
        },
      );
      const limit = setTimeout(() => request.destroy(new Error('no answer in time')), withinMs);
      request.once('error', (error) => {
        clearTimeout(limit);
        resolve({ error: (error as NodeJS.ErrnoException).code ?? error.message });
      });
      request.end(body);
    });
  }

  close(): void {
    this.http.destroy();
    this.https.destroy();
  }
}
