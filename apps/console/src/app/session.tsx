import { getSession } from '@baton/control-api';
import type { Role, Session } from '@baton/control-api';
import { createContext, use } from 'react';
import type { ReactNode } from 'react';
import { useParams } from 'react-router';
import { rememberCsrfToken, useRead } from '../api/client.js';
import { isSignedOut } from '../api/problems.js';
import { Loading } from '../kit/loading.js';
import { Trouble } from '../kit/trouble.js';
import { SignInPage } from '../sign-in/sign-in-page.js';

const SessionContext = createContext<Session | undefined>(undefined);

/** Shows what is inside to who is signed in; to others the way to sign in. */
export function Signed({ children }: { readonly children: ReactNode }) {
  const session = useRead(getSession, {}, { staleTime: 30_000 });
  if (session.data && !isSignedOut(session.error)) {
    rememberCsrfToken(session.data.csrfToken);
    return <SessionContext value={session.data}>{children}</SessionContext>;
  }
  if (isSignedOut(session.error)) return <SignInPage />;
  if (session.error) return <Trouble error={session.error} onRetry={() => void session.refetch()} />;
  return <Loading what="Signing in" />;
}

/** Who is signed in. */
export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error('outside of a session');
  return session;
}

/** The workspace of the address, and what the person may there. */
export function useWorkspace(): {
  readonly workspaceId: string;
  readonly name: string;
  readonly role: Role;
  /** False where one may not see the workspace of the address. */
  readonly isMember: boolean;
  readonly mayEdit: boolean;
  readonly isOwner: boolean;
} {
  const { workspaceId = '' } = useParams();
  const found = useSession().workspaces.find((one) => one.workspaceId === workspaceId);
  const role = found?.role ?? 'viewer';
  return {
    workspaceId,
    name: found?.name ?? workspaceId,
    role,
    isMember: found !== undefined,
    mayEdit: role !== 'viewer',
    isOwner: role === 'owner',
  };
}
