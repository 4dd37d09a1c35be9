import type { FastifyInstance } from 'fastify';
import { Problem } from './problem.js';

/** Routes that take a file as it is; everywhere else a body is JSON. */
const TAKES_FILE = /^\/api\/v1\/imports\/:id\/file$/;

/** Hands the bytes of a file to its route as a stream; how many it takes the route decides. */
export function acceptFiles(fastify: FastifyInstance): void {
  fastify.addContentTypeParser('application/octet-stream', (request, payload, done) => {
    if (request.method === 'PUT' && TAKES_FILE.test(request.routeOptions.url ?? '')) done(null, payload);
    else done(new Problem(415, 'unsupported-media-type', 'Send the body as application/json.'));
  });
}
