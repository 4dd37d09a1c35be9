import createClient from 'openapi-fetch';
import { connection, connectionLost } from '../connection';
import { ApiProblem, Unreachable } from './problem';
import type { ProblemDto, paths } from './schema';
import { currentToken, renew } from './session';

/** A fresh token that is refused again is not a matter of its age. */
const MOST_RENEWALS = 2;

/** Every call to the API: typed by its document, signed, and repeated once the sign-in is renewed. */
export const api = createClient<paths, 'application/json'>({
  baseUrl: window.location.origin,
  fetch: signedFetch,
});

async function signedFetch(request: Request): Promise<Response> {
  for (let renewals = 0; ; renewals++) {
    const token = currentToken();
    const signed = new Request(request.clone());
    if (token) signed.headers.set('Authorization', `Bearer ${token}`);
    const response = await fetch(signed).catch((error: unknown) => {
      if (request.signal.aborted) throw error;
      connectionLost();
      throw new Unreachable(error);
    });
    if (response.status === 503) connectionLost();
    else if (connection.get() === 'away') connection.set('online');
    if (response.status !== 401 || renewals === MOST_RENEWALS) return response;
    await renew(token);
  }
}

interface Outcome<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/** The body of a success. @throws ApiProblem for any other answer */
export async function answerOf<Data>(call: Promise<Outcome<Data>>): Promise<Data> {
  const { data, error, response } = await call;
  if (response.ok) return data as Data;
  const seconds = Number(response.headers.get('retry-after'));
  throw new ApiProblem(response.status, (error ?? {}) as Partial<ProblemDto>, seconds || null);
}
