import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PreferencesController } from './preferences.controller.js';
import { PreferencesRepository } from './preferences.repository.js';
import { SavedView, UserPreferences } from './saved-view.entity.js';
import { ViewsController } from './views.controller.js';
import { ViewsRepository } from './views.repository.js';
import { ViewsService } from './views.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([SavedView, UserPreferences])],
  controllers: [ViewsController, PreferencesController],
  providers: [PreferencesRepository, ViewsRepository, ViewsService],
})
export class ViewsModule {}
