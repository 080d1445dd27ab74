import { join } from 'node:path';
import { type DynamicModule, type FactoryProvider, Global, Module } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { ObjectReads } from '../jobs/object-reads.js';
import { JobCheckpoints } from './job-checkpoints.js';
import { LocalObjectStore } from './local-object-store.js';
import {
  MODELS,
  type ObjectInbox,
  QUARANTINE,
  REAL_ZONE,
  REAL_ZONE_INBOX,
  type RecordedZoneName,
} from './object-store.js';
import { RecordedZone } from './recorded-zone.js';
import { ReleaseRoot } from './release-root.js';
import { SketchFolder } from './sketch-folder.js';

const root = (config: Config, zone: string): string => join(config.home, 'objects', zone);

const recorded = (provide: symbol, zone: RecordedZoneName, config: Config): FactoryProvider => ({
  provide,
  inject: [ObjectReads],
  useFactory: (reads: ObjectReads) => new RecordedZone(zone, new LocalObjectStore(root(config, zone)), reads),
});

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
        ObjectReads,
        recorded(REAL_ZONE, 'real-zone', config),
        recorded(MODELS, 'models', config),
        recorded(QUARANTINE, 'quarantine', config),
        { provide: JobCheckpoints, useValue: new JobCheckpoints(root(config, join('models', 'unfinished'))) },
        { provide: ReleaseRoot, useValue: new ReleaseRoot(root(config, 'release')) },
        { provide: SketchFolder, useValue: new SketchFolder(join(root(config, 'real-zone'), 'sketches')) },
      ],
      exports: [ObjectReads, SketchFolder, REAL_ZONE, MODELS, QUARANTINE, JobCheckpoints, ReleaseRoot],
    };
  }
}
