// The baseline: nothing but node:http and pg, sending the statements that Rota sends for the same request.
import { createServer } from 'node:http';
import pg from 'pg';
import { listStatements, putStatements, SESSION } from './lib/statements.mjs';

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: Number(process.env.POOL_SIZE) });
const session = JSON.parse(process.env.BENCH_SESSION);

const server = createServer((request, response) => {
  const answer = request.method === 'PUT' ? put(request) : list();
  answer.then(
    (body) => send(response, 200, body),
    (error) => send(response, 500, { message: error.message }),
  );
});

async function put(request) {
  let text = '';
  for await (const chunk of request) text += chunk;
  const id = Number(request.url.split('/').at(-1));
  const { city } = JSON.parse(text);
  await pool.query(SESSION, session);
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const lead = await putStatements(client, id, city);
    await client.query('COMMIT');
    return lead;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

async function list() {
  await pool.query(SESSION, session);
  return listStatements(pool);
}

function send(response, status, body) {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
process.on('SIGTERM', () => process.exit(0));
