import { Problem, validationProblem } from '../common/problem.js';

/** Everything that can be wrong with a request about the distribution of leads. */
export const distributionErrors = {
  unknownAgent: (id: number, field = 'agent_id') =>
    validationProblem([{ field, code: 'unknown_agent', message: `${id} is not an active agent` }]),
  agentNotFound: (id: number) => new Problem(404, 'agent-not-found', `There is no agent ${id}.`),
  notInTeam: () => new Problem(403, 'not-in-team', 'This agent is not in your team.'),
  policyNotFound: (id: number) => new Problem(404, 'policy-not-found', `There is no policy ${id}.`),
  versionNotFound: (version: number) =>
    new Problem(404, 'policy-version-not-found', `The policy has no version ${version}.`),
  notYourPolicy: () => new Problem(403, 'policy-not-yours', 'This policy is not your team’s.'),
  scopeNeedsAdmin: () =>
    new Problem(
      403,
      'scope-needs-admin',
      'This version takes other leads than the one in force; an admin has to activate it.',
    ),
  policyInForce: () =>
    new Problem(409, 'policy-in-force', 'This policy is in force; deactivate it before you delete it.'),
  defaultStays: () =>
    new Problem(
      409,
      'default-policy-stays',
      'Leads that no other policy takes go by this one; it cannot be taken away.',
    ),
  nothingToRollBackTo: () => new Problem(409, 'no-earlier-version', 'No other version was in force before.'),
  alreadyInForce: (version: number) =>
    new Problem(409, 'version-in-force', `Version ${version} is in force already.`),
  runNotFound: (id: number) => new Problem(404, 'run-not-found', `There is no run ${id}.`),
  runIsOver: (id: number) => new Problem(409, 'run-is-over', `Run ${id} is not running any more.`),
  notClaimable: (id: number, next: number | null) =>
    new Problem(
      409,
      'lead-not-claimable',
      next === null
        ? `Lead ${id} cannot be claimed any more, and nothing else can.`
        : `Lead ${id} cannot be claimed any more; lead ${next} is the next best.`,
      { extensions: { next_lead_id: next } },
    ),
  noRoomToClaim: (target: number) =>
    new Problem(
      409,
      'no-room-to-claim',
      `You have ${target} active leads, which is as many as you may have.`,
    ),
  notInQuarantine: (id: number) => new Problem(409, 'not-in-quarantine', `Lead ${id} is not in quarantine.`),
  notAssigned: (id: number) =>
    new Problem(409, 'lead-not-assigned', `Nobody has lead ${id}: there is nobody to return it.`),
  undoNotFound: () => new Problem(404, 'move-not-found', 'There is no such move.'),
  undoTooLate: (minutes: number) =>
    new Problem(409, 'undo-too-late', `A move can be undone for ${minutes} minutes.`),
  undoneAlready: () => new Problem(409, 'undone-already', 'This move was undone already.'),
  notYoursToUndo: () =>
    new Problem(403, 'move-not-yours', 'Only who made the move, or an admin, can undo it.'),
  transferToSelf: () =>
    validationProblem([{ field: 'to_agent_id', code: 'same_agent', message: 'must be somebody else' }]),
};
