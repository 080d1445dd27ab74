import { join } from 'node:path';
import { type DynamicModule, Global, Module } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { LocalObjectStore } from './local-object-store.js';
import { MODELS, type ObjectInbox, QUARANTINE, REAL_ZONE, REAL_ZONE_INBOX } from './object-store.js';
import { ReleaseRoot } from './release-root.js';

const root = (config: Config, zone: string): string => join(config.home, 'objects', zone);

/** The HTTP process takes uploads in and hands releases out; it is given no way to read what is between. */
@Global()
@Module({})
export class ObjectsModule {
  static forServer(config: Config): DynamicModule {
    const store = new LocalObjectStore(root(config, 'real-zone'));
    const inbox: ObjectInbox = { put: (bytes) => store.put(bytes) };
    const releases = new ReleaseRoot(root(config, 'release'));
    return {
      module: ObjectsModule,
      providers: [
        { provide: REAL_ZONE_INBOX, useValue: inbox },
        { provide: ReleaseRoot, useValue: releases },
      ],
      exports: [REAL_ZONE_INBOX, ReleaseRoot],
    };
  }

  static forWorker(config: Config): DynamicModule {
    return {
      module: ObjectsModule,
      providers: [
        { provide: REAL_ZONE, useValue: new LocalObjectStore(root(config, 'real-zone')) },
        { provide: MODELS, useValue: new LocalObjectStore(root(config, 'models')) },
        { provide: QUARANTINE, useValue: new LocalObjectStore(root(config, 'quarantine')) },
        { provide: ReleaseRoot, useValue: new ReleaseRoot(root(config, 'release')) },
      ],
      exports: [REAL_ZONE, MODELS, QUARANTINE, ReleaseRoot],
    };
  }
}
