import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

export interface Ending {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** One of our entry points as a process of its own, as `npm start` and the commands run it. */
export class OwnProcess {
  stdout = '';
  stderr = '';
  private readonly child: ChildProcess;
  private readonly ended: Promise<void>;

  /**
   * @param entry below src, e.g. `main`
   * @param settings the whole of its environment, but for what Node itself needs
   * @param cwd the folder it is started from
   */
  constructor(
    entry: string,
    settings: Record<string, string>,
    args: string[] = [],
    input = '',
    cwd: string = root,
  ) {
    this.child = spawn(
      process.execPath,
      ['--require', join(__dirname, 'run-typescript.cjs'), join(root, 'src', `${entry}.ts`), ...args],
      { cwd, env: { PATH: process.env['PATH'], TZ: 'UTC', ...settings } },
    );
    this.child.stdout?.on('data', (text: Buffer) => {
      this.stdout += text.toString();
    });
    this.child.stderr?.on('data', (text: Buffer) => {
      this.stderr += text.toString();
    });
    this.child.stdin?.end(input);
    this.ended = once(this.child, 'close').then(() => undefined);
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** The first match in what it prints; fails when it ends without. */
  async says(text: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = text.exec(this.stdout);
      if (match) return match;
      if (this.hasEnded) throw new Error(`${text} was never said:\n${this.stdout}${this.stderr}`);
      await Promise.race([once(this.child.stdout ?? this.child, 'data'), this.ended]);
    }
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  async end(): Promise<Ending> {
    await this.ended;
    return { code: this.child.exitCode, stdout: this.stdout, stderr: this.stderr };
  }

  async kill(): Promise<void> {
    if (!this.hasEnded) this.signal('SIGKILL');
    await this.ended;
  }
}

/** Runs it to its end. */
export function runToEnd(
  entry: string,
  settings: Record<string, string>,
  args: string[] = [],
  input = '',
): Promise<Ending> {
  return new OwnProcess(entry, settings, args, input).end();
}
