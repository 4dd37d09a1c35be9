import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, invalidCursor } from '../common/cursor.js';
import { DEFAULT_PAGE_SIZE, PageQuery } from '../common/page.query.js';
import { ParkedQuery, WaitingLead, WaitingLeadsResponse } from './dto/waiting.dto.js';
import { whyItWaits } from './explanation.js';
import { WaitingRoom } from './plan/waiting.js';
import { PoolPlace } from './pool-request.js';
import { PoolStateRepository, RankedLead } from './pool-state.repository.js';
import { WaitingRepository } from './waiting.repository.js';

/** Leads looked through for a page of those that wait for one reason; a page may then be short, and the cursor goes on. */
const LOOK_AT = 5_000;

/** Where a page ends: in the pool's order, and how many leads that was. */
interface Mark extends PoolPlace {
  position: number;
}

type Found = Omit<WaitingLead, 'lead' | 'since'> & { id: number; mark: Mark };

/** Leads that nobody has, in their order, each with why; and those that were recycled too often. Only reads. */
@Injectable()
export class WaitingService {
  constructor(
    private readonly pool: PoolStateRepository,
    private readonly waiting: WaitingRepository,
  ) {}

  /** As the rules in force have it at this moment, nothing of it is stored. */
  async parked({ reason, ...query }: ParkedQuery): Promise<WaitingLeadsResponse> {
    const limit = query.limit ?? DEFAULT_PAGE_SIZE;
    const start = markOf(query);
    const looked = reason ? LOOK_AT : limit;
    const { state, leads } = await this.pool.read(undefined, {
      after: start,
      limit: looked + 1,
      isLocking: false,
    });
    const room = new WaitingRoom(state, new Date());
    const found = leads.slice(0, looked).map((lead, index): Found => {
      const why = room.why(lead);
      return { ...placed(lead, start, index), reason: why.reason, explanation: whyItWaits(why) };
    });
    const fitting = reason ? found.filter((one) => one.reason === reason) : found;
    const shown = fitting.slice(0, limit);
    const isCut = fitting.length > limit;
    const last = isCut ? shown.at(-1) : found.at(-1);
    const hasMore = isCut || leads.length > looked;
    return this.page(shown, hasMore ? last?.mark : undefined);
  }

  async quarantine(query: PageQuery): Promise<WaitingLeadsResponse> {
    const limit = query.limit ?? DEFAULT_PAGE_SIZE;
    const start = markOf(query);
    const { leads } = await this.pool.read(undefined, {
      after: start,
      limit: limit + 1,
      isLocking: false,
      isQuarantine: true,
    });
    const shown = leads.slice(0, limit).map(
      (lead, index): Found => ({
        ...placed(lead, start, index),
        reason: 'recycled_too_often',
        explanation: 'Agent after agent left this lead untouched: look at it, then release or delete it.',
      }),
    );
    return this.page(shown, leads.length > limit ? shown.at(-1)?.mark : undefined);
  }

  private async page(found: Found[], next: Mark | undefined): Promise<WaitingLeadsResponse> {
    const cards = await this.waiting.cards(found.map(({ id }) => id));
    const byId = new Map(cards.map((card) => [card.id, card]));
    const items = found.flatMap(({ id, mark: _, ...rest }) => {
      const { since, ...lead } = byId.get(id) ?? {};
      return since ? [{ lead: lead as WaitingLead['lead'], since, ...rest }] : [];
    });
    return { items, next_cursor: next ? encodeCursor({ ...next }) : null };
  }
}

function placed(lead: RankedLead, start: Mark | undefined, index: number) {
  const position = (start?.position ?? 0) + index + 1;
  return {
    id: lead.id,
    position,
    mark: { rank: lead.rank, createdAt: lead.createdAt, id: lead.id, position },
  };
}

function markOf({ cursor }: PageQuery): Mark | undefined {
  if (!cursor) return undefined;
  const { rank, createdAt, id, position } = decodeCursor(cursor);
  const isTime =
    typeof createdAt === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?\+00:00$/.test(createdAt);
  const isOurs = typeof rank === 'number' && Math.abs(rank) < 1e9 && isTime && isId(id) && isId(position);
  if (!isOurs) throw invalidCursor();
  return { rank, createdAt, id, position };
}

const isId = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= 2_147_483_647;
