// A process that works on the export EXPORT_ID and never gets to its end: what it should write is not taken.
import 'reflect-metadata';
import { WriteStream } from 'node:fs';
import { createLogger } from '../../src/common/logger.js';
import { readEnv } from '../../src/config/env.js';
import { createApp } from '../../src/configure-app.js';
import { ExportRunner } from '../../src/exports/export-runner.js';
import { TEST_SETTINGS } from './app.js';

async function run(): Promise<void> {
  const { DATABASE = '', FILES_DIR = '', EXPORT_ID } = process.env;
  const env = readEnv({ ...TEST_SETTINGS, FILES_DIR });
  const app = await createApp(env, DATABASE, createLogger('silent'));
  await app.init();
  WriteStream.prototype._write = () => undefined;
  WriteStream.prototype._writev = () => undefined;
  await app.get(ExportRunner).run(Number(EXPORT_ID));
}

void run();
