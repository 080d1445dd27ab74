import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { RemindOfIncidents } from './incident-deadlines.sweep.js';
import { RemindOfDestructions, RemindOfRequests } from './remind.sweeps.js';
import { RequestClock } from './request-clock.entity.js';
import { RequestClocks } from './request-clocks.js';
import { ServiceLevelResolver } from './service-level.resolver.js';

/** The clocks alone, as whatever records events needs them. */
@Module({
  imports: [TypeOrmModule.forFeature([RequestClock])],
  providers: [RequestClocks],
  exports: [RequestClocks],
})
export class RequestClocksModule {}

/** For the server. */
@Module({ imports: [RequestClocksModule], providers: [ServiceLevelResolver] })
export class RemindersModule {}

export const reminderSweeps = [RemindOfRequests, RemindOfDestructions, RemindOfIncidents];

/** For the worker. */
@Module({ providers: reminderSweeps, exports: reminderSweeps })
export class ReminderSweepsModule {}
