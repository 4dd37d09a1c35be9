import { Problem, validationProblem } from '../common/problem.js';

/** Everything that can be wrong with a request about a lead. */
export const leadErrors = {
  notFound: (id: number | string) => new Problem(404, 'lead-not-found', `There is no lead ${id}.`),
  merged: (id: number, into: number) =>
    new Problem(308, 'lead-merged', `Lead ${id} was merged into lead ${into}.`, {
      extensions: { lead_id: into },
      headers: { Location: `/api/v1/leads/${into}` },
    }),
  notYoursToSee: () => new Problem(403, 'lead-not-yours', 'Can only view your assigned leads'),
  notYoursToEdit: () => new Problem(403, 'lead-not-yours', 'Can only update your assigned leads'),
  deletedNotYours: () =>
    new Problem(403, 'deleted-leads-closed', 'Only managers and admins can see deleted leads'),
  nothingToUpdate: () => new Problem(400, 'no-fields', 'No fields provided for update'),
  staleVersion: (current: number) =>
    new Problem(
      412,
      'stale-version',
      `Somebody changed this lead since you loaded it; it is at version ${current} now.`,
      {
        extensions: { current_version: current },
        headers: { ETag: `"${current}"` },
      },
    ),
  duplicateNpi: (npi: string, id: number) =>
    new Problem(409, 'duplicate-npi', `A lead with NPI ${npi} already exists: lead ${id}.`, {
      extensions: { lead_id: id },
    }),
  changeNotFound: () => new Problem(404, 'bulk-change-not-found', 'There is no such bulk change of yours.'),
  undoneAlready: () => new Problem(409, 'undone-already', 'This change has been undone already.'),
  undoTooLate: (seconds: number) =>
    new Problem(409, 'undo-too-late', `A bulk change can be undone for ${seconds} seconds.`),
  notDeleted: (id: number) => new Problem(409, 'lead-not-deleted', `Lead ${id} is not deleted.`),
  phoneIsClosed: (phone: string) =>
    new Problem(409, 'phone-closed', `${phone} is among the numbers that nobody may call already.`),
  phoneNotClosed: (phone: string) =>
    new Problem(404, 'phone-not-closed', `${phone} is not among the numbers that nobody may call.`),
  unknownAgent: (id: number) =>
    validationProblem([
      { field: 'agent_id', code: 'unknown_agent', message: `${id} is not an active agent` },
    ]),
  required: (field: string, message: string) => validationProblem([{ field, code: 'required', message }]),
  idempotencyMismatch: () =>
    new Problem(
      422,
      'idempotency-key-reused',
      'This Idempotency-Key was used for another request; take a new one.',
      {
        errors: [{ field: 'Idempotency-Key', code: 'key_reused', message: 'was used for another request' }],
      },
    ),
  notAList: () =>
    validationProblem([{ field: 'body', code: 'not_a_list', message: 'must be a list of leads' }]),
  tooManyRows: (limit: number) =>
    validationProblem([
      { field: 'body', code: 'too_many_rows', message: `must not have more than ${limit} leads` },
    ]),
  eitherIdsOrFilter: () =>
    validationProblem([
      { field: 'ids', code: 'ids_or_filter', message: 'must be given, or else a filter with a condition' },
    ]),
  deletedCannotChange: () =>
    validationProblem([
      {
        field: 'filter.deleted',
        code: 'not_allowed',
        message: 'cannot be used here; restore the lead first',
      },
    ]),
  tooManyMatches: (limit: number) =>
    validationProblem([
      {
        field: 'filter',
        code: 'too_many_matches',
        message: `matches more than ${limit} leads; narrow it or work in parts`,
      },
    ]),
};
