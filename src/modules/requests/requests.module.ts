import { Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { RequestCommands } from './request-commands.js';
import { ReleaseRequest } from './request.entity.js';
import { requireSoundTransitions } from './request.state.js';
import { RequestsResolver } from './requests.resolver.js';
import { RequestsService } from './requests.service.js';

/** The state machine alone, as the jobs need it. */
@Module({
  imports: [TypeOrmModule.forFeature([ReleaseRequest])],
  providers: [RequestCommands],
  exports: [RequestCommands],
})
export class RequestCommandsModule implements OnModuleInit {
  onModuleInit(): void {
    requireSoundTransitions();
  }
}

@Module({
  imports: [RequestCommandsModule],
  providers: [RequestsService, RequestsResolver],
  exports: [RequestCommandsModule],
})
export class RequestsModule {}
