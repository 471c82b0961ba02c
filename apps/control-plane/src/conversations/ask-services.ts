import type { MissingPart } from '@baton/control-api';
import { ApiRefusal } from '../api/problem.js';
import type { Services, ServiceName } from '../services/services.js';

const PARTS: Readonly<Record<ServiceName, MissingPart['part']>> = {
  orchestrator: 'conversation',
  dispatcher: 'deliveries',
  ai: 'assistant',
};
const WHAT: Readonly<Record<MissingPart['part'], string>> = {
  conversation: 'Messages, decisions, promises and work in Crisp',
  deliveries: 'What reached the visitor’s chat',
  assistant: 'Answers of the assistant, and conversations of the Crisp inbox,',
};

/** What a service told; `missing` where it could not be asked, `none` where it has nothing of that name. */
export type Told<T> =
  { readonly is: 'told'; readonly value: T } | { readonly is: 'none' } | { readonly is: 'missing'; readonly missing: MissingPart };

/** Reads at the services' inner doors for one workspace; a service that is away leaves its part out. */
export class AskServices {
  constructor(private readonly services: Services) {}

  /** @throws ApiRefusal when the service finds the question wrong */
  async ask<T>(service: ServiceName, of: { readonly workspaceId: string; readonly by: string }, path: string): Promise<Told<T>> {
    try {
      return { is: 'told', value: await this.services.json<T>(service, { ...of, errand: 'conversations', may: 'read' }, { path }) };
    } catch (error) {
      if (!(error instanceof ApiRefusal)) throw error;
      if (error.code === 'not-found') return { is: 'none' };
      if (error.code !== 'service-away' && error.code !== 'not-configured') throw error;
      const part = PARTS[service];
      return { is: 'missing', missing: { part, words: `${WHAT[part]} cannot be shown: ${error.detail}` } };
    }
  }
}

export function missingOf(...told: readonly Told<unknown>[]): MissingPart[] {
  return told.flatMap((one) => (one.is === 'missing' ? [one.missing] : []));
}

/** A path with what is asked for behind it; undefined is left out. */
export function withQuery(path: string, query: Readonly<Record<string, string | number | undefined>>): string {
  const asked = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value !== undefined) asked.set(key, String(value));
  return asked.size === 0 ? path : `${path}?${asked.toString()}`;
}
