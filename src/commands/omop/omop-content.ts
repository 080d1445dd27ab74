import { join } from 'node:path';
import type { Cdm } from '../../core/omop/cdm.js';
import { readCdmContent } from '../../core/omop/read-cdm-content.js';
import type { Check } from '../../evaluation/omop/check.js';
import { readChecksContent } from '../../evaluation/omop/read-content.js';
import { packageRoot } from '../../modules/platform/config/package-root.js';

const contentFolder = (): string => join(packageRoot(), 'content');

/** The OMOP model of the installation. */
export function loadCdm(): Promise<Cdm> {
  return readCdmContent(contentFolder());
}

/** The data-quality checks of the installation, those of the vocabulary too. */
export function loadChecks(): Promise<readonly Check[]> {
  return readChecksContent(contentFolder());
}
