import { UserRole } from '../enums/index.js';
import { maySee } from '../leads/lead.policy.js';
import { Actor } from '../users/actor.js';
import { agentOf, HeardLead, roomsOf, staffOfLead } from './audience.js';

const roles = Object.values(UserRole);
const actors: Actor[] = [1, 2, 3].flatMap((id) => roles.map((role) => ({ id, role, sessionId: 's' })));
const leads: HeardLead[] = [null, 1, 2, 3].flatMap((assignedUserId) =>
  [null, 1, 2, 3].map((ownerManagerId) => ({
    assignedUserId,
    ownerManagerId: assignedUserId ? ownerManagerId : null,
  })),
);
const hears = (actor: Actor, lead: HeardLead) => {
  const rooms = [...staffOfLead(lead), ...agentOf(lead.assignedUserId)];
  return roomsOf(actor).some((room) => rooms.includes(room));
};

describe('the audience of a lead', () => {
  it('has nobody whom the API would not show the lead', () => {
    for (const actor of actors) {
      for (const lead of leads) if (hears(actor, lead)) expect(maySee(actor, lead)).toBe(true);
    }
  });

  it('has every admin, and the agent whose lead it is and no other', () => {
    for (const actor of actors.filter(({ role }) => role !== UserRole.MANAGER)) {
      for (const lead of leads) expect(hears(actor, lead)).toBe(maySee(actor, lead));
    }
  });

  it('has of the managers those of the team, and all while nobody has the lead', () => {
    for (const actor of actors.filter(({ role }) => role === UserRole.MANAGER)) {
      for (const lead of leads) {
        const isTheirs = lead.ownerManagerId === actor.id || lead.assignedUserId === actor.id;
        expect(hears(actor, lead)).toBe(lead.assignedUserId === null || isTheirs);
      }
    }
  });
});
