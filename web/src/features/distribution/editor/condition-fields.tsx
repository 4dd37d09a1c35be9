import { MultiSelect, NumberInput, TagsInput } from '@mantine/core';
import { USPS_STATE_CODES } from '@server/leads/fields/state';
import { PRIORITIES, SOURCES } from '@/lib/domain';
import { words } from '@/lib/format';
import classes from './editor.module.css';
import type { PolicyForm } from './use-policy-form';

const SOURCE_CHOICES = SOURCES.map((value) => ({ value, label: words(value) }));

interface ConditionFieldsProps {
  form: PolicyForm;
  /** Where in the form: `leads`, `participants.2.takes`. */
  path: string;
}

/** Which leads. Every part that is filled in must hold; of several values one is enough. */
export function ConditionFields({ form, path }: ConditionFieldsProps) {
  const list = (name: string) => form.getInputProps(`${path}.${name}`);
  return (
    <div className={classes.condition}>
      <MultiSelect
        label="States"
        placeholder={emptyWord(list('states').value, 'Any state')}
        searchable
        clearable
        hidePickedOptions
        data={[...USPS_STATE_CODES]}
        {...list('states')}
      />
      <TagsInput
        label="Cities"
        placeholder={emptyWord(list('cities').value, 'Any city')}
        {...list('cities')}
      />
      <TagsInput
        label="ZIP prefixes"
        placeholder={emptyWord(list('zip_prefixes').value, 'Any; 212 is all of 212xx')}
        inputMode="numeric"
        {...list('zip_prefixes')}
      />
      <TagsInput
        label="Specialties"
        placeholder={emptyWord(list('specialties').value, 'Any specialty')}
        {...list('specialties')}
      />
      <MultiSelect
        label="Priorities"
        placeholder={emptyWord(list('priorities').value, 'Any priority')}
        clearable
        data={PRIORITIES}
        {...list('priorities')}
      />
      <MultiSelect
        label="Sources"
        placeholder={emptyWord(list('sources').value, 'Any source')}
        clearable
        data={SOURCE_CHOICES}
        {...list('sources')}
      />
      <div className={classes.range}>
        <NumberInput label="Score from" min={0} max={100} allowDecimal={false} {...list('score_min')} />
        <NumberInput label="Score to" min={0} max={100} allowDecimal={false} {...list('score_max')} />
      </div>
      <div className={classes.range}>
        <NumberInput label="Providers from" min={1} allowDecimal={false} {...list('providers_min')} />
        <NumberInput label="Providers to" min={1} allowDecimal={false} {...list('providers_max')} />
      </div>
    </div>
  );
}

const emptyWord = (value: string[], word: string) => (value.length === 0 ? word : undefined);
