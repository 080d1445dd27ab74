import { Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { requireSound } from '../../core/states/transition-table.js';
import { RequestCommandsModule } from '../requests/index.js';
import { Mechanism } from './mechanism.entity.js';
import { mechanismTable } from './mechanism.state.js';
import { MechanismApprovalService } from './mechanism-approval.service.js';
import { MechanismConflictsResolver } from './mechanism-conflicts.resolver.js';
import { MechanismConflictsService } from './mechanism-conflicts.service.js';
import { MechanismsResolver } from './mechanisms.resolver.js';
import { MechanismsService } from './mechanisms.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Mechanism]), RequestCommandsModule],
  providers: [
    MechanismsService,
    MechanismApprovalService,
    MechanismConflictsService,
    MechanismsResolver,
    MechanismConflictsResolver,
  ],
})
export class MechanismsModule implements OnModuleInit {
  onModuleInit(): void {
    requireSound(mechanismTable);
  }
}
