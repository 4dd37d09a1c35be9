import { createLogger } from '../../src/common/logger.js';
import { readEnv } from '../../src/config/env.js';
import { createApp } from '../../src/configure-app.js';
import { TEST_SETTINGS } from './app.js';

/** An application in a process of its own, on the database that the first argument names; prints its address. */
async function run(): Promise<void> {
  const app = await createApp(readEnv(TEST_SETTINGS), process.argv[2] ?? '', createLogger('silent'));
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as { port: number };
  process.stdout.write(`http://127.0.0.1:${port}\n`);
}

void run();
