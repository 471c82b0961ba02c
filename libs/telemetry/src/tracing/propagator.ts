import { isSpanContextValid, trace } from '@opentelemetry/api';
import type { Context, TextMapGetter, TextMapPropagator, TextMapSetter } from '@opentelemetry/api';
import { readTraceparent, writeTraceparent } from './traceparent.js';

const HEADER = 'traceparent';

/** W3C trace context, version 00, without trace state: what our records carry, for libraries that know OpenTelemetry's API only. */
export class TraceparentPropagator implements TextMapPropagator {
  inject(context: Context, carrier: unknown, setter: TextMapSetter): void {
    const active = trace.getSpanContext(context);
    if (active && isSpanContextValid(active)) setter.set(carrier, HEADER, writeTraceparent(active));
  }

  extract(context: Context, carrier: unknown, getter: TextMapGetter): Context {
    const header = getter.get(carrier, HEADER);
    const parent = readTraceparent(Array.isArray(header) ? header[0] : header);
    return parent ? trace.setSpanContext(context, parent) : context;
  }

  fields(): string[] {
    return [HEADER];
  }
}
