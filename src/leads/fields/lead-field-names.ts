/** What people, files and the registry say about a practice, by wire name: what a PUT takes. */
export const LEAD_FIELD_NAMES = [
  'practice_name',
  'owner_name',
  'practice_phone',
  'owner_phone',
  'address',
  'city',
  'state',
  'zip_code',
  'ein',
  'npi',
  'entity_type',
  'providers',
  'specialties',
  'is_sole_proprietor',
  'category',
] as const;
