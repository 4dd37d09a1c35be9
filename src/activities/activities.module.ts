import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { LeadsModule } from '../leads/leads.module.js';
import { ActivitiesController } from './activities.controller.js';
import { ActivitiesRepository } from './activities.repository.js';
import { ActivitiesService } from './activities.service.js';
import { Activity } from './activity.entity.js';
import { ActivityChangeService } from './activity-change.service.js';
import { DueRepository } from './due.repository.js';
import { RemindWhenDueJob } from './remind-when-due.job.js';
import { RemindersRepository } from './reminders.repository.js';
import { TimelineController } from './timeline.controller.js';
import { TimelineRepository } from './timeline.repository.js';

@Module({
  imports: [TypeOrmModule.forFeature([Activity]), LeadsModule],
  controllers: [ActivitiesController, TimelineController],
  providers: [
    ActivitiesRepository,
    ActivitiesService,
    ActivityChangeService,
    DueRepository,
    RemindersRepository,
    RemindWhenDueJob,
    TimelineRepository,
  ],
  exports: [DueRepository],
})
export class ActivitiesModule {}
