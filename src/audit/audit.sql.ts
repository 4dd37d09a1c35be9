/** What comes before the first entry: 32 bytes of nothing. */
export const GENESIS = `'\\x${'00'.repeat(32)}'::bytea`;

/** The bytes of an entry `e` that its hash is of: every column, in one form, whatever the session's settings. */
export const ENTRY_BYTES = `convert_to(jsonb_build_array(
  e.id, (extract(epoch FROM e.occurred_at) * 1000000)::bigint, e.action, e.actor_id, e.session_id, e.subject_type,
  e.subject_id, e.details, encode(e.origin_digest, 'hex'))::text, 'UTF8')`;

/** The digest of an origin, from its columns or their values. */
export const originDigest = (salt: string, ip: string, userAgent: string, requestId: string): string =>
  `sha256(${salt} || convert_to(jsonb_build_array(${ip}, ${userAgent}, ${requestId})::text, 'UTF8'))`;
