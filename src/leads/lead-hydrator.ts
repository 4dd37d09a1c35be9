import { Row, rowHydrator } from '../database/row-hydrator.js';
import { Lead } from './lead.entity.js';

/** Leads of rows, with whether their phones are closed where the row says so. */
export function leadHydrator(dataSource: Parameters<typeof rowHydrator>[0]): (row: Row) => Lead {
  const hydrate = rowHydrator(dataSource, Lead);
  return (row) => {
    const lead = hydrate(row);
    lead.isPhoneClosed = row['isPhoneClosed'] === true;
    return lead;
  };
}
