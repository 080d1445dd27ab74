import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsResolver } from './accounts.resolver.js';
import { AccountsService } from './accounts.service.js';
import { AccountStanding } from './account-standing.js';
import { Actors } from './actors.js';
import { ApiToken } from './api-token.entity.js';
import { ApiTokensResolver } from './api-tokens.resolver.js';
import { ApiTokensService } from './api-tokens.service.js';
import { BearerTokens } from './bearer-tokens.js';
import { Delegation } from './delegation.entity.js';
import { DelegationsResolver } from './delegations.resolver.js';
import { DelegationsService } from './delegations.service.js';
import { DemoSeed } from './demo-seed.js';
import { IdentityResolver } from './identity.resolver.js';
import { PeopleService } from './people.service.js';
import { PasswordChangesService } from './password-changes.service.js';
import { RequestLimits } from './request-limits.js';
import { PermissionGuard } from './permission.guard.js';
import { Person } from './person.entity.js';
import { SignInSession } from './session.entity.js';
import { SessionsService } from './sessions.service.js';
import { SignInLimits } from './sign-in-limits.js';
import { SignInService } from './sign-in.service.js';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([Person, SignInSession, ApiToken, Delegation])],
  providers: [
    PeopleService,
    AccountsService,
    AccountsResolver,
    AccountStanding,
    Actors,
    DelegationsService,
    DelegationsResolver,
    SessionsService,
    SignInService,
    SignInLimits,
    ApiTokensService,
    ApiTokensResolver,
    PasswordChangesService,
    RequestLimits,
    BearerTokens,
    IdentityResolver,
    DemoSeed,
    { provide: APP_GUARD, useClass: PermissionGuard },
  ],
  exports: [AccountStanding, Actors, BearerTokens, PeopleService, SessionsService, SignInLimits],
})
export class IdentityModule {}
