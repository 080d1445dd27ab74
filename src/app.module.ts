import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import { AssessmentsModule } from './modules/assessments/index.js';
import { AccessModule, GrantsModule } from './modules/access/index.js';
import { AuditModule } from './modules/audit/index.js';
import { CatalogueModule } from './modules/catalogue/index.js';
import { DecisionsModule } from './modules/decisions/index.js';
import { DeliveriesModule } from './modules/deliveries/index.js';
import { FreezeModule } from './modules/freeze/index.js';
import { EvaluationsModule } from './modules/evaluations/index.js';
import { EvidenceReportsModule } from './modules/evidence-reports/index.js';
import { GenerationModule } from './modules/generation/index.js';
import { IdentityModule } from './modules/identity/index.js';
import { IncidentsModule } from './modules/incidents/index.js';
import { LedgerApiModule } from './modules/ledger/index.js';
import { MechanismsModule } from './modules/mechanisms/index.js';
import { OidcModule } from './modules/oidc/index.js';
import { ModelsModule } from './modules/models/index.js';
import { NotificationOutboxModule, NotificationsModule } from './modules/notifications/index.js';
import {
  type Config,
  DatabaseErrorFilter,
  DatabaseModule,
  type Logger,
  ObjectsModule,
  PlatformModule,
  RefusedFilter,
  StorableTextPipe,
} from './modules/platform/index.js';
import { graphqlErrorFormat } from './modules/platform/http/graphql-errors.js';
import { graphqlLimits, queryTokensMax } from './modules/platform/http/graphql-limits.js';
import { ProblemFilter } from './modules/platform/http/problem.filter.js';
import { RefusedQueries } from './modules/platform/http/refused-queries.js';
import { PolicyModule } from './modules/policy/index.js';
import { ProfilesModule } from './modules/profiles/index.js';
import { QuestionsModule } from './modules/questions/index.js';
import { BackendClientsModule } from './modules/backend-clients/index.js';
import { BulkDataModule } from './modules/bulk-data/index.js';
import { ReleasesModule } from './modules/releases/index.js';
import { RemindersModule } from './modules/reminders/index.js';
import { RequestsModule } from './modules/requests/index.js';
import { SourcesModule } from './modules/sources/index.js';

/** The HTTP process. */
@Module({})
export class AppModule {
  static forServer(config: Config, logger: Logger): DynamicModule {
    return {
      module: AppModule,
      providers: [
        // The last one that fits is asked first.
        { provide: APP_FILTER, useClass: ProblemFilter },
        RefusedQueries,
        { provide: APP_FILTER, useClass: RefusedFilter },
        { provide: APP_FILTER, useClass: DatabaseErrorFilter },
        { provide: APP_PIPE, useClass: StorableTextPipe },
      ],
      imports: [
        PlatformModule.forProcess(config, logger),
        DatabaseModule.forUrl(config.database.appUrl ?? ''),
        ObjectsModule.forServer(config),
        GraphQLModule.forRoot<ApolloDriverConfig>(graphqlOptions(config, logger)),
        PolicyModule,
        NotificationOutboxModule,
        QuestionsModule,
        AuditModule,
        IdentityModule,
        OidcModule,
        GrantsModule,
        SourcesModule,
        ProfilesModule,
        ModelsModule,
        LedgerApiModule,
        MechanismsModule,
        RequestsModule,
        GenerationModule,
        EvaluationsModule,
        EvidenceReportsModule,
        AssessmentsModule,
        DecisionsModule,
        AccessModule,
        ReleasesModule,
        // Before the resources of releases: a path with two parts would be taken for one.
        BackendClientsModule,
        BulkDataModule,
        DeliveriesModule,
        CatalogueModule,
        IncidentsModule,
        FreezeModule,
        NotificationsModule,
        RemindersModule,
      ],
    };
  }
}

function graphqlOptions(config: Config, logger: Logger): ApolloDriverConfig {
  return {
    driver: ApolloDriver,
    autoSchemaFile: true,
    sortSchema: true,
    graphiql: false,
    csrfPrevention: true,
    introspection: config.introspection,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: config.mode !== 'demo',
    allowBatchedHttpRequests: false,
    parseOptions: { maxLexicalTokens: queryTokensMax },
    plugins: [graphqlLimits],
    formatError: graphqlErrorFormat(logger),
  };
}
