import { OPERATIONS, ProblemSchema, PROBLEMS } from '@baton/control-api';
import type { Operation, ProblemCode } from '@baton/control-api';
import { z } from 'zod';
import { isEmpty } from './give-answers.js';

const COMMON: readonly ProblemCode[] = ['invalid-request', 'too-many-requests', 'not-ready'];

/** The OpenAPI 3.1 document of the API, from its operations. */
export function openApiDocument(operations: readonly Operation[] = OPERATIONS): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const operation of operations) (paths[operation.path] ??= {})[operation.method.toLowerCase()] = described(operation);
  return {
    openapi: '3.1.1',
    info: {
      title: 'Baton control plane',
      version: '1',
      description: 'Workspaces, bots and everything that is set for them; what happened in conversations, and why.',
    },
    tags: [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-baton',
          description: 'Of the console; changes also need the header x-baton-csrf.',
        },
        key: { type: 'http', scheme: 'bearer', description: 'An API key of a workspace, or the key of the environment.' },
      },
      schemas: { Problem: schemaOf(ProblemSchema, 'output') },
    },
  };
}

function described(operation: Operation): object {
  const { access } = operation;
  const codes = [
    ...COMMON,
    ...(operation.problems ?? []),
    ...(access.to === 'anyone' ? [] : (['not-signed-in', 'not-allowed', 'not-found'] as const)),
    ...(operation.etag === 'required' ? (['changed-meanwhile', 'version-required'] as const) : []),
  ];
  return {
    operationId: operation.id,
    tags: [operation.tag],
    summary: operation.summary,
    'x-access': access,
    security: access.to === 'anyone' ? [] : [{ session: [] }, { key: [] }],
    parameters: [
      ...parameters(operation.params, 'path'),
      ...parameters(operation.query, 'query'),
      ...(operation.etag === 'required'
        ? [
            {
              name: 'If-Match',
              in: 'header',
              description: 'The ETag of the version that is changed; If-None-Match: * where there must be none.',
              schema: { type: 'string' },
            },
          ]
        : []),
    ],
    ...bodyOf(operation),
    responses: { ...success(operation), ...problems(codes) },
  };
}

function bodyOf(operation: Operation): object {
  if (operation.bytes)
    return { requestBody: { required: true, content: Object.fromEntries(operation.bytes.types.map((type) => [type, {}])) } };
  if (isNothing(operation.body)) return {};
  return { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(operation.body, 'input') } } } };
}

function success(operation: Operation): Record<string, object> {
  if (isEmpty(operation) && operation.produces === undefined) return { [operation.status ?? 204]: { description: 'Done.' } };
  const type = operation.produces ?? 'application/json';
  const schema = operation.produces === undefined ? { schema: schemaOf(operation.answer, 'output') } : {};
  const headers = operation.etag ? { headers: { ETag: { description: 'The version.', schema: { type: 'string' } } } } : {};
  return { [operation.status ?? 200]: { description: 'Done.', ...headers, content: { [type]: schema } } };
}

function problems(codes: readonly ProblemCode[]): Record<string, object> {
  const byStatus = Map.groupBy(new Set(codes), (code) => PROBLEMS[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, some]) => [
      status,
      {
        description: some.map((code) => `\`${code}\`: ${PROBLEMS[code].title}.`).join(' '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}

function parameters(schema: z.ZodType, place: 'path' | 'query'): object[] {
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, { description?: string }>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, of]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: of,
  }));
}

function isNothing(schema: z.ZodType): boolean {
  return Object.keys((schema as { shape?: object }).shape ?? { some: 1 }).length === 0;
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Record<string, unknown>;
  return rest;
}
