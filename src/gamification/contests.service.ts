import { Injectable } from '@nestjs/common';
import { Env } from '../config/env.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { UserRole } from '../enums/index.js';
import { Actor } from '../users/actor.js';
import { BoardsRepository } from './boards.repository.js';
import { Contest, ContestsRepository } from './contests.repository.js';
import { BoardEntryDto } from './dto/boards.dto.js';
import {
  ContestResponse,
  ContestStandingResponse,
  CreateContestDto,
  StandingDto,
} from './dto/contests.dto.js';
import { gamificationErrors } from './gamification.errors.js';
import { dayIn } from './period.js';

const MOST_ENTRANTS = 10_000;

/** Contests: a metric over some days, for the agents of some teams or the teams themselves. */
@Injectable()
export class ContestsService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly contests: ContestsRepository,
    private readonly boards: BoardsRepository,
    private readonly env: Env,
  ) {}

  /** @throws Problem 422 in the past, ending before it starts, teams that are not the caller's */
  async create(actor: Actor, dto: CreateContestDto): Promise<ContestStandingResponse> {
    if (dto.starts_on < this.today()) throw gamificationErrors.contestInThePast();
    if (dto.ends_on < dto.starts_on) throw gamificationErrors.rangeEndsBeforeStart('ends_on');
    const own = actor.role === UserRole.MANAGER ? [actor.id] : null;
    const teamIds = await this.contests.teams(dto.team_ids ?? own);
    const isForeign = own !== null && teamIds.some((id) => !own.includes(id));
    if (isForeign || (dto.team_ids && teamIds.length < dto.team_ids.length))
      throw gamificationErrors.unknownTeams();
    const id = await this.transactions.run((tx) => this.contests.insert(tx, dto, teamIds, actor.id));
    return this.get(id);
  }

  async list(): Promise<ContestResponse[]> {
    return (await this.contests.list()).map((contest) => this.toResponse(contest));
  }

  /** The result becomes final when it is first asked for after the last day. @throws Problem 404 */
  async get(id: number): Promise<ContestStandingResponse> {
    let contest = await this.contests.findById(id);
    if (!contest) throw gamificationErrors.contestNotFound(id);
    if (this.stateOf(contest) === 'ended' && contest.frozen_at === null) {
      const standing = await this.standingOf(contest);
      await this.transactions.run(async (tx) => {
        if (await this.contests.lockUnfrozen(tx, id)) await this.contests.freeze(tx, id, standing);
      });
      contest = (await this.contests.findById(id)) ?? contest;
    }
    const standing = contest.frozen_at ? await this.contests.result(id) : await this.standingOf(contest);
    return { ...this.toResponse(contest), standing };
  }

  private async standingOf(contest: Contest): Promise<StandingDto[]> {
    if (this.stateOf(contest) === 'upcoming') return [];
    const entries = await this.boards.rank({
      range: { from: contest.starts_on, to: contest.ends_on, previous: null },
      metric: contest.metric,
      teamId: null,
      specialty: null,
      viewerId: null,
      limit: MOST_ENTRANTS,
    });
    const taking = entries.filter(
      ({ manager_id }) => manager_id !== null && contest.team_ids.includes(manager_id),
    );
    if (contest.entrants === 'agents') {
      return ranked(
        taking.map(({ user_id, full_name, value }) => ({ entrant_id: user_id, name: full_name, value })),
      );
    }
    const names = await this.contests.namesOf(contest.team_ids);
    return ranked(
      contest.team_ids.map((id) => ({
        entrant_id: id,
        name: names.get(id) ?? '',
        value: teamValue(
          contest,
          taking.filter(({ manager_id }) => manager_id === id),
        ),
      })),
    );
  }

  private today(): string {
    return dayIn(this.env.COMPANY_TIME_ZONE, new Date());
  }

  private stateOf({ starts_on, ends_on }: Contest): ContestResponse['state'] {
    const today = this.today();
    if (today < starts_on) return 'upcoming';
    return today <= ends_on ? 'running' : 'ended';
  }

  private toResponse(contest: Contest): ContestResponse {
    return { ...contest, state: this.stateOf(contest) };
  }
}

/** A team's counts are summed; of win rates it is the mean. */
function teamValue({ metric }: Contest, members: BoardEntryDto[]): number {
  const sum = members.reduce((total, { value }) => total + value, 0);
  if (metric !== 'win_rate') return sum;
  return members.length === 0 ? 0 : Math.round((sum / members.length) * 10) / 10;
}

/** Entrants with the same value share a rank. */
function ranked(entrants: Omit<StandingDto, 'rank'>[]): StandingDto[] {
  return entrants
    .map((entrant) => ({
      ...entrant,
      rank: 1 + entrants.filter(({ value }) => value > entrant.value).length,
    }))
    .sort((a, b) => a.rank - b.rank || a.name.localeCompare(b.name));
}
