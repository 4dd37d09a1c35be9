import { ArgumentsHost, Catch, ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isError } from './is-error.js';
import { PROBLEM_TITLES, Problem } from './problem.js';
import { problemOfDatabaseError } from './problem-of-database-error.js';

interface ErrorWithStatus extends Error {
  statusCode?: number;
  code?: string;
}

/** Turns whatever was thrown into `application/problem+json`; stack traces and SQL stay in the log. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    const request = http.getRequest<FastifyRequest>();
    const problem = toProblem(thrown);
    if (problem.status >= 500) {
      this.logger.error(
        { err: problem.cause ?? thrown, req_id: request.id, status: problem.status },
        problem.detail,
      );
    }
    sendProblem(problem, request, reply);
  }
}

/** Writes a problem to the wire; also used for errors that Fastify meets before a route is found. */
export function sendProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply): void {
  if (reply.sent) return;
  void reply
    .status(problem.status)
    .headers(problem.headers)
    .type('application/problem+json')
    .send({
      type: `urn:rota:problem:${problem.code}`,
      title: PROBLEM_TITLES[problem.status] ?? 'Error',
      status: problem.status,
      detail: problem.detail,
      instance: request.url.split('?')[0],
      ...problem.extensions,
      ...(problem.errors ? { errors: problem.errors } : {}),
    });
}

/** Finds the problem that an error of a library or of our own stands for. */
export function toProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  const ofDatabase = problemOfDatabaseError(thrown);
  if (ofDatabase) return ofDatabase;
  if (thrown instanceof HttpException) return ofHttpStatus(thrown.getStatus(), thrown);
  if (isError(thrown)) return ofHttpStatus((thrown as ErrorWithStatus).statusCode ?? 500, thrown);
  return ofHttpStatus(500, thrown);
}

function ofHttpStatus(status: number, cause: unknown): Problem {
  const code = (cause as ErrorWithStatus).code;
  switch (status) {
    case 400:
      return new Problem(400, 'malformed-request', malformedDetail(code), { cause });
    case 401:
      return new Problem(401, 'unauthorized', 'Sign in to use this.', {
        headers: { 'WWW-Authenticate': 'Bearer' },
        cause,
      });
    case 403:
      return new Problem(403, 'forbidden', 'You may not do this.', { cause });
    case 404:
      return new Problem(404, 'not-found', 'There is nothing at this address.', { cause });
    case 408:
      return new Problem(408, 'request-timeout', 'The request took too long to arrive.', { cause });
    case 413:
      return new Problem(413, 'content-too-large', 'The request is larger than this server accepts.', {
        cause,
      });
    case 414:
    case 431:
      return new Problem(
        413,
        'content-too-large',
        'The address or headers are longer than this server accepts.',
        { cause },
      );
    case 415:
      return new Problem(415, 'unsupported-media-type', 'Send the body as application/json.', { cause });
    default:
      if (status >= 400 && status < 500) {
        return new Problem(status, 'bad-request', 'The request could not be understood.', { cause });
      }
      return new Problem(500, 'internal-error', 'Something went wrong on our side; it has been recorded.', {
        cause,
      });
  }
}

function malformedDetail(code: string | undefined): string {
  if (code === 'FST_ERR_CTP_EMPTY_JSON_BODY') return 'The body is empty; send a JSON document.';
  if (code === 'FST_ERR_CTP_INVALID_CONTENT_LENGTH') return 'The body is not as long as Content-Length says.';
  return 'The request is malformed; the body must be valid JSON.';
}
