import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import type { SecureContext } from 'node:tls';
import type { KafkaTls, MessagingLog } from './kafka.js';

/** How often a pair is read anew that does not fit together: whoever renews it may be between its two files. */
const READS = 3;

/**
 * Gives each new connection the certificates that lie on disk at that moment, so that renewed ones are taken without a restart. While
 * they cannot be used (half written, certificate and key of two renewals) the last good ones go on.
 */
export function tlsContexts(files: KafkaTls, log?: MessagingLog): () => SecureContext {
  let last: { readonly text: string; readonly context: SecureContext } | undefined;

  const fresh = (): SecureContext => {
    const pem = readAll(files);
    const text = JSON.stringify(pem);
    if (last?.text !== text) {
      const context = createSecureContext(pem);
      if (last) log?.info({ files }, 'the certificates for Kafka were renewed');
      last = { text, context };
    }
    return last.context;
  };

  return () => {
    for (let read = 1; ; read++) {
      try {
        return fresh();
      } catch (error) {
        if (read < READS) continue;
        const reason = `the certificates for Kafka cannot be used: ${error instanceof Error ? error.message : String(error)}`;
        if (!last) throw new Error(reason, { cause: error });
        log?.warn({ files }, `${reason}; the last good ones go on`);
        return last.context;
      }
    }
  };
}

function readAll({ caFile, certFile, keyFile }: KafkaTls): { ca?: string; cert?: string; key?: string } {
  return {
    ...(caFile !== undefined && { ca: readFileSync(caFile, 'utf8') }),
    ...(certFile !== undefined && { cert: readFileSync(certFile, 'utf8') }),
    ...(keyFile !== undefined && { key: readFileSync(keyFile, 'utf8') }),
  };
}
