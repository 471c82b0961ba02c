import { Alert, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { getOperations } from '@baton/control-api';
import type { Operations } from '@baton/control-api';
import { IconClockPause } from '@tabler/icons-react';
import { useRead } from '../api/client.js';
import { useWorkspace } from '../app/session.js';
import { Loading } from '../kit/loading.js';
import { PageHead } from '../kit/page-head.js';
import { Trouble } from '../kit/trouble.js';
import { AlarmList } from './alarm-list.js';
import { InstallationPart } from './installation.js';
import { OutsideTable } from './outside-table.js';
import { ServiceLights } from './service-lights.js';
import { WebsiteCard } from './website-card.js';
import { ago } from '../kit/when.js';

const REFRESH_MS = 15_000;
/** A look longer ago than this says little of now (ms). */
const OLD_MS = 90_000;

/** How everything stands: alarms with what to do, services, websites, work outside. */
export default function OperationsPage() {
  const { workspaceId } = useWorkspace();
  const read = useRead(getOperations, { params: { workspaceId } }, { refetchInterval: REFRESH_MS });
  return (
    <>
      <PageHead title="Operations" about="Whether everything runs, and what to do where it does not." />
      {read.isPending && <Loading what="Looking how everything stands" />}
      {read.error && !read.data && <Trouble error={read.error} onRetry={() => void read.refetch()} />}
      {read.data && <Parts operations={read.data} />}
    </>
  );
}

function Parts({ operations }: { readonly operations: Operations }) {
  const { at, services, websites, outside, installation } = operations;
  const isOld = at !== null && Date.now() - Date.parse(at) > OLD_MS;
  return (
    <Stack gap="xl">
      {isOld && (
        <Alert color="yellow" variant="light" icon={<IconClockPause />} title="This may be out of date">
          Somebody last looked {ago(at, Date.now())}. The control plane looks every 15 seconds when it is well.
        </Alert>
      )}
      <AlarmList />
      {at === null ? <Text c="dimmed">The first look is under way. It takes a few seconds.</Text> : <ServiceLights services={services} />}
      {at !== null && (
        <section aria-labelledby="websites">
          <Title order={2} size="h4" mb="sm" id="websites">
            Crisp
          </Title>
          {websites.length === 0 ? (
            <Text>
              No bot is connected to Crisp yet. Connect one in its Crisp part; then its token, web hooks and daily calls stand here.
            </Text>
          ) : (
            <SimpleGrid cols={{ base: 1, lg: 2 }}>
              {websites.map((website) => (
                <WebsiteCard key={website.websiteId} website={website} />
              ))}
            </SimpleGrid>
          )}
        </section>
      )}
      {at !== null && <OutsideTable outside={outside} />}
      {installation && <InstallationPart installation={installation} />}
    </Stack>
  );
}
