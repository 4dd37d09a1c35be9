import { Checkbox, NativeSelect, Radio, Stack, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import type { ChangeImportDto, ImportResponse } from '@/lib/api/schema';

type Options = NonNullable<ChangeImportDto['options']>;

interface ImportOptionsProps {
  entry: ImportResponse;
  onChange: (options: Options) => void;
}

const listOf = (text: string): string[] =>
  text
    .toUpperCase()
    .split(/[\s,;]+/)
    .filter(Boolean);

/** What happens to leads that are there already, and to those that are new. */
export function ImportOptions({ entry, onChange }: ImportOptionsProps) {
  const { options, kind } = entry;
  if (kind === 'deactivations') return null;
  return (
    <section aria-label="Options">
      <Title order={2} size="h5" mb="xs">
        Options
      </Title>
      <Stack gap="sm">
        <Radio.Group
          label="A lead that is there already"
          value={options.duplicates}
          onChange={(value) => onChange({ duplicates: value as Options['duplicates'] })}
        >
          <Stack gap={6} mt={6}>
            <Radio value="skip" label="Stays as it is" />
            <Radio value="fill" label="Gets what is missing" />
            <Radio
              value="overwrite"
              label={
                kind === 'nppes'
                  ? 'Follows the registry, except where a person edited it'
                  : 'Is overwritten with what the file says'
              }
            />
            <Radio value="ask" label="Waits for my decision" />
          </Stack>
        </Radio.Group>
        <Checkbox
          label="Hold new leads back from distribution until I release them"
          checked={options.hold}
          onChange={(event) => onChange({ hold: event.target.checked })}
        />
        <Checkbox
          label="Write SHOUTED names in upper and lower case, abbreviate streets"
          checked={options.tidy}
          onChange={(event) => onChange({ tidy: event.target.checked })}
        />
        {kind === 'nppes' && <RegistryFilters filters={options.filters} onChange={onChange} />}
      </Stack>
    </section>
  );
}

function RegistryFilters({
  filters,
  onChange,
}: {
  filters: ImportResponse['options']['filters'];
  onChange: (options: Options) => void;
}) {
  const [states, setStates] = useState(filters.states.join(', '));
  const [taxonomies, setTaxonomies] = useState(filters.taxonomies.join(', '));
  return (
    <>
      <TextInput
        label="States"
        description="Two letters each, separated by commas; all when empty"
        maw={420}
        value={states}
        onChange={(event) => setStates(event.target.value)}
        onBlur={() => onChange({ filters: { states: listOf(states) as never } })}
      />
      <TextInput
        label="Taxonomies"
        description="Beginnings of codes, as 207R or 213E; all when empty"
        maw={420}
        value={taxonomies}
        onChange={(event) => setTaxonomies(event.target.value)}
        onBlur={() => onChange({ filters: { taxonomies: listOf(taxonomies) } })}
      />
      <NativeSelect
        label="Kind of provider"
        maw={420}
        value={filters.entity_type ?? ''}
        data={[
          { value: '', label: 'Organizations and individuals' },
          { value: 'Organization', label: 'Organizations only' },
          { value: 'Individual', label: 'Individuals only' },
        ]}
        onChange={(event) => onChange({ filters: { entity_type: (event.target.value || null) as never } })}
      />
    </>
  );
}
