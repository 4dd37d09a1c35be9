import { findDataQuality } from '@server/leads/fields/data-quality';
import { withoutCityAndState } from '@server/leads/fields/street-address';
import { type Draft, FIELD, type FieldName, isFieldName, wireValue } from './lead-fields';

export interface Hint {
  message: string;
  /** The value that would mend it; absent where only a person can know. */
  fix?: string;
}

const NOT_WHILE_EMPTY = new Set(['practice_name_missing', 'no_phone']);

/** What looks wrong in what is typed, by field: the server's own rules, before it is asked. */
export function hintsFor(draft: Draft): Partial<Record<FieldName, Hint>> {
  const value = (name: FieldName) => wireValue(FIELD[name], draft[name]) as string | null;
  const findings = findDataQuality({
    practiceName: value('practice_name'),
    practicePhone: value('practice_phone'),
    ownerPhone: value('owner_phone'),
    address: value('address'),
    city: value('city'),
    state: value('state'),
    zipCode: value('zip_code'),
    ein: value('ein'),
    npi: value('npi'),
  });
  const hints: Partial<Record<FieldName, Hint>> = {};
  for (const { field, code, message } of findings) {
    if (!isFieldName(field) || NOT_WHILE_EMPTY.has(code)) continue;
    const fix =
      code === 'address_repeats_city'
        ? (withoutCityAndState(draft.address, value('city'), value('state')) ?? undefined)
        : undefined;
    hints[field] = { message, fix };
  }
  return hints;
}
