import { LeadPriority } from '../../enums/index.js';
import { LeadFieldsDto } from '../../leads/dto/lead-fields.dto.js';
import { Lead } from '../../leads/lead.entity.js';

/** What was done to a value of the file, or why its row was refused; `field` is the wire name, `row` for all of it. */
export interface RowNote {
  field: keyof LeadFieldsDto | 'score' | 'priority' | 'source' | 'row';
  code: RepairCode | RefusalCode;
  /** One sentence for the person who imports. */
  message: string;
}

export type RepairCode =
  /** The value stood for nothing, as `<UNAVAIL>` does; the field is empty. */
  | 'missing_marker'
  /** The value was read as something else than it says, as `92270.0` is read as ZIP code 92270. */
  | 'rewritten'
  /** The value makes no sense in its field; the field is empty. */
  | 'left_out'
  /** The text was longer than its field. */
  | 'cut'
  /** The address repeated its city and state. */
  | 'city_removed'
  /** Capitals became upper and lower case, or a street was abbreviated. */
  | 'tidied'
  /** The taxonomy code has no specialty that we know. */
  | 'unknown_taxonomy';

export type RefusalCode =
  | 'not_an_object'
  | 'bad_json'
  | 'column_count'
  | 'bad_encoding'
  | 'nothing_to_identify'
  | 'npi_invalid'
  | 'deactivated'
  | 'entity_type_unknown'
  | 'outside_us';

type CleanedFields = Pick<
  Lead,
  | 'npi'
  | 'ein'
  | 'practiceName'
  | 'ownerName'
  | 'practicePhone'
  | 'ownerPhone'
  | 'specialties'
  | 'providers'
  | 'city'
  | 'state'
  | 'zipCode'
  | 'address'
  | 'entityType'
  | 'isSoleProprietor'
  | 'category'
  | 'source'
>;

/** A row of a lead file, cleaned: every value in the form in which leads are stored, or null. */
export interface LeadDraft extends CleanedFields {
  /** 0 to 100 as the file gave it; null leaves it to the scoring rules. */
  score: number | null;
  /** As the file gave it; null lets it follow from the score. */
  priority: LeadPriority | null;
  repairs: RowNote[];
}

/** A row that makes no lead. */
export interface RowRefusal {
  reasons: RowNote[];
}

/** An NPI that the registry no longer has in use, and since when as far as it says so. */
export interface Deactivation {
  npi: string;
  at: Date | null;
}

export type RowReading =
  /** `site` is where an organization's providers work. */
  | { draft: LeadDraft; site?: string | null; reactivatedAt?: Date | null }
  | { refusal: RowRefusal }
  | { isPassedOver: true; deactivated?: Deactivation };

export function refused(field: RowNote['field'], code: RefusalCode, message: string): RowReading {
  return { refusal: { reasons: [{ field, code, message }] } };
}
