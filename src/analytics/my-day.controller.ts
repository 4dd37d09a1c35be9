import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DueRepository } from '../activities/due.repository.js';
import { Env } from '../config/env.js';
import { addDays, dayIn, startOfDay } from '../gamification/period.js';
import { ProgressRepository } from '../gamification/progress.repository.js';
import { TargetsRepository } from '../gamification/targets.repository.js';
import { AnyRole, CurrentActor } from '../users/access.decorators.js';
import { Actor } from '../users/actor.js';
import { MyDayResponse } from './dto/my-day.response.js';
import { MyDayRepository } from './my-day.repository.js';

const DUE_LISTED = 200;

/** The working day of whoever asks, in one call. */
@ApiTags('Activities')
@Controller('api/v1/my-day')
export class MyDayController {
  constructor(
    private readonly myDay: MyDayRepository,
    private readonly due: DueRepository,
    private readonly progress: ProgressRepository,
    private readonly targets: TargetsRepository,
    private readonly env: Env,
  ) {}

  @Get()
  @AnyRole()
  @ApiOperation({ summary: "What is due today, and how far the caller is with the day's targets" })
  @ApiOkResponse({ type: MyDayResponse })
  async get(@CurrentActor() actor: Actor): Promise<MyDayResponse> {
    const zone = this.env.COMPANY_TIME_ZONE;
    const asOf = new Date();
    const date = dayIn(zone, asOf);
    const [due, first_contacts_due, { active_leads, ...today }, targets, { streak, level }] =
      await Promise.all([
        this.due.list(actor.id, startOfDay(addDays(date, 1), zone), DUE_LISTED),
        this.myDay.firstContactsDue(actor.id),
        this.myDay.today(actor.id, date),
        this.targets.progressOf(actor.id),
        this.progress.of(actor.id),
      ]);
    return {
      date,
      time_zone: zone,
      as_of: asOf,
      due,
      first_contacts_due,
      today,
      targets,
      streak,
      level,
      active_leads,
    };
  }
}
