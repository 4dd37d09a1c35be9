import { Autocomplete, Checkbox, Group, ScrollArea, Select, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { count } from '@/lib/format';
import type { LeadSearch } from '@/lib/lead-search';
import { useAgents, useNameOf } from '@/lib/people';
import { type FacetName, useFacets } from '../api/use-facets';
import { useResultCount } from '../api/use-result-count';
import classes from './filter-editor.module.css';
import type { FilterKind } from './filter-kinds';

interface EditorProps<Kind extends FilterKind['kind']> {
  filter: Extract<FilterKind, { kind: Kind }>;
  search: LeadSearch;
  onChange: (change: Partial<LeadSearch>) => void;
  /** Counts are asked for only while they are on show. */
  isOpen: boolean;
}

/** How one filter is set. */
export function FilterEditor({ filter, ...props }: EditorProps<FilterKind['kind']>) {
  switch (filter.kind) {
    case 'some-of':
      return <SomeOf filter={filter} {...props} />;
    case 'agent':
      return <Agent filter={filter} {...props} />;
    case 'text':
      return <Words filter={filter} {...props} />;
    case 'range':
      return <Range filter={filter} {...props} />;
    case 'flag':
      return (
        <Checkbox
          label={filter.label}
          checked={props.search[filter.name] === 'true'}
          onChange={(event) =>
            props.onChange({ [filter.name]: event.currentTarget.checked ? 'true' : undefined })
          }
        />
      );
  }
}

/** How many leads there are for each value; undefined as long as nobody knows. */
function useCounts(name: string, search: LeadSearch, isOpen: boolean) {
  const { data } = useFacets(search, isOpen);
  const values = data?.[name as FacetName];
  if (!data || !values) return undefined;
  const counts = new Map(values.map(({ value, count: amount }) => [value, amount]));
  return {
    of: (value: string | null) => counts.get(value) ?? 0,
    shown: (value: string | null) => `${data.is_estimate ? '~' : ''}${count(counts.get(value) ?? 0)}`,
    values: values.flatMap(({ value }) => value ?? []),
  };
}

const TYPING_MS = 250;

/** Values that have leads come first where there are very many; a short list keeps its order. */
const LONG_LIST = 12;

function SomeOf({ filter, search, onChange, isOpen }: EditorProps<'some-of'>) {
  const chosen = search[filter.name]?.split(',') ?? [];
  const counts = useCounts(filter.name, search, isOpen);
  // What was chosen when the list was opened stays on top, so that nothing jumps under the pointer.
  const [onTop] = useState(chosen);
  const rank = (value: string) =>
    onTop.includes(value) ? Number.POSITIVE_INFINITY : (counts?.of(value) ?? 0);
  const choices =
    filter.choices.length > LONG_LIST && counts
      ? filter.choices.toSorted((a, b) => rank(b.value) - rank(a.value))
      : filter.choices;
  return (
    <ScrollArea.Autosize mah={300} type="auto" miw={190}>
      <Checkbox.Group
        aria-label={filter.label}
        value={chosen}
        onChange={(values) => onChange({ [filter.name]: values.join(',') || undefined })}
      >
        <Stack gap={8} p={4} pr={14}>
          {choices.map(({ value, label }) => (
            <Checkbox
              key={value}
              size="xs"
              value={value}
              classNames={{ body: classes.choice, labelWrapper: classes.label }}
              label={
                <span className={classes.line}>
                  <span>{label}</span>
                  <span className={classes.count}>{counts?.shown(value)}</span>
                </span>
              }
            />
          ))}
        </Stack>
      </Checkbox.Group>
    </ScrollArea.Autosize>
  );
}

function Agent({ search, onChange, isOpen }: EditorProps<'agent'>) {
  const agents = useAgents();
  const nameOf = useNameOf();
  const counts = useCounts('assigned_user_id', search, isOpen);
  const known = new Set(agents.map(({ id }) => String(id)));
  // Managers and former agents may have leads, too.
  const others = counts?.values.filter((id) => !known.has(id)) ?? [];
  const data = [
    { value: 'me', label: 'Me' },
    { value: 'none', label: 'Nobody' },
    ...agents.map(({ id, full_name }) => ({ value: String(id), label: full_name })),
    ...others.map((id) => ({ value: id, label: nameOf(Number(id)) })),
  ];
  return (
    <Select
      aria-label="Agent"
      data={data}
      searchable
      clearable
      data-autofocus
      placeholder="Choose"
      miw={240}
      value={search.assigned_user_id ?? null}
      onChange={(value) => onChange({ assigned_user_id: value ?? undefined })}
      comboboxProps={{ withinPortal: false }}
      renderOption={({ option }) => (
        <span className={classes.line}>
          <span>{option.label}</span>
          {option.value !== 'me' && (
            <span className={classes.count}>
              {counts?.shown(option.value === 'none' ? null : option.value)}
            </span>
          )}
        </span>
      )}
    />
  );
}

function Words({ filter, search, onChange, isOpen }: EditorProps<'text'>) {
  const [typed, setTyped] = useState(search[filter.name] ?? '');
  const [sought] = useDebouncedValue(typed.trim(), TYPING_MS);
  const counts = useCounts(filter.name, search, isOpen && filter.name === 'specialty');
  const apply = (text: string) => onChange({ [filter.name]: text.trim() || undefined });
  if (filter.name !== 'specialty') {
    return (
      <TextInput
        label={filter.label}
        description={<Result search={{ ...search, [filter.name]: sought || undefined }} isOpen={isOpen} />}
        inputWrapperOrder={['label', 'input', 'description']}
        data-autofocus
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={() => apply(typed)}
        onKeyDown={(event) => event.key === 'Enter' && apply(typed)}
      />
    );
  }
  return (
    <Autocomplete
      label={filter.label}
      data-autofocus
      miw={260}
      value={typed}
      data={counts?.values ?? []}
      limit={25}
      maxDropdownHeight={260}
      onChange={setTyped}
      onOptionSubmit={apply}
      onBlur={() => apply(typed)}
      onKeyDown={(event) => event.key === 'Enter' && apply(typed)}
      comboboxProps={{ withinPortal: false }}
      renderOption={({ option }) => (
        <span className={classes.line}>
          <span>{option.value}</span>
          <Text span className={classes.count}>
            {counts?.shown(option.value)}
          </Text>
        </span>
      )}
    />
  );
}

/** Where there is no list of values to count: what the filter finds as it is set now. */
function Result({ search, isOpen }: { search: LeadSearch; isOpen: boolean }) {
  const found = useResultCount(search, isOpen);
  return (
    <Text span size="xs" c="dimmed" role="status">
      {found ?? '…'}
    </Text>
  );
}

function Range({ filter, search, onChange, isOpen }: EditorProps<'range'>) {
  const shown = (text: string | undefined) => (filter.type === 'date' ? text?.slice(0, 10) : text) ?? '';
  const sent = (text: string) => (filter.type === 'date' && text ? `${text}T00:00:00Z` : text) || undefined;
  return (
    <Stack gap={6}>
      <Group gap="xs" wrap="nowrap">
        {([filter.name, filter.upper] as const).map((name, index) => (
          <TextInput
            key={name}
            type={filter.type}
            label={filter.type === 'date' ? ['From', 'Before'][index] : ['At least', 'At most'][index]}
            min={0}
            max={filter.type === 'number' ? 100 : undefined}
            value={shown(search[name])}
            onChange={(event) => onChange({ [name]: sent(event.currentTarget.value) })}
          />
        ))}
      </Group>
      <Result search={search} isOpen={isOpen} />
    </Stack>
  );
}
