import { ApiHeader } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Env } from '../config/env.js';
import type { TokenPair } from './auth.service.js';
import type { TokensResponse } from './dto/tokens.response.js';
import { setRefreshCookie, wantsCookie } from './refresh-cookie.js';

export const ApiRotaClient = () =>
  ApiHeader({
    name: 'X-Rota-Client',
    required: false,
    schema: { type: 'string', enum: ['web'] },
    description: '`web`: set the refresh token as an HttpOnly cookie instead of answering it.',
  });

/** @param asCookie whether the refresh token goes where no script can read it; by default what the caller asks for */
export function handTokens(
  request: FastifyRequest,
  reply: FastifyReply,
  pair: TokenPair,
  env: Env,
  asCookie = wantsCookie(request),
): TokensResponse {
  void reply.header('Cache-Control', 'no-store');
  if (!asCookie) return pair;
  const { refresh_token, ...rest } = pair;
  setRefreshCookie(reply, refresh_token, env);
  return rest;
}
