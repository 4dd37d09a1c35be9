import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Env } from '../config/env.js';
import { authErrors } from './auth.errors.js';

export const REFRESH_COOKIE = 'rota_refresh';
const SECONDS_PER_DAY = 86_400;

/** Whether the caller is a browser that wants its refresh token where no script can read it. */
export function wantsCookie(request: FastifyRequest): boolean {
  return request.headers['x-rota-client'] === 'web';
}

export function hasRefreshCookie(request: FastifyRequest): boolean {
  return Boolean(request.cookies[REFRESH_COOKIE]);
}

export function setRefreshCookie(reply: FastifyReply, token: string, env: Env): void {
  const maxAge = env.REFRESH_TOKEN_TTL_DAYS * SECONDS_PER_DAY;
  void reply.setCookie(REFRESH_COOKIE, token, { ...attributes(env), maxAge });
}

export function clearRefreshCookie(reply: FastifyReply, env: Env): void {
  void reply.clearCookie(REFRESH_COOKIE, attributes(env));
}

/**
 * The refresh token of the cookie. SameSite keeps other sites from sending it; that a form or image cannot send
 * what is asked for here holds also where a browser does not know SameSite.
 *
 * @throws Problem 403 when the request could be another site's, 422 when there is no cookie
 */
export function refreshTokenOfCookie(request: FastifyRequest): string {
  const token = request.cookies[REFRESH_COOKIE];
  if (!token) throw authErrors.noRefreshToken();
  const isJson = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase() === 'application/json';
  if (!isJson && request.headers['x-requested-with'] === undefined) throw authErrors.crossSiteRefresh();
  return token;
}

function attributes(env: Env): CookieSerializeOptions {
  return { httpOnly: true, sameSite: 'strict', path: '/', secure: env.NODE_ENV === 'production' };
}
