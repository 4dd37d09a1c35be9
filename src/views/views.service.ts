import { Injectable } from '@nestjs/common';
import { Transaction, TransactionRunner } from '../database/transaction-runner.js';
import { filterAsSent } from '../leads/filter-as-sent.js';
import { assertMayFilter } from '../leads/lead.policy.js';
import { Actor } from '../users/actor.js';
import { CreateViewDto, UpdateViewDto, ViewResponse, ViewSettingsDto } from './dto/view.dto.js';
import { ViewKind, ViewSettings } from './saved-view.entity.js';
import { viewErrors } from './view.errors.js';
import { assertMayPutInto, mayChangeView } from './view.policy.js';
import { isNameTaken, OwnedView, ViewsRepository } from './views.repository.js';

/** How many views one person may keep. */
export const MOST_VIEWS = 100;

/** Lists of leads that people come back to: their own, their team's, everybody's. */
@Injectable()
export class ViewsService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly views: ViewsRepository,
  ) {}

  async list(actor: Actor, kind: ViewKind | undefined): Promise<ViewResponse[]> {
    const views = await this.views.visible(actor.id, kind ?? null);
    return views.map((view) => toViewResponse(actor, view));
  }

  /** @throws Problem 403, 409 name taken or too many, 422 */
  create(actor: Actor, dto: CreateViewDto): Promise<ViewResponse> {
    const { name, scope = 'private', kind = 'leads' } = dto;
    assertMayPutInto(actor, scope);
    const settings = settingsOf(actor, dto.settings);
    return this.named(name, async (tx) => {
      if ((await this.views.countOwned(tx, actor.id)) >= MOST_VIEWS) throw viewErrors.tooMany(MOST_VIEWS);
      return toViewResponse(
        actor,
        await this.views.insert(tx, { ownerId: actor.id, scope, kind, name, settings }),
      );
    });
  }

  /** @throws Problem 403, 404 not seen, 409 name taken, 422 */
  update(actor: Actor, id: number, dto: UpdateViewDto): Promise<ViewResponse> {
    return this.named(dto.name ?? '', async (tx) => {
      const { view, ownerName } = await this.lockForChange(tx, actor, id);
      if (dto.scope !== undefined && dto.scope !== view.scope) assertMayPutInto(actor, dto.scope);
      const saved = await this.views.save(tx, {
        ...view,
        name: dto.name ?? view.name,
        scope: dto.scope ?? view.scope,
        settings: dto.settings ? settingsOf(actor, dto.settings) : view.settings,
      });
      return toViewResponse(actor, { view: saved, ownerName });
    });
  }

  async delete(actor: Actor, id: number): Promise<void> {
    await this.transactions.run(async (tx) => {
      await this.lockForChange(tx, actor, id);
      await this.views.delete(tx, id);
    });
  }

  private async lockForChange(tx: Transaction, actor: Actor, id: number): Promise<OwnedView> {
    const found = await this.views.lockVisible(tx, id, actor.id);
    if (!found) throw viewErrors.notFound(id);
    if (!mayChangeView(actor, found.view)) throw viewErrors.notYoursToChange();
    return found;
  }

  private async named<Result>(name: string, work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    try {
      return await this.transactions.run(work);
    } catch (error) {
      throw isNameTaken(error) ? viewErrors.nameTaken(name) : error;
    }
  }
}

function settingsOf(actor: Actor, settings: ViewSettingsDto): ViewSettings {
  assertMayFilter(actor, settings.filter ?? {});
  return { ...settings, ...(settings.filter && { filter: filterAsSent(settings.filter) }) };
}

function toViewResponse(actor: Actor, { view, ownerName }: OwnedView): ViewResponse {
  return {
    id: view.id,
    name: view.name,
    scope: view.scope,
    kind: view.kind,
    settings: view.settings,
    owner: { id: view.ownerId, full_name: ownerName },
    may_change: mayChangeView(actor, view),
    created_at: view.createdAt,
    updated_at: view.updatedAt,
  };
}
