interface Answer {
  status: number;
  body: unknown;
}

declare global {
  namespace jest {
    interface Matchers<R> {
      /** An RFC 9457 problem with this status and, when given, the last part of its type. */
      toBeProblem(status: number, code?: string): R;
    }
  }
}

expect.extend({
  toBeProblem(answer: Answer, status: number, code?: string) {
    const body = (answer.body ?? {}) as Record<string, unknown>;
    const pass =
      answer.status === status &&
      body['status'] === status &&
      typeof body['detail'] === 'string' &&
      (code === undefined || body['type'] === `urn:rota:problem:${code}`);
    return {
      pass,
      message: () =>
        `expected problem ${status} ${code ?? ''}, got ${answer.status} ${JSON.stringify(answer.body, null, 2)}`,
    };
  },
});

export {};
