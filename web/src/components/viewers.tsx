import { Avatar, Group, Text, Tooltip } from '@mantine/core';
import type { Viewer } from '@/lib/live/events';

const FACES = 3;

/** `Ann Lee is editing this lead too`, `Ann Lee and 2 others are here too`; empty when nobody is. */
export function presenceSentence(viewers: readonly Viewer[]): string {
  const editors = viewers.filter(({ mode }) => mode === 'edit');
  if (editors.length > 0) return `${names(editors)} ${isOrAre(editors)} editing this lead`;
  return viewers.length > 0 ? `${names(viewers)} ${isOrAre(viewers)} here too` : '';
}

/** Who else has something open. */
export function Viewers({ viewers }: { viewers: readonly Viewer[] }) {
  return (
    <Group gap={8} wrap="nowrap" role="status" data-testid="viewers">
      {viewers.length > 0 && (
        <>
          <Avatar.Group spacing={8} aria-hidden>
            {viewers.slice(0, FACES).map(({ user_id, full_name, mode }) => (
              <Tooltip key={user_id} label={mode === 'edit' ? `${full_name}, editing` : full_name}>
                <Avatar
                  size={26}
                  name={full_name}
                  color="indigo"
                  variant={mode === 'edit' ? 'filled' : 'light'}
                />
              </Tooltip>
            ))}
          </Avatar.Group>
          <Text size="sm" c="dimmed">
            {presenceSentence(viewers)}
          </Text>
        </>
      )}
    </Group>
  );
}

function names([first, ...others]: readonly Viewer[]): string {
  if (others.length === 0) return first?.full_name ?? '';
  const rest = others.length === 1 ? others[0]?.full_name : `${others.length} others`;
  return `${first?.full_name} and ${rest}`;
}

const isOrAre = (viewers: readonly Viewer[]): string => (viewers.length === 1 ? 'is' : 'are');
