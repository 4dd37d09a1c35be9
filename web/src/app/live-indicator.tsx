import { Button, Popover, Stack, Text, UnstyledButton } from '@mantine/core';
import { useEffect, useState } from 'react';
import { clockTime } from '@/lib/format';
import { pauseLive, resumeLive } from '@/lib/live/connection';
import { type LiveStatus, liveStatus } from '@/lib/live/status';
import { useStore } from '@/lib/store';
import classes from './live-indicator.module.css';

/** A lost connection is mostly back before anybody needs to know since when. */
const PATIENCE_MS = 10_000;

interface Saying {
  tone: 'live' | 'quiet' | 'warning' | 'paused';
  label: string;
  text: string;
}

function sayingOf(status: LiveStatus, isLong: boolean): Saying {
  switch (status.state) {
    case 'live':
      return {
        tone: 'live',
        label: 'Live',
        text: 'What others do shows here at once.',
      };
    case 'paused':
      return {
        tone: 'paused',
        label: `Paused since ${clockTime(status.since)}`,
        text:
          status.reason === 'chosen'
            ? 'What you see stays as it is. When you resume, what happened meanwhile comes first.'
            : 'You have Rota open in too many windows. Close some, then resume here.',
      };
    case 'reconnecting':
      if (isLong)
        return {
          tone: 'warning',
          label: `Not live since ${clockTime(status.since)}`,
          text: 'What you see may be older than it looks. It is caught up by itself as soon as the connection is back.',
        };
      return { tone: 'quiet', label: 'Reconnecting…', text: 'The connection was lost a moment ago.' };
    default:
      return {
        tone: 'quiet',
        label: 'Connecting…',
        text: 'What others do shows here as soon as it is live.',
      };
  }
}

interface LiveIndicatorProps {
  /** Where there is little room: only while what one sees may be old. */
  isWarningOnly?: boolean;
}

/** Whether what one sees is as the server has it, and since when it may not be. */
export function LiveIndicator({ isWarningOnly = false }: LiveIndicatorProps) {
  const status = useStore(liveStatus);
  const { tone, label, text } = sayingOf(status, useIsOld(status));
  if (isWarningOnly && (tone === 'live' || tone === 'quiet')) return null;
  return (
    <Popover width={260} shadow="md" position="top-start" withArrow>
      <Popover.Target>
        <UnstyledButton
          className={classes.indicator}
          data-tone={tone}
          data-testid={isWarningOnly ? 'live-warning' : 'live-indicator'}
        >
          <span className={classes.dot} aria-hidden />
          <span role="status">{label}</span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm" align="flex-start">
          <Text size="sm">{text}</Text>
          {status.state === 'paused' ? (
            <Button size="compact-sm" variant="light" onClick={resumeLive}>
              Resume
            </Button>
          ) : (
            <Button size="compact-sm" variant="default" onClick={pauseLive}>
              Pause live updates
            </Button>
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function useIsOld(status: LiveStatus): boolean {
  const since = status.state === 'reconnecting' ? status.since : undefined;
  const [oldSince, setOldSince] = useState<number>();
  useEffect(() => {
    if (since === undefined) return;
    const timer = setTimeout(() => setOldSince(since), since + PATIENCE_MS - Date.now());
    return () => clearTimeout(timer);
  }, [since]);
  return since !== undefined && oldSince === since;
}
