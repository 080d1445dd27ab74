import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson } from '../../core/hashing/canonical-json.js';
import { sha256Hex } from '../../core/hashing/sha256-hex.js';
import type { ReleaseFacts } from '../../exporters/clinical-writer.js';
import { packageRoot } from '../../modules/platform/config/package-root.js';
import type { ModulesUsed } from './modules-hash.js';
import type { SimulationSettings } from './settings.js';

/** What clinical formats say of a run. Its ids come from the settings and the modules: the same run has the same ones. */
export async function releaseFacts(
  settings: SimulationSettings,
  modules: ModulesUsed,
): Promise<ReleaseFacts> {
  // Neither the formats nor where files lie make another release.
  const fixed = settings.fixed === null ? null : sha256Hex(await readFile(settings.fixed));
  const made = {
    ...{ ...settings, formats: [], vocabulary: null, modules: modules.sha256 },
    // What they put into the modules is in their hash.
    ...{ overrides: null, fixed },
  };
  const salt = sha256Hex(canonicalJson(made));
  const text = await readFile(join(packageRoot(), 'package.json'), 'utf8');
  const { name, version } = JSON.parse(text) as { name: string; version: string };
  return {
    ...{
      releaseId: `simulation-${salt.slice(0, 16)}`,
      title: 'Simulated patients',
      tier: 'STRUCTURAL',
      salt,
    },
    ...{ generator: { name, version }, madeOn: settings.end },
    country: settings.demographics === null ? 'GB' : 'US',
  };
}
