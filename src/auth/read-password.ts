import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/**
 * A password from where no process list or shell history shows it: `ADMIN_PASSWORD`, or a prompt that echoes
 * nothing, or the first line of what is piped in.
 */
export async function readPassword(ask: string): Promise<string> {
  const given = process.env['ADMIN_PASSWORD'];
  if (given) return given;
  const { stdin, stderr } = process;
  const terminal = stdin.isTTY === true;
  const silence = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: silence, terminal });
  try {
    if (terminal) stderr.write(ask);
    for await (const line of lines) return line;
    return '';
  } finally {
    lines.close();
    if (terminal) stderr.write('\n');
  }
}
