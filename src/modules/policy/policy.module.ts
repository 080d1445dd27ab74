import { Global, Module } from '@nestjs/common';
import { CONFIG, type Config } from '../platform/index.js';
import { loadPolicy } from './load-policy.js';
import { POLICY } from './policy.js';

@Global()
@Module({
  providers: [
    {
      provide: POLICY,
      inject: [CONFIG],
      useFactory: (config: Config) => loadPolicy(config.policiesDirectory),
    },
  ],
  exports: [POLICY],
})
export class PolicyModule {}
