import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Span } from '@opentelemetry/api';
import { routeOf } from './route-of.js';

/** What Node's `fetch` publishes of a request: part of undici's documented diagnostics channels. */
interface Published {
  readonly request: { readonly method: string; readonly origin: string | URL; readonly path: string };
  readonly response?: { readonly statusCode: number };
  readonly error?: { readonly name?: string; readonly code?: string };
}

/**
 * A span for each call that `fetch` makes while something is traced: to Crisp, Meta, a model, a web site. It holds method, host, the kind
 * of path and the status; never a query, a header, an id or a body, for there are tokens and people's words in them. Nothing is sent along:
 * whose server it is need not know our traces.
 * @returns ends it
 */
export function traceOutgoingCalls(): () => void {
  const spans = new WeakMap<object, Span>();
  const created = (message: unknown): void => {
    if (!trace.getActiveSpan()?.isRecording()) return;
    const { request } = message as Published;
    const { method } = request;
    const { hostname, port, protocol, pathname } = new URL(request.path, request.origin);
    const route = routeOf(pathname);
    const span = trace.getTracer('@baton/telemetry').startSpan(`${method} ${route}`, {
      kind: SpanKind.CLIENT,
      attributes: {
        'http.request.method': method,
        'server.address': hostname,
        'server.port': Number(port) || (protocol === 'https:' ? 443 : 80),
        'url.scheme': protocol.slice(0, -1),
        'url.template': route,
      },
    });
    if (span.isRecording()) spans.set(request, span);
  };
  const answered = (message: unknown): void => {
    const { request, response } = message as Published;
    const span = spans.get(request);
    if (!span || !response) return;
    const { statusCode } = response;
    span.setAttribute('http.response.status_code', statusCode);
    if (statusCode < 400) return;
    span.setAttribute('error.type', String(statusCode));
    span.setStatus({ code: SpanStatusCode.ERROR });
  };
  const ended = (message: unknown): void => {
    const { request } = message as Published;
    spans.get(request)?.end();
    spans.delete(request);
  };
  const failed = (message: unknown): void => {
    const { request, error } = message as Published;
    const span = spans.get(request);
    span?.setAttribute('error.type', error?.code ?? error?.name ?? 'unknown');
    span?.setStatus({ code: SpanStatusCode.ERROR });
    ended(message);
  };
  const listeners = [
    ['undici:request:create', created],
    ['undici:request:headers', answered],
    ['undici:request:trailers', ended],
    ['undici:request:error', failed],
  ] as const;
  for (const [channel, listener] of listeners) subscribe(channel, listener);
  return () => {
    for (const [channel, listener] of listeners) unsubscribe(channel, listener);
  };
}
