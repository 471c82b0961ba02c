import { Tabs } from '@mantine/core';
import { getBot } from '@baton/control-api';
import { Suspense } from 'react';
import { Navigate, Route, Routes, useLocation, useNavigate, useParams } from 'react-router';
import { useRead } from '../api/client.js';
import { useWorkspace } from '../app/session.js';
import { Loading } from '../kit/loading.js';
import { KillSwitchButton } from '../kill-switch/kill-switch-button.js';
import { PageHead } from '../kit/page-head.js';
import { Trouble } from '../kit/trouble.js';
import { BOT_TABS } from './bot-tabs.js';
import { BotContext } from './use-bot.js';

/** One bot, part by part; each part has an address of its own. */
export default function BotPage() {
  const { workspaceId } = useWorkspace();
  const { botId = '' } = useParams();
  const read = useRead(getBot, { params: { workspaceId, botId } });
  const navigate = useNavigate();
  const current = useLocation().pathname.split('/')[4] ?? 'overview';
  if (read.error && !read.data) return <Trouble error={read.error} onRetry={() => void read.refetch()} />;
  if (!read.data) return <Loading what="Reading the bot" />;
  return (
    <BotContext key={`${workspaceId}/${botId}`} value={read.data}>
      <PageHead title={read.data.bot.name} trail={[{ label: 'Bots', to: `/${workspaceId}/bots` }]}>
        <KillSwitchButton scope="bot" id={botId} name={read.data.bot.name} />
      </PageHead>
      <Tabs value={current} onChange={(tab) => tab !== null && void navigate(`/${workspaceId}/bots/${botId}/${tab}`)} keepMounted={false}>
        <Tabs.List mb="lg" style={{ overflowX: 'auto', flexWrap: 'nowrap' }}>
          {BOT_TABS.map(({ path, label }) => (
            <Tabs.Tab key={path} value={path}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Suspense fallback={<Loading what="Opening this part" />}>
          <Routes>
            <Route index element={<Navigate replace to="overview" />} />
            {BOT_TABS.map(({ path, Tab }) => (
              <Route
                key={path}
                path={`${path}/*`}
                element={
                  <Tabs.Panel value={path}>
                    <Tab />
                  </Tabs.Panel>
                }
              />
            ))}
          </Routes>
        </Suspense>
      </Tabs>
    </BotContext>
  );
}
