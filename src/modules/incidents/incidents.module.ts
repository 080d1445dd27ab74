import { Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { requireSound } from '../../core/states/transition-table.js';
import { DecisionsModule } from '../decisions/index.js';
import { RequestCommandsModule } from '../requests/index.js';
import { Incident } from './incident.entity.js';
import { incidentTable } from './incident.state.js';
import { IncidentsResolver } from './incidents.resolver.js';
import { IncidentsService } from './incidents.service.js';
import { OversightResolver } from './oversight.resolver.js';
import { OversightService } from './oversight.service.js';
import { ReauditService } from './reaudit.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Incident]), RequestCommandsModule, DecisionsModule],
  providers: [OversightService, ReauditService, IncidentsService, OversightResolver, IncidentsResolver],
})
export class IncidentsModule implements OnModuleInit {
  onModuleInit(): void {
    requireSound(incidentTable);
  }
}
