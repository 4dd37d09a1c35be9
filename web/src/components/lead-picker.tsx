import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, api } from '@/lib/api/client';
import type { LeadRef } from '@/lib/current-lead';

const CHOICES = 8;

interface LeadPickerProps {
  value: LeadRef | null;
  onChange: (lead: LeadRef | null) => void;
  error?: string;
}

/** Finds a lead by name, phone, NPI or city; those changed last are offered first. */
export function LeadPicker({ value, onChange, error }: LeadPickerProps) {
  const [typed, setTyped] = useState('');
  const [wanted] = useDebouncedValue(typed.trim(), 150);
  const q = wanted === value?.name ? '' : wanted;
  const { data, isFetching } = useQuery({
    queryKey: ['leads', 'found', 'picker', q],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/leads', {
          params: { query: { q: q || undefined, sort: '-updated_at', limit: CHOICES } as never },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
  const found = (data?.leads ?? []).map((lead) => ({
    value: String(lead.id),
    label: lead.practice_name ?? lead.owner_name ?? `Lead ${lead.id}`,
    place: [lead.city, lead.state].filter(Boolean).join(', '),
  }));
  const choices =
    value && !found.some((choice) => choice.value === String(value.id))
      ? [...found, { value: String(value.id), label: value.name, place: '' }]
      : found;
  return (
    <Select
      label="Lead"
      placeholder="Name, phone, NPI or city"
      searchable
      required
      data-autofocus
      data={choices}
      value={value ? String(value.id) : null}
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options }) => options}
      nothingFoundMessage={isFetching ? 'Looking…' : 'No lead fits'}
      renderOption={({ option }) => {
        const { label, place } = option as (typeof choices)[number];
        return (
          <span>
            {label}
            {place && <span style={{ color: 'var(--mantine-color-dimmed)' }}> · {place}</span>}
          </span>
        );
      }}
      onChange={(id, option) => onChange(id && option ? { id: Number(id), name: option.label } : null)}
      error={error}
    />
  );
}
