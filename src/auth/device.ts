import type { FastifyRequest } from 'fastify';
import { LONGEST_USER_AGENT } from '../common/request-context.js';

/** Where a request comes from, so that people recognise their own sessions. */
export interface Device {
  ipAddress: string;
  userAgent: string | null;
}

export function deviceOf(request: FastifyRequest): Device {
  return {
    ipAddress: request.ip,
    userAgent: request.headers['user-agent']?.slice(0, LONGEST_USER_AGENT) ?? null,
  };
}
