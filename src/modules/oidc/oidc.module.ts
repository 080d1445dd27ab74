import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Clock } from '../../core/time/clock.js';
import { CLOCK, CONFIG, type Config } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { ExternalIdentity } from './external-identity.entity.js';
import { ExternalPeople } from './external-people.service.js';
import { IDENTITY_PROVIDER, IdentityProvider } from './identity-provider.js';
import { loadRoleMapping } from './load-role-mapping.js';
import { OidcController } from './oidc.controller.js';
import { OidcResolver } from './oidc.resolver.js';
import { OidcRefusals } from './oidc-refusals.js';
import { OidcService } from './oidc.service.js';
import { OidcSignIn } from './oidc-sign-in.entity.js';
import { OidcSignIns } from './oidc-sign-ins.service.js';
import { ROLE_MAPPING } from './role-mapping.token.js';

/** Sign-in at an identity provider. Without one in the settings its doors answer that there is none. */
@Module({
  imports: [TypeOrmModule.forFeature([OidcSignIn, ExternalIdentity])],
  controllers: [OidcController],
  providers: [
    OidcService,
    OidcRefusals,
    OidcSignIns,
    ExternalPeople,
    OidcResolver,
    {
      provide: IDENTITY_PROVIDER,
      inject: [CONFIG, CLOCK],
      useFactory: ({ oidc }: Config, clock: Clock) => (oidc ? new IdentityProvider(oidc, clock) : null),
    },
    {
      provide: ROLE_MAPPING,
      inject: [CONFIG, POLICY],
      useFactory: ({ oidc }: Config, { roles }: Policy) =>
        oidc ? loadRoleMapping(oidc.mappingFile, roles) : null,
    },
  ],
})
export class OidcModule {}
