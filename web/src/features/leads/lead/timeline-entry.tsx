import { Button, Group, Text } from '@mantine/core';
import {
  IconArrowRight,
  IconCalendarEvent,
  IconFileDescription,
  IconMail,
  IconNote,
  IconPencil,
  IconPhone,
  IconPresentation,
  IconSparkles,
  IconSquareCheck,
  IconUser,
  IconUsers,
} from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { ComponentType } from 'react';
import { When } from '@/components/when';
import { activityDialog, isChangeable, refreshAfterActivity, undoActivity } from '@/lib/activity-log';
import type { ActivityResponse, TimelineEntryDto } from '@/lib/api/schema';
import { useMe } from '@/lib/api/session';
import type { LeadRef } from '@/lib/current-lead';
import { fullTime, shown, words } from '@/lib/format';
import { useNameOf } from '@/lib/people';
import { sayDone, sayFailed } from '@/lib/undo';
import { FIELD, isFieldName } from '../edit/lead-fields';
import classes from './timeline.module.css';

type Icon = ComponentType<{ size?: number; stroke?: number }>;

const ACTIVITY_ICONS: Readonly<Record<ActivityResponse['activity_type'], Icon>> = {
  call: IconPhone,
  email: IconMail,
  meeting: IconUsers,
  demo: IconPresentation,
  follow_up: IconCalendarEvent,
  note: IconNote,
  task: IconSquareCheck,
  proposal: IconFileDescription,
};
const CHANGE_ICONS: Readonly<Record<string, Icon>> = {
  status: IconArrowRight,
  assignment: IconUser,
  field: IconPencil,
  created: IconSparkles,
};

export function TimelineEntry({ entry, lead }: { entry: TimelineEntryDto; lead: LeadRef }) {
  const { activity } = entry;
  const Icon = (activity ? ACTIVITY_ICONS[activity.activity_type] : CHANGE_ICONS[entry.kind]) ?? IconPencil;
  return (
    <li className={classes.entry}>
      <span className={classes.icon} data-kind={entry.kind} aria-hidden>
        <Icon size={14} stroke={1.7} />
      </span>
      <div className={classes.body}>
        {activity ? <Done activity={activity} /> : <Changed entry={entry} />}
        <Group justify="space-between" gap={6} mt={2}>
          <Text size="xs" c="dimmed">
            {entry.kind !== 'created' && `${entry.actor?.full_name ?? 'The system'} · `}
            <When time={entry.at} />
          </Text>
          {activity && <Actions activity={activity} lead={lead} />}
        </Group>
      </div>
    </li>
  );
}

function Done({ activity }: { activity: ActivityResponse }) {
  const isPlanned = activity.completed_at === null;
  const facts = [
    words(activity.activity_type),
    activity.outcome && words(activity.outcome),
    activity.duration_minutes && `${activity.duration_minutes} min`,
    isPlanned && activity.scheduled_at && `planned for ${fullTime(activity.scheduled_at)}`,
    isPlanned && !activity.scheduled_at && 'to do',
  ];
  return (
    <>
      <Text size="sm" fw={500}>
        {activity.subject}
      </Text>
      <Text size="xs" c="dimmed">
        {facts.filter(Boolean).join(' · ')}
      </Text>
      {activity.description && (
        <Text size="sm" mt={4} className={classes.notes}>
          {activity.description}
        </Text>
      )}
    </>
  );
}

function Changed({ entry: { kind, change } }: { entry: TimelineEntryDto }) {
  const nameOf = useNameOf();
  if (!change) return <Text size="sm">The lead was entered</Text>;
  const text = (value: unknown) => {
    if (kind === 'assignment') return nameOf(value as number | null);
    return kind === 'status' ? words(String(value)) : shown(value);
  };
  const label =
    kind === 'assignment'
      ? 'Agent'
      : isFieldName(change.field)
        ? FIELD[change.field].label
        : words(change.field);
  return (
    <span>
      {kind === 'status' ? '' : `${label}: `}
      <del>{text(change.old_value)}</del> → <ins>{text(change.new_value)}</ins>
      {change.reason && (
        <Text span size="sm" c="dimmed">
          {' '}
          “{change.reason}”
        </Text>
      )}
    </span>
  );
}

/** One's own can be corrected or taken back for 15 minutes; what is planned can be completed at any time. */
function Actions({ activity, lead }: { activity: ActivityResponse; lead: LeadRef }) {
  const me = useMe();
  const undo = useMutation({
    mutationFn: () => undoActivity(activity.id),
    onSuccess: () => sayDone('Taken back'),
    onError: sayFailed,
    onSettled: () => refreshAfterActivity(lead.id),
  });
  const isPlanned = activity.completed_at === null && activity.outcome !== 'cancelled';
  return (
    <Group gap={2}>
      {isPlanned && (
        <Button
          size="compact-xs"
          variant="light"
          onClick={() => activityDialog.set({ lead, plan: activity })}
        >
          Complete
        </Button>
      )}
      {isChangeable(activity, me.id) && (
        <>
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={() => activityDialog.set({ lead, edited: activity })}
          >
            Edit
          </Button>
          <Button size="compact-xs" variant="subtle" loading={undo.isPending} onClick={() => undo.mutate()}>
            Take back
          </Button>
        </>
      )}
    </Group>
  );
}
