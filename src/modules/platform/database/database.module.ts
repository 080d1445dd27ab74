import { type DynamicModule, Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SnakeNaming } from './snake-naming.js';
import { Transactions } from './transactions.js';

/** Connections one process may hold for its own tables; the queue has a pool beside it. */
const connectionsMax = 10;

@Global()
@Module({})
export class DatabaseModule {
  static forUrl(url: string): DynamicModule {
    return {
      module: DatabaseModule,
      imports: [
        TypeOrmModule.forRoot({
          type: 'postgres',
          url,
          autoLoadEntities: true,
          synchronize: false,
          namingStrategy: new SnakeNaming(),
          extra: { max: connectionsMax },
          retryAttempts: 3,
        }),
      ],
      providers: [Transactions],
      exports: [Transactions],
    };
  }
}
