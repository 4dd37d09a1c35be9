/**
 * How likely two leads `a` and `b` are one practice, 0 to 100: an NPI says it alone, an EIN or a telephone nearly, a
 * name with its address nearly; two different NPIs speak against it. `fields` are what a lead is compared by.
 */
export const LIKENESS = `
  least(100, greatest(0,
    CASE WHEN a.npi = b.npi THEN 100 WHEN a.npi <> b.npi THEN -40 ELSE 0 END
    + CASE WHEN a.ein = b.ein THEN 55 ELSE 0 END
    + CASE WHEN a.practice_phone = b.practice_phone THEN 45 WHEN a.practice_phone = b.owner_phone OR a.owner_phone = b.practice_phone
           OR a.owner_phone = b.owner_phone THEN 30 ELSE 0 END
    + CASE WHEN left(a.zip_code, 5) = left(b.zip_code, 5) THEN 10 ELSE 0 END
    + (35 * coalesce(similarity(lower(a.practice_name), lower(b.practice_name)), 0))::int
    + CASE WHEN lower(a.address) = lower(b.address) THEN 20
           WHEN similarity(lower(a.address), lower(b.address)) > 0.6 THEN 10 ELSE 0 END))`;

/** The same as sentences for people. */
export const REASONS = `
  to_jsonb(array_remove(ARRAY[
    CASE WHEN a.npi = b.npi THEN jsonb_build_object('code', 'npi', 'message', 'They have the same NPI.') END,
    CASE WHEN a.ein = b.ein THEN jsonb_build_object('code', 'ein', 'message', 'They have the same EIN.') END,
    CASE WHEN a.practice_phone = b.practice_phone THEN jsonb_build_object('code', 'phone', 'message', 'They have the same telephone.')
         WHEN a.practice_phone = b.owner_phone OR a.owner_phone = b.practice_phone OR a.owner_phone = b.owner_phone
         THEN jsonb_build_object('code', 'owner_phone', 'message', 'They share a telephone.') END,
    CASE WHEN similarity(lower(a.practice_name), lower(b.practice_name)) > 0.5
         THEN jsonb_build_object('code', 'name', 'message', 'Their names are alike.') END,
    CASE WHEN lower(a.address) = lower(b.address) OR similarity(lower(a.address), lower(b.address)) > 0.6
         THEN jsonb_build_object('code', 'address', 'message', 'Their addresses are alike.') END,
    CASE WHEN a.npi <> b.npi THEN jsonb_build_object('code', 'other_npi', 'message', 'Their NPIs differ.') END
  ], NULL))`;

/** From here on a pair is worth a look. */
export const LIKELY = 60;
