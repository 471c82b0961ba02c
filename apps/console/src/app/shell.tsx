import {
  ActionIcon,
  AppShell,
  Avatar,
  Burger,
  Group,
  Menu,
  NavLink,
  ScrollArea,
  Text,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconLogout, IconMoon, IconSun, IconUserCircle } from '@tabler/icons-react';
import { Suspense } from 'react';
import { Link, Outlet, useLocation } from 'react-router';
import { KillSwitchBanner } from '../kill-switch/kill-switch-banner.js';
import { Loading } from '../kit/loading.js';
import { WorkspaceSwitch } from '../workspaces/workspace-switch.js';
import { NoAccess } from './nowhere.js';
import { PAGES } from './pages.js';
import { useSession, useWorkspace } from './session.js';
import { useSignOut } from './sign-out.js';

/** The frame of every page: where one is, where one may go, who one is. */
export function Shell() {
  const [opened, { toggle, close }] = useDisclosure();
  const { workspaceId, isMember } = useWorkspace();
  if (!isMember) return <NoAccess workspaceId={workspaceId} />;
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding={{ base: 'sm', sm: 'lg' }}
    >
      <a href="#content" className="skip">
        Skip to the content
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger
              opened={opened}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={opened ? 'Close the navigation' : 'Open the navigation'}
            />
            <Text fw={750} size="lg" component={Link} to="/" c="inherit" td="none">
              Baton
            </Text>
            <WorkspaceSwitch />
          </Group>
          <Group gap="xs" wrap="nowrap">
            <SchemeSwitch />
            <Me />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar aria-label="Pages">
        <ScrollArea p="sm">
          <Pages onGo={close} />
        </ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <KillSwitchBanner />
        <Suspense fallback={<Loading what="Opening the page" />}>
          <Outlet />
        </Suspense>
      </AppShell.Main>
    </AppShell>
  );
}

function Pages({ onGo }: { readonly onGo: () => void }) {
  const { workspaceId } = useWorkspace();
  const { pathname } = useLocation();
  const groups = Map.groupBy(
    PAGES.filter(({ nav }) => nav),
    ({ nav }) => nav!.group,
  );
  return [...groups].map(([group, pages]) => (
    <section key={group} aria-label={group}>
      <Text size="xs" fw={600} c="dimmed" px="sm" pt="sm" pb={4}>
        {group}
      </Text>
      {pages.map(({ path, nav }) => {
        const to = `/${workspaceId}/${path}`;
        const active = pathname === to || pathname.startsWith(`${to}/`);
        return (
          <NavLink
            key={path}
            component={Link}
            to={to}
            active={active}
            {...(active && { 'aria-current': 'page' as const })}
            label={nav!.label}
            leftSection={nav && <nav.Icon size={18} stroke={1.6} />}
            rightSection={nav?.Badge && <nav.Badge />}
            onClick={onGo}
          />
        );
      })}
    </section>
  ));
}

function SchemeSwitch() {
  const { setColorScheme } = useMantineColorScheme();
  const isDark = useComputedColorScheme('light') === 'dark';
  return (
    <ActionIcon
      variant="default"
      size="lg"
      aria-label={isDark ? 'Use light colours' : 'Use dark colours'}
      onClick={() => setColorScheme(isDark ? 'light' : 'dark')}
    >
      {isDark ? <IconSun size={18} /> : <IconMoon size={18} />}
    </ActionIcon>
  );
}

function Me() {
  const { person } = useSession();
  const { workspaceId } = useWorkspace();
  const { signOut } = useSignOut();
  return (
    <Menu position="bottom-end" withinPortal={false}>
      <Menu.Target>
        <ActionIcon variant="subtle" size="lg" radius="xl" aria-label={`Signed in as ${person.name}`}>
          <Avatar size={32} color="indigo" aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{person.email}</Menu.Label>
        <Menu.Item component={Link} to={`/${workspaceId}/account`} leftSection={<IconUserCircle size={16} />}>
          Account
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={signOut}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
