import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Mechanism } from './mechanism.entity.js';
import { MechanismsResolver } from './mechanisms.resolver.js';
import { MechanismsService } from './mechanisms.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Mechanism])],
  providers: [MechanismsService, MechanismsResolver],
})
export class MechanismsModule {}
