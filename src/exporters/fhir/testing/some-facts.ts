import type { ReleaseFacts } from '../../clinical-writer.js';

export const someFacts: ReleaseFacts = {
  releaseId: 'release-1',
  title: 'Stays of nobody',
  tier: 'STRUCTURAL',
  generator: { name: 'picketfence simulator', version: '0.1.0' },
  salt: 'salt of release 1',
  madeOn: Date.UTC(2026, 0, 1),
  country: 'GB',
};
