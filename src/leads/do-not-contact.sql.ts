const closed = (column: string): string =>
  `EXISTS (SELECT 1 FROM do_not_contact_phones p WHERE p.phone = l.${column})`;

/** A column beside those of `leads l`. */
export const PHONE_IS_CLOSED = `(${closed('practice_phone')} OR ${closed('owner_phone')}) AS "isPhoneClosed"`;

/**
 * Leads `l` that may be given out, claimed and exported: neither they nor their phones are closed. Two anti-joins, not an OR
 * of them: only so many leads can be matched with all closed phones at once.
 */
export const MAY_CONTACT = `NOT l.do_not_contact AND NOT ${closed('practice_phone')} AND NOT ${closed('owner_phone')}`;

/** And those that may not. */
export const NOT_TO_CONTACT = `(l.do_not_contact OR ${closed('practice_phone')} OR ${closed('owner_phone')})`;
