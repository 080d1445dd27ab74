import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

/** One unit of work: what happens in it is committed together, its audit events and jobs included. */
@Injectable()
export class Transactions {
  constructor(private readonly dataSource: DataSource) {}

  run<Result>(work: (manager: EntityManager) => Promise<Result>): Promise<Result> {
    return this.dataSource.transaction(work);
  }

  /** For reads: no transaction is opened. */
  get reader(): EntityManager {
    return this.dataSource.manager;
  }
}
