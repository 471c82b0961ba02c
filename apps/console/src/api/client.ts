import { ApiClient } from '@baton/control-api';
import type { CallOptions, Operation, RequestOf, ResultOf } from '@baton/control-api';
import { QueryCache, QueryClient, useMutation, useQuery } from '@tanstack/react-query';
import type { UseQueryOptions } from '@tanstack/react-query';
import { mayHaveLostAccess } from './problems.js';

let csrfToken: string | undefined;

/** The session's token against requests of other sites; known since the session was read. */
export function rememberCsrfToken(token: string | undefined): void {
  csrfToken = token;
}

/** For requests that do not go over `api`. */
export const csrfTokenNow = (): string | undefined => csrfToken;

/** The API, as the person who is signed in in this browser. */
export const api = new ApiClient({ baseUrl: '', csrfToken: () => csrfToken });

export const queries = new QueryClient({
  // Who lost his session, his role or the workspace learns it from whatever he reads next.
  queryCache: new QueryCache({
    onError: (error, { queryKey }) => {
      if (queryKey[0] !== 'getSession' && mayHaveLostAccess(error)) void queries.invalidateQueries({ queryKey: ['getSession'] });
    },
  }),
  defaultOptions: {
    queries: { retry: (count, error) => count < 2 && error.name === 'NoAnswer', staleTime: 5_000, refetchOnWindowFocus: true },
  },
});

/** What an operation's answer is kept under: forgotten with `queries.invalidateQueries({ queryKey: [operation.id] })`. */
export function keyOf<O extends Operation>(operation: O, request: RequestOf<O> = {}): readonly unknown[] {
  return [operation.id, request.params ?? {}, request.query ?? {}];
}

/** Reads by an operation, and again when the page is looked at again. */
export function useRead<O extends Operation>(
  operation: O,
  request: RequestOf<O> = {},
  options: Omit<UseQueryOptions<ResultOf<O>>, 'queryKey' | 'queryFn'> = {},
) {
  return useQuery<ResultOf<O>>({
    ...options,
    queryKey: keyOf(operation, request),
    queryFn: ({ signal }) => api.call(operation, request, { signal }),
  });
}

/** Does an operation when it is told to; what `forgets` names is read again afterwards. */
export function useDo<O extends Operation>(operation: O, { forgets = [] }: { readonly forgets?: readonly Operation[] } = {}) {
  return useMutation<ResultOf<O>, Error, { readonly request?: RequestOf<O>; readonly options?: CallOptions }>({
    mutationFn: ({ request, options }) => api.call(operation, request ?? {}, options),
    onSuccess: async () => {
      await Promise.all(forgets.map(({ id }) => queries.invalidateQueries({ queryKey: [id] })));
    },
    onError: (error) => {
      if (mayHaveLostAccess(error)) void queries.invalidateQueries({ queryKey: ['getSession'] });
    },
  });
}
