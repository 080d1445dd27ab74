import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CONFIG, type Config } from '../platform/index.js';
import { demoPassword, demoPeople } from './demo-people.js';
import { PeopleService } from './people.service.js';

/** Demo people exist in demo mode only; their presence anywhere else stops the start. */
@Injectable()
export class DemoSeed implements OnApplicationBootstrap {
  constructor(
    private readonly people: PeopleService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.mode !== 'demo') {
      if ((await this.people.countDemo()) === 0) return;
      throw new Error(
        'This database has demo accounts with well-known passwords. Use a fresh database for production, or set PICKETFENCE_MODE=demo.',
      );
    }
    if ((await this.people.count()) > 0) return;
    for (const { email, name, role } of demoPeople) {
      await this.people.add('system', { email, name, roles: [role], password: demoPassword, demo: true });
    }
  }
}
