import { NumberInput, Select, TextInput } from '@mantine/core';
import { useMe } from '@/lib/api/session';
import { usePeople } from '@/lib/people';
import classes from './editor.module.css';
import type { PolicyForm } from './use-policy-form';

/** What only a new policy asks: its name, whose it is and its place. */
export function BasicFields({ form }: { form: PolicyForm }) {
  const me = useMe();
  const { data: people = [] } = usePeople();
  const managers = people.filter(({ role, is_active }) => role === 'manager' && is_active);
  return (
    <>
      <TextInput label="Name" maxLength={100} data-autofocus {...form.getInputProps('name')} />
      {me.role === 'admin' && (
        <div className={classes.row}>
          <Select
            label="For"
            placeholder="All teams"
            clearable
            data={managers.map(({ id, full_name }) => ({ value: String(id), label: `Team of ${full_name}` }))}
            {...form.getInputProps('manager_id')}
          />
          <NumberInput
            label="Place"
            description="A lead goes by the first policy that takes it."
            min={0}
            allowDecimal={false}
            {...form.getInputProps('position')}
          />
        </div>
      )}
    </>
  );
}
