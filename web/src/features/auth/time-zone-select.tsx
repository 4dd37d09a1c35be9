import { Select } from '@mantine/core';
import { useMemo } from 'react';

const DEVICE = 'device';
/** By the names that people in the United States use. */
const USUAL: readonly (readonly [string, string])[] = [
  ['America/New_York', 'Eastern (New York)'],
  ['America/Chicago', 'Central (Chicago)'],
  ['America/Denver', 'Mountain (Denver)'],
  ['America/Phoenix', 'Arizona (Phoenix)'],
  ['America/Los_Angeles', 'Pacific (Los Angeles)'],
  ['America/Anchorage', 'Alaska (Anchorage)'],
  ['Pacific/Honolulu', 'Hawaii (Honolulu)'],
  ['America/Puerto_Rico', 'Atlantic (Puerto Rico)'],
];

interface TimeZoneSelectProps {
  value: string | null;
  onChange: (zone: string | null) => void;
}

export function TimeZoneSelect({ value, onChange }: TimeZoneSelectProps) {
  const groups = useMemo(() => {
    const usual = new Set(USUAL.map(([zone]) => zone));
    const others = Intl.supportedValuesOf('timeZone').filter((zone) => !usual.has(zone));
    const here = Intl.DateTimeFormat().resolvedOptions().timeZone.replaceAll('_', ' ');
    return [
      { group: 'Automatic', items: [{ value: DEVICE, label: `As on this device (${here})` }] },
      { group: 'United States', items: USUAL.map(([zone, label]) => ({ value: zone, label })) },
      {
        group: 'Others',
        items: others.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') })),
      },
    ];
  }, []);
  return (
    <Select
      aria-label="Time zone"
      data={groups}
      value={value ?? DEVICE}
      onChange={(zone) => onChange(zone === DEVICE ? null : zone)}
      searchable
      allowDeselect={false}
      nothingFoundMessage="There is no such zone"
      limit={60}
      maw={340}
      maxDropdownHeight={320}
    />
  );
}
