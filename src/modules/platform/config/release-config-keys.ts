import path from 'node:path';
import type { ConfigKey } from './config-key.js';
import { directoryPath, filePath } from './config-values.js';
import { packageRoot } from './package-root.js';

/** What releases are made from, and where they go. */
export const releaseConfigKeys = {
  modulesDirectory: {
    key: 'PICKETFENCE_MODULES',
    type: directoryPath,
    default: path.join(packageRoot(), 'content', 'modules'),
    defaultShown: '`content/modules/` of the program',
    meaning: 'the directory of the GMF modules that lives are simulated by',
  },
  vocabulary: {
    key: 'PICKETFENCE_VOCABULARY',
    type: directoryPath,
    default: null,
    defaultShown: 'the subset that is shipped',
    meaning: 'the directory of an OMOP vocabulary (from Athena, or in Parquet) that codes are looked up in',
  },
  fhirServers: {
    key: 'PICKETFENCE_FHIR_SERVERS',
    type: filePath,
    default: null,
    defaultShown: 'releases are delivered to no server',
    meaning: 'a JSON file that names the FHIR servers releases may be delivered to (docs/fhir.md)',
  },
} as const satisfies Readonly<Record<string, ConfigKey<unknown>>>;
