import { Switch, Text } from '@mantine/core';
import { useState } from 'react';
import { When } from '@/components/when';
import type { UserResponse } from '@/lib/api/schema';
import { sayDone, sayFailed } from '@/lib/undo';
import { useAvailability, useResume } from '../api/use-availability';
import classes from './agent.module.css';
import { PauseDialog } from './pause-dialog';

/** In the frame of every page: whether one gets new leads. */
export function PauseSwitch({ me }: { me: UserResponse }) {
  const availability = useAvailability(me.id);
  const resume = useResume(me.id);
  const [isAsking, setAsking] = useState(false);
  if (!availability.data) return null;
  const { reason, paused_until, pause_reason } = availability.data;
  const isPaused = reason === 'paused';
  const toggle = () => {
    if (!isPaused) return setAsking(true);
    resume.mutate(undefined, {
      onSuccess: () => sayDone('You get new leads again'),
      onError: sayFailed,
    });
  };
  return (
    <div className={classes.switch}>
      <Switch
        size="xs"
        label="New leads"
        labelPosition="left"
        checked={!isPaused}
        disabled={resume.isPending}
        onChange={toggle}
        classNames={{ body: classes.switchBody }}
      />
      {isPaused && (
        <Text size="xs" c="dimmed">
          {paused_until === null ? 'Paused' : 'Paused; back '}
          {paused_until !== null && <When time={paused_until} />}
          {pause_reason && `: ${pause_reason}`}
        </Text>
      )}
      {reason === 'off_hours' && (
        <Text size="xs" c="dimmed">
          Outside your working hours
        </Text>
      )}
      {reason === 'day_off' && (
        <Text size="xs" c="dimmed">
          You have the day off
        </Text>
      )}
      {isAsking && <PauseDialog agentId={me.id} onClose={() => setAsking(false)} />}
    </div>
  );
}
