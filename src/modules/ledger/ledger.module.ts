import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CandidateLedgerResolver } from './candidate-ledger.resolver.js';
import { LedgerEntry } from './ledger-entry.entity.js';
import { LedgerResolver } from './ledger.resolver.js';
import { LedgerService } from './ledger.service.js';

/** For both programs: the server reserves, the worker settles. */
@Module({
  imports: [TypeOrmModule.forFeature([LedgerEntry])],
  providers: [LedgerService],
  exports: [LedgerService],
})
export class LedgerModule {}

@Module({ imports: [LedgerModule], providers: [LedgerResolver, CandidateLedgerResolver] })
export class LedgerApiModule {}
