/** Made-up leads, spread over states, specialties, statuses and scores as real ones are. */
const INSERT = `
  INSERT INTO leads (practice_name, owner_name, practice_phone, owner_phone, address, city, state, zip_code, npi,
    entity_type, providers, specialties, category, score, priority, status, source, created_at, updated_at)
  SELECT
    (ARRAY['Harbor','Summit','Cedar','Lakeside','Prairie','Canyon','Juniper','Beacon'])[1 + h % 8] || ' ' ||
      (ARRAY['Foot','Heart','Kidney','Skin','Spine','Family'])[1 + h / 8 % 6] || ' Clinic ' || n,
    'Dr. ' || (ARRAY['Lee','Ana','Ravi','Mia','Omar','Eva'])[1 + h / 64 % 6] || ' ' || initcap(substr(md5(n::text), 1, 7)),
    '(' || 201 + h % 700 || ') 555-' || lpad((n % 10000)::text, 4, '0'), NULL, n || ' Main Street',
    (ARRAY['Salem','Reno','Boston','Austin','Denver','Albany','Tampa','Boise'])[1 + h / 16 % 8],
    (ARRAY['MD','CA','NV','TX','NY','FL','OH','WA','CO','MA'])[1 + h / 32 % 10],
    lpad((h % 99999)::text, 5, '0'), (1000000000 + n)::text, 'Organization', 1 + h % 12,
    (ARRAY['Podiatry','Cardiology','Nephrology','Dermatology','Family Medicine'])[1 + h / 128 % 5], 'Other', h % 101,
    (ARRAY['A+','A','B+','B','C'])[1 + h % 5],
    (ARRAY['NEW','NEW','NEW','CONTACTED','QUALIFIED','CLOSED_WON','CLOSED_LOST','NEW','NEW','NEW'])[1 + h / 4 % 10],
    'nppes_extraction', now() - (h % 31536000) * interval '1 second', now() - (h % 2592000) * interval '1 second'
  FROM (SELECT n, ('x' || substr(md5('lead' || n), 1, 7))::bit(28)::int AS h FROM generate_series($1::int, $2::int) n) made`;

/**
 * Fills an empty `leads` table: rows first, indexes after, which is several times as fast.
 *
 * @param {import('pg').Client} client
 * @param {number} count
 */
export async function fillLeads(client, count) {
  const { rows: indexes } = await client.query(
    `SELECT indexname AS name, indexdef AS definition FROM pg_indexes
      WHERE tablename = 'leads' AND indexname <> 'leads_pkey'`,
  );
  for (const { name } of indexes) await client.query(`DROP INDEX ${name}`);
  for (let from = 1; from <= count; from += 100_000) {
    await client.query(INSERT, [from, Math.min(count, from + 99_999)]);
  }
  for (const { definition } of indexes) await client.query(definition);
  await client.query('VACUUM ANALYZE leads');
}
