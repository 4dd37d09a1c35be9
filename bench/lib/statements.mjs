// What Rota sends to PostgreSQL for one edit and for one list page, as it stands in its log of statements.

export const SESSION = `
  SELECT u.role, (u.last_activity IS NULL OR u.last_activity < now() - interval '1 minute') AS "activityIsStale"
    FROM sessions s JOIN users u ON u.id = s.user_id
   WHERE s.id = $1 AND s.user_id = $2 AND s.revoked_at IS NULL AND s.expires_at > now() AND u.is_active
     AND (u.sessions_valid_from IS NULL OR s.created_at >= u.sessions_valid_from)`;

const closed = (column) => `EXISTS (SELECT 1 FROM do_not_contact_phones p WHERE p.phone = l.${column})`;
const PHONE_IS_CLOSED = `(${closed('practice_phone')} OR ${closed('owner_phone')}) AS "isPhoneClosed"`;

const LOCK = `SELECT l.*, ${PHONE_IS_CLOSED} FROM leads l WHERE l.id = $1 AND l.deleted_at IS NULL FOR UPDATE OF l`;

const SAVE = `
  WITH saved AS (
    UPDATE leads l SET city = $8, version = version + 1, updated_at = clock_timestamp() WHERE l.id = $1 RETURNING l.*
  ), kept AS (
    INSERT INTO lead_history (lead_id, version, field, old_value, new_value, source, actor_id, reason, changed_at)
    SELECT saved.id, saved.version, field, old_value, new_value, $3, $4, $5, saved.updated_at
      FROM saved, jsonb_to_recordset($2::jsonb) AS change (field text, old_value jsonb, new_value jsonb)
  ), told AS (
    INSERT INTO outbox_inbox (type, payload, actor_id, lead_id, lead_version, request_id)
    SELECT type, payload, actor_id, lead_id, lead_version, $7::text
      FROM ROWS FROM (jsonb_to_recordset($6::jsonb)
             AS (type text, payload jsonb, actor_id integer, lead_id integer, lead_version integer))
           WITH ORDINALITY AS e (type, payload, actor_id, lead_id, lead_version, position)
     ORDER BY position
  )
  SELECT l.*, ${PHONE_IS_CLOSED} FROM saved l`;

/** The statements of one edit, within a transaction. */
export async function putStatements(client, id, city) {
  const { rows } = await client.query(LOCK, [id]);
  const [lead] = rows;
  const change = [{ field: 'city', old_value: lead.city, new_value: city }];
  const fact = [
    {
      type: 'lead.updated',
      payload: { changes: { city: { from: lead.city, to: city } } },
      actor_id: 1,
      lead_id: id,
      lead_version: lead.version + 1,
    },
  ];
  const values = [id, JSON.stringify(change), 'api', 1, null, JSON.stringify(fact), 'bench', city];
  const saved = await client.query(SAVE, values);
  return saved.rows[0];
}

const ACTIVE = `l.deleted_at IS NULL AND l.status NOT IN ('CLOSED_WON', 'CLOSED_LOST', 'RECYCLED')`;
const PAGE = `
  SELECT l.*, ${PHONE_IS_CLOSED}, l.score::text AS sort_value FROM leads l WHERE ${ACTIVE}
   ORDER BY l.score DESC, l.id DESC LIMIT $1 OFFSET $2`;
const COUNT = `SELECT count(*)::int AS counted FROM (SELECT 1 FROM leads l WHERE ${ACTIVE} LIMIT 10001) counted`;
const ESTIMATE = `EXPLAIN (FORMAT JSON) SELECT 1 FROM leads l WHERE ${ACTIVE}`;

/** The statements of the first page of 50. */
export async function listStatements(pool) {
  const [page, counted] = await Promise.all([pool.query(PAGE, [51, 0]), pool.query(COUNT)]);
  if (counted.rows[0].counted > 10_000) await pool.query(ESTIMATE);
  return { leads: page.rows.slice(0, 50), total: counted.rows[0].counted };
}
