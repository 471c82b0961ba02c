import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { Suspense } from 'react';
import { BrowserRouter, Navigate, Route, Routes } from 'react-router';
import { queries } from '../api/client.js';
import { Loading } from '../kit/loading.js';
import { WelcomePage } from '../sign-in/welcome-page.js';
import { NoWorkspace, NotFound } from './nowhere.js';
import { PAGES } from './pages.js';
import { Signed, useSession } from './session.js';
import { Shell } from './shell.js';
import { cssVariables, theme } from './theme.js';

const nonce = document.querySelector<HTMLMetaElement>('meta[name=baton-nonce]')?.content ?? '';
// The library that holds the page still behind a dialog asks for it by this name.
(globalThis as { __webpack_nonce__?: string }).__webpack_nonce__ = nonce;

export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      <Notifications position="bottom-right" />
      <QueryClientProvider client={queries}>
        <BrowserRouter basename="/console">
          <Suspense fallback={<Loading what="Opening the console" />}>
            <Routes>
              <Route path="welcome" element={<WelcomePage />} />
              <Route
                path="*"
                element={
                  <Signed>
                    <Inside />
                  </Signed>
                }
              />
            </Routes>
          </Suspense>
        </BrowserRouter>
      </QueryClientProvider>
    </MantineProvider>
  );
}

function Inside() {
  const { workspaces } = useSession();
  const first = workspaces[0];
  if (!first) return <NoWorkspace />;
  return (
    <Routes>
      <Route index element={<Navigate replace to={`${first.workspaceId}/bots`} />} />
      <Route path="sign-in" element={<Navigate replace to="/" />} />
      <Route path=":workspaceId" element={<Shell />}>
        <Route index element={<Navigate replace to="bots" />} />
        {PAGES.map(({ path, Page }) => (
          <Route key={path} path={path} element={<Page />} />
        ))}
        <Route path="*" element={<NotFound />} />
      </Route>
    </Routes>
  );
}
