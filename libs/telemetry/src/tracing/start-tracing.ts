import { context, propagation } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TraceparentPropagator } from './propagator.js';
import { setRecording } from './recording.js';
import { readTracingVariables } from './tracing-variables.js';

export interface TracingOptions {
  readonly service: string;
  readonly version: string;
  /** Which replica. */
  readonly instance: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Told what is wrong with the variables, and that spans do not get out, at most once a minute. */
  readonly onTrouble?: (trouble: string) => void;
}

export interface Tracing {
  /** Whether spans are made and sent; traceparents go on in any case. */
  readonly isOn: boolean;
  /** Sends what waits, for at most `withinMs` (default 500); what did not get out by then is lost. It never throws. */
  stop(withinMs?: number): Promise<void>;
}

const FLUSH_WITHIN_MS = 500;
const TELL_EVERY_MS = 60_000;

/**
 * Begins to trace as OpenTelemetry's standard variables say, before anything else of the service is built. Without
 * `OTEL_EXPORTER_OTLP_ENDPOINT` (or `…_TRACES_ENDPOINT`) no SDK is loaded: only the trace that a record names goes on into
 * what follows from it and into log lines. A collector that is slow or away costs spans, never a message.
 */
export async function startTracing({ service, version, instance, env = process.env, onTrouble }: TracingOptions): Promise<Tracing> {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new TraceparentPropagator());
  const variables = readTracingVariables(env);
  for (const problem of variables.problems) onTrouble?.(problem);
  if (!variables.isOn) return { isOn: false, stop: async () => undefined };
  const [{ startSdk }, { traceOutgoingCalls }] = await Promise.all([import('./sdk.js'), import('./outgoing-calls.js')]);
  const provider = startSdk({ service, version, instance, variables, onTrouble: atMostEach(TELL_EVERY_MS, onTrouble) });
  const end = traceOutgoingCalls();
  setRecording({ isOn: true, followsCause: variables.sampling.followsParent });
  return {
    isOn: true,
    stop: async (withinMs = FLUSH_WITHIN_MS) => {
      end();
      setRecording();
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, withinMs)));
      await Promise.race([provider.shutdown().catch(() => undefined), late]);
      clearTimeout(timer);
    },
  };
}

function atMostEach(ms: number, tell: (trouble: string) => void = () => undefined): (trouble: string) => void {
  let last = -Infinity;
  return (trouble) => {
    const now = performance.now();
    if (now - last < ms) return;
    last = now;
    tell(trouble);
  };
}
