import { Anchor, Button, Popover, Stack, Text } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { LeadResponse } from '@/lib/api/schema';
import { useMe } from '@/lib/api/session';
import { counted } from '@/lib/format';
import { isLeader } from '@/lib/people';
import { useDismiss, useDuplicatesOf } from './use-duplicates';

/** Says that a lead may be there twice, and what can be done about it. Merging is for those who lead. */
export function DuplicateHint({ lead }: { lead: LeadResponse }) {
  const me = useMe();
  const { data } = useDuplicatesOf(lead.id);
  const dismiss = useDismiss();
  if (!data || data.leads.length + data.others === 0) return null;
  const amount = data.leads.length + data.others;
  return (
    <Popover shadow="md" position="bottom-start" width={340} trapFocus returnFocus>
      <Popover.Target>
        <Button size="compact-xs" variant="default" leftSection={<IconCopy size={13} aria-hidden />}>
          {counted(amount, 'likely duplicate')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Likely duplicates">
        <Stack gap="sm">
          {data.leads.map(({ id, practice_name, reasons }) => (
            <div key={id}>
              <Anchor
                size="sm"
                renderRoot={(props) => (
                  <Link to="/leads/$leadId" params={{ leadId: String(id) }} {...props} />
                )}
              >
                {practice_name ?? `Lead ${id}`}
              </Anchor>
              <Text size="xs" c="dimmed">
                {reasons.map(({ message }) => message).join(' ')}
              </Text>
              {isLeader(me) && (
                <Button
                  size="compact-xs"
                  variant="subtle"
                  ml={-8}
                  aria-label={`Another practice: ${practice_name ?? `lead ${id}`}`}
                  onClick={() => dismiss.mutate([lead.id, id])}
                >
                  Another practice
                </Button>
              )}
            </div>
          ))}
          {data.others > 0 && (
            <Text size="sm">{counted(data.others, 'lead')} of somebody else, which you may not open</Text>
          )}
          {isLeader(me) ? (
            <Button
              size="compact-sm"
              renderRoot={(props) => (
                <Link
                  to="/duplicates/merge"
                  search={{ leads: [lead.id, ...data.leads.map(({ id }) => id)].join(',') }}
                  {...props}
                />
              )}
            >
              Merge…
            </Button>
          ) : (
            <Text size="xs" c="dimmed">
              Your manager can make them one.
            </Text>
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
