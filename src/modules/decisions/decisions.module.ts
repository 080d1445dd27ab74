import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { RequestCommandsModule } from '../requests/index.js';
import { Decision } from './decision.entity.js';
import { DecisionsResolver } from './decisions.resolver.js';
import { DecisionsService } from './decisions.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Decision]), RequestCommandsModule],
  providers: [DecisionsService, DecisionsResolver],
})
export class DecisionsModule {}
