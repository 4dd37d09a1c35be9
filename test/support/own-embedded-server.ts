// Owns an embedded server until it is killed, or its input ends: own-embedded-server.ts DATA_DIR [uid gid]
import { startEmbeddedServer } from '../../src/database/embedded-server.js';

async function own(dataDir = '', uid?: string, gid?: string): Promise<void> {
  if (uid && gid) {
    process.setgroups?.([]);
    process.setgid?.(Number(gid));
    process.setuid?.(Number(uid));
  }
  const server = await startEmbeddedServer({ dataDir, say: (line) => console.error(line) });
  console.log(server.url);
  process.stdin.resume().once('end', () => void server.stop().then(() => process.exit(0)));
}

void own(...process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
