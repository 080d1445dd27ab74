import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Freeze } from './freeze.entity.js';
import { FreezeResolver } from './freeze.resolver.js';
import { FreezeService } from './freeze.service.js';

/** For the server. Whether there is a freeze is asked of the records, by whoever has to know. */
@Module({ imports: [TypeOrmModule.forFeature([Freeze])], providers: [FreezeService, FreezeResolver] })
export class FreezeModule {}
