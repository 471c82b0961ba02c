import { ActionIcon, Badge, Box, Collapse, CopyButton, Group, Paper, Text, Tooltip, UnstyledButton } from '@mantine/core';
import type { TimelineEntry } from '@baton/control-api';
import { IconArrowRight, IconCheck, IconChevronDown, IconCopy, IconLink } from '@tabler/icons-react';
import { useId } from 'react';
import { atTime } from '../../kit/when.js';
import { STANDING_WORDS } from '../standings.js';
import { AnswerTrace } from './answer-trace.js';
import { LaneIcon } from './lanes.js';
import { clockTime } from './lasting.js';

export interface EntryRowProps {
  readonly entry: TimelineEntry;
  readonly isOpen: boolean;
  /** It came while the page was looked at. */
  readonly isNew: boolean;
  /** The address leads to it. */
  readonly isMeant: boolean;
  readonly onToggle: () => void;
  /** Where a question can be tried out. */
  readonly playground: string;
}

/** One thing that happened: what, why, and on demand everything that is known of it. */
export function EntryRow({ entry, isOpen, isNew, isMeant, onToggle, playground }: EntryRowProps) {
  const more = useId();
  const isSaid = entry.group === 'messages' && entry.text !== null;
  const { lane, tone, title, why, text, marks, floor, at } = entry;
  return (
    <Box component="li" id={entry.id} data-new={isNew || undefined} data-meant={isMeant || undefined} className="timeline-entry">
      <LaneIcon lane={lane} tone={tone} />
      <Box miw={0} flex={1}>
        <UnstyledButton onClick={onToggle} aria-expanded={isOpen} aria-controls={more} w="100%" className="timeline-head">
          <Group gap={8} wrap="nowrap" align="flex-start" justify="space-between">
            <Group gap={8} style={{ rowGap: 2 }}>
              <Text size="sm" fw={tone === 'quiet' ? 400 : 600} c={tone === 'quiet' ? 'dimmed' : undefined}>
                {title}
              </Text>
              {floor && <FloorMove {...floor} />}
              {marks.map((mark) => (
                <Badge key={mark} variant="default" size="sm" tt="none" fw={500}>
                  {mark}
                </Badge>
              ))}
            </Group>
            <Group gap={4} wrap="nowrap" flex="none">
              <Text size="xs" c="dimmed" component="time" dateTime={at} title={atTime(at)} ff="monospace">
                {clockTime(at)}
              </Text>
              <IconChevronDown size={14} aria-hidden className="timeline-chevron" data-open={isOpen || undefined} />
            </Group>
          </Group>
          {why && (
            <Text size="sm" c="dimmed">
              {why}
            </Text>
          )}
        </UnstyledButton>
        {isSaid && (
          <Paper px="sm" py={6} mt={4} radius="md" className={`timeline-said timeline-said-${lane}`}>
            <Text size="sm" dir="auto" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
              {text}
            </Text>
          </Paper>
        )}
        <Collapse expanded={isOpen} id={more}>
          {isOpen && <More entry={entry} playground={playground} />}
        </Collapse>
      </Box>
    </Box>
  );
}

function FloorMove({ from, to }: { readonly from: string; readonly to: string }) {
  const words = (standing: string) => STANDING_WORDS[standing as keyof typeof STANDING_WORDS] ?? { label: standing, color: 'gray' };
  return (
    <Group gap={4} wrap="nowrap" component="span">
      <Badge variant="light" size="sm" tt="none" color={words(from).color}>
        {words(from).label}
      </Badge>
      <IconArrowRight size={12} aria-label="to" />
      <Badge variant="filled" size="sm" tt="none" color={words(to).color}>
        {words(to).label}
      </Badge>
    </Group>
  );
}

function More({ entry, playground }: { readonly entry: TimelineEntry; readonly playground: string }) {
  const { details, settings, traceId, answer, text, group, id } = entry;
  const facts = [
    ...details,
    ...(settings
      ? [{ label: 'Settings in force', value: `version ${settings.version}, by ${settings.changedBy.name}, ${atTime(settings.changedAt)}` }]
      : []),
  ];
  return (
    <Paper withBorder p="sm" mt={6} mb={4} radius="md">
      {group !== 'messages' && text && (
        <Text size="sm" mb="xs" dir="auto" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {text}
        </Text>
      )}
      {answer && <AnswerTrace trace={answer} playground={playground} />}
      <dl className="timeline-facts">
        {facts.map(({ label, value, ...more }, place) => (
          <div key={place}>
            <dt>{label}</dt>
            <dd className={'code' in more && more.code ? 'timeline-code' : undefined}>{value}</dd>
          </div>
        ))}
        {traceId && (
          <div>
            <dt>Trace</dt>
            <dd className="timeline-code">
              {traceId}
              <Copy value={traceId} what="the trace id" />
            </dd>
          </div>
        )}
      </dl>
      <Group gap={4} mt="xs">
        <CopyButton value={`${location.href.split('#')[0]}#${encodeURIComponent(id)}`}>
          {({ copied, copy }) => (
            <UnstyledButton onClick={copy} className="timeline-link">
              <IconLink size={14} aria-hidden /> {copied ? 'Link copied' : 'Copy a link to this'}
            </UnstyledButton>
          )}
        </CopyButton>
      </Group>
    </Paper>
  );
}

function Copy({ value, what }: { readonly value: string; readonly what: string }) {
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? 'Copied' : 'Copy'} withArrow>
          <ActionIcon
            size="sm"
            variant="subtle"
            color={copied ? 'teal' : 'gray'}
            onClick={copy}
            aria-label={copied ? 'Copied' : `Copy ${what}`}
          >
            {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
}
