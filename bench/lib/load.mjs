import autocannon from 'autocannon';

export const CONNECTIONS = 32;

/**
 * Requests that a server answers, and how many a second.
 *
 * @param {string} url
 * @param {{ seconds: number, request: () => { method: string, path: string, body?: string }, headers: Record<string, string> }} options
 */
export async function throughput(url, { seconds, request, headers }) {
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    duration: seconds,
    requests: [
      {
        headers: { ...headers, 'content-type': 'application/json' },
        setupRequest: (req) => ({ ...req, ...request() }),
      },
    ],
  });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${url}: ${result.non2xx} answers other than 2xx, ${result.errors} errors`);
  }
  return { requests: result['2xx'], perSecond: result['2xx'] / result.duration, p99: result.latency.p99 };
}

/** The middle one. */
export function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
