import { type DynamicModule, Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { systemClock } from '../../core/time/clock.js';
import type { Config } from './config/config.js';
import { HealthController } from './http/health.controller.js';
import { Job } from './jobs/job.entity.js';
import { Jobs } from './jobs/jobs.js';
import type { Logger } from './logging/logger.js';
import { CLOCK, CONFIG, LOGGER } from './tokens.js';

/** What every module may ask for: the settings, the time, the log, the outbox. */
@Global()
@Module({})
export class PlatformModule {
  static forProcess(config: Config, logger: Logger): DynamicModule {
    return {
      module: PlatformModule,
      imports: [TypeOrmModule.forFeature([Job])],
      controllers: [HealthController],
      providers: [
        Jobs,
        { provide: CONFIG, useValue: config },
        { provide: CLOCK, useValue: systemClock },
        { provide: LOGGER, useValue: logger },
      ],
      exports: [Jobs, CONFIG, CLOCK, LOGGER],
    };
  }
}
