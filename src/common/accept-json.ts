import type { FastifyInstance } from 'fastify';
import { isDeeperThan } from './json-depth.js';
import { Problem } from './problem.js';

/** Our deepest body, a filter within a bulk change, has three levels. */
const DEEPEST_JSON = 32;

const tooDeep = (): Problem =>
  new Problem(400, 'malformed-request', `The request nests its values deeper than ${DEEPEST_JSON} levels.`);

const notStorable = (): Problem =>
  new Problem(400, 'malformed-text', 'The request has characters that cannot be stored.');

/** JSON bodies only. An empty body counts as none: the first version's client sends the header without a body. */
export function acceptJson(fastify: FastifyInstance, bodyLimit: number): void {
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    'application/json',
    { parseAs: 'string', bodyLimit },
    (request, body, done) => {
      if (body.length === 0) done(null, undefined);
      else if (isDeeperThan(body as string, DEEPEST_JSON)) done(tooDeep());
      else {
        void parseJson(request, body as string, (error, value: unknown) => {
          if (!error && SURROGATE_ESCAPE.test(body as string) && hasHalfCharacter(value)) done(notStorable());
          else done(error, value);
        });
      }
    },
  );
}

const SURROGATE_ESCAPE = /\\ud[89a-f]/i;

/** Half of a surrogate pair is no text: it has no UTF-8, and libraries fail at it. JSON.stringify escapes nothing else so. */
function hasHalfCharacter(value: unknown): boolean {
  return /(?<!\\)(\\\\)*\\ud[89a-f]/.test(JSON.stringify(value));
}
