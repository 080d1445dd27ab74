import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BackendActors } from './backend-actors.js';
import { BackendClient } from './backend-client.entity.js';
import { BackendClientsResolver } from './backend-clients.resolver.js';
import { BackendClients } from './backend-clients.service.js';
import { BackendTokens } from './backend-tokens.service.js';
import { SmartController } from './smart.controller.js';

@Module({
  imports: [TypeOrmModule.forFeature([BackendClient])],
  controllers: [SmartController],
  providers: [BackendClients, BackendClientsResolver, BackendActors, BackendTokens],
})
export class BackendClientsModule {}
