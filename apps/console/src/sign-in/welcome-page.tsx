import { Button, Skeleton, Text, TextInput } from '@mantine/core';
import { ApiProblem, getSession, lookAtSignInLink, useSignInLink as signInWithLink } from '@baton/control-api';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { keyOf, queries, rememberCsrfToken, useDo } from '../api/client.js';
import { fieldProblem } from '../api/problems.js';
import { Trouble } from '../kit/trouble.js';
import { ROLE_WORDS } from '../members/roles.js';
import { SignInFrame } from './sign-in-frame.js';
import { useCountdown } from './use-countdown.js';

/** Where a one-time link leads. It is used up by a press, not by opening it: mail programs open links, too. */
export function WelcomePage() {
  const navigate = useNavigate();
  const look = useDo(lookAtSignInLink);
  const enter = useDo(signInWithLink);
  const [name, setName] = useState('');
  const [waitsUntil, setWaitsUntil] = useState<number>();
  const waitS = useCountdown(waitsUntil);
  const token = location.hash.slice(1);
  const { mutate } = look;
  useEffect(() => {
    if (token !== '') mutate({ request: { body: { token } } }, { onError: (error) => setWaitsUntil(endOfWait(error)) });
  }, [token, mutate]);

  if (token === '')
    return (
      <SignInFrame title="Welcome to Baton">
        <Text>This address is not whole: the part behind the # is missing. Open the link as it was given to you.</Text>
      </SignInFrame>
    );
  const invitation = look.data?.invitation;
  const asksName = look.data?.asksName === true;
  const nameProblem = fieldProblem(enter.error, '/name');
  const isGone = look.error instanceof ApiProblem && look.error.problem.code === 'not-found';
  return (
    <SignInFrame title={invitation ? `You are invited to ${invitation.workspace}` : 'Welcome to Baton'}>
      {look.isPending && <Skeleton h={24} />}
      {look.data && (
        <Text>
          {invitation ? (
            <>
              As <strong>{ROLE_WORDS[invitation.role].name.toLowerCase()}</strong>, with {look.data.email}.{' '}
              {ROLE_WORDS[invitation.role].you}
            </>
          ) : (
            <>This link signs {look.data.email} in once, in this browser.</>
          )}
        </Text>
      )}
      {look.error && <Trouble error={look.error} />}
      {enter.error && nameProblem === undefined && <Trouble error={enter.error} />}
      {!isGone && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            enter.mutate(
              { request: { body: { token, ...(asksName && { name: name.trim() }) } } },
              {
                onSuccess: (session) => {
                  rememberCsrfToken(session.csrfToken);
                  queries.setQueryData(keyOf(getSession), session);
                  const to = session.workspaces.find((one) => one.name === invitation?.workspace)?.workspaceId;
                  void navigate(to === undefined ? '/' : `/${to}/bots`, { replace: true });
                },
                onError: (error) => setWaitsUntil(endOfWait(error)),
              },
            );
          }}
        >
          {asksName && (
            <TextInput
              label="Your name"
              description="As others see you here."
              autoComplete="name"
              required
              maxLength={100}
              mb="md"
              value={name}
              error={nameProblem}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          )}
          <Button type="submit" fullWidth size="md" loading={enter.isPending} disabled={waitS > 0 || (asksName && name.trim() === '')}>
            {waitS > 0 ? `Try again in ${waitS} s` : 'Sign in'}
          </Button>
        </form>
      )}
    </SignInFrame>
  );
}

/** When somebody who was locked out may try again, in ms. */
function endOfWait(error: unknown): number | undefined {
  const seconds = error instanceof ApiProblem ? error.problem.retryAfter : undefined;
  return seconds === undefined ? undefined : Date.now() + seconds * 1_000;
}
