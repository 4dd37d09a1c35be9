import { Badge } from '@mantine/core';
import type { ImportResponse } from '@/lib/api/schema';

const STATES: Record<ImportResponse['state'], { label: string; color: string }> = {
  uploading: { label: 'Uploading', color: 'gray' },
  ready: { label: 'Ready to start', color: 'blue' },
  queued: { label: 'Waiting', color: 'gray' },
  running: { label: 'Importing', color: 'blue' },
  paused: { label: 'Paused', color: 'yellow' },
  cancelled: { label: 'Cancelled', color: 'gray' },
  completed: { label: 'Completed', color: 'green' },
  failed: { label: 'Failed', color: 'red' },
  undoing: { label: 'Being undone', color: 'yellow' },
  undone: { label: 'Undone', color: 'gray' },
};

export function ImportState({ state }: Pick<ImportResponse, 'state'>) {
  const { label, color } = STATES[state];
  return (
    <Badge color={color} variant="light" autoContrast>
      {label}
    </Badge>
  );
}

export const KINDS: Record<string, string> = {
  leads: 'Leads',
  nppes: 'Registry (NPPES)',
  deactivations: 'Deactivated NPIs',
};
