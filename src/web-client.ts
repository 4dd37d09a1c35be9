import { readdirSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Addresses of programs: what is not found there is a problem, never a page. */
const NO_PAGES = /^\/(api|auth|docs|health|metrics|openapi|assets)\b/;
/** Vite names these by their content. */
const HASHED = /^assets\//;
const ONE_YEAR_SECONDS = 365 * 86_400;

/**
 * Serves the built web client: its files, and its one page for every address that a person may open. Without a build
 * there is nothing to serve, and such addresses are unknown.
 *
 * @param folder that Vite built into, absolute or in the current folder
 */
export async function serveWebClient(app: NestFastifyApplication, folder: string): Promise<void> {
  const root = resolve(folder);
  const files = filesIn(root);
  if (!files.has('index.html')) return;
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  await app.register(fastifyStatic, { root, serve: false, preCompressed: true, cacheControl: false });
  fastify.get('/*', (request: FastifyRequest<{ Params: { '*': string } }>, reply) => {
    const path = request.params['*'];
    if (files.has(path) && path !== 'index.html') return sendFile(reply, path);
    if (!isPageRequest(request)) return reply.callNotFound();
    return sendFile(reply, 'index.html');
  });
}

function sendFile(reply: FastifyReply, path: string): FastifyReply {
  const lasts = HASHED.test(path);
  void reply.header('Cache-Control', lasts ? `public, max-age=${ONE_YEAR_SECONDS}, immutable` : 'no-cache');
  return reply.sendFile(path);
}

function isPageRequest({ url, headers }: FastifyRequest): boolean {
  return !NO_PAGES.test(url) && (headers.accept ?? '').includes('text/html');
}

/** Paths with forward slashes, from the folder. */
function filesIn(root: string): Set<string> {
  try {
    const entries = readdirSync(root, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    return new Set(
      files.map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/')),
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Set();
    throw error;
  }
}
