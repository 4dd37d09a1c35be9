import { Problem, validationProblem } from '../../common/problem.js';

export const webhookErrors = {
  notFound: (id: number) => new Problem(404, 'webhook-not-found', `There is no webhook ${id}.`),
  notAnAddress: () =>
    validationProblem([
      { field: 'url', code: 'web_address', message: 'must be an http or https address without a password' },
    ]),
  privateAddress: () =>
    validationProblem([
      { field: 'url', code: 'private_address', message: 'must be an address on the public internet' },
    ]),
};
