import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { RequestCommandsModule } from '../requests/index.js';
import { Deliveries } from './deliveries.service.js';
import { DeliveriesResolver } from './deliveries.resolver.js';
import { DeliverReleaseJob } from './deliver-release.job.js';
import { DeliveryGate } from './delivery-gate.js';
import { DeliveryEnds } from './delivery-ends.js';
import { Delivery } from './delivery.entity.js';
import { ReleaseToDeliver } from './release-to-deliver.js';

const shared = [TypeOrmModule.forFeature([Delivery])];

@Module({ imports: shared, providers: [DeliveryGate, Deliveries, DeliveriesResolver] })
export class DeliveriesModule {}

@Module({
  imports: [...shared, RequestCommandsModule],
  providers: [DeliveryGate, DeliveryEnds, ReleaseToDeliver, DeliverReleaseJob],
  exports: [DeliverReleaseJob],
})
export class DeliveryJobsModule {}
