import type { Device, Group, Provenance } from 'fhir/r4.js';
import type { FhirContext } from '../fhir-context.js';
import { instantText } from '../json/moment-text.js';
import { fhirText } from '../json/quote.js';
import { systems } from '../systems.js';

/** The program that made the release. */
export function generatorResource(context: FhirContext): Device {
  const { name, version } = context.facts.generator;
  return {
    resourceType: 'Device',
    id: context.ids.shared('Device', 'generator'),
    meta: context.meta('UKCore-Device'),
    status: 'active',
    deviceName: [{ name: fhirText(name), type: 'model-name' }],
    type: { text: 'Generator of synthetic health records' },
    version: [{ value: fhirText(version) }],
  };
}

/** All patients of the release, but for the list of them, which is written member by member. */
export function groupResource(context: FhirContext, quantity: number): Group {
  return {
    resourceType: 'Group',
    id: context.ids.shared('Group', 'patients'),
    meta: context.meta(),
    active: true,
    type: 'person',
    actual: true,
    name: fhirText(context.facts.title),
    quantity,
  };
}

/** Where everything in the release comes from: the generator made the patients of the group for it. */
export function provenanceResource(context: FhirContext): Provenance {
  const { facts, ids } = context;
  return {
    resourceType: 'Provenance',
    id: ids.shared('Provenance', 'release'),
    meta: context.meta('UKCore-Provenance'),
    target: [{ reference: `Group/${ids.shared('Group', 'patients')}` }],
    recorded: instantText(facts.madeOn),
    activity: { coding: [{ system: systems.dataOperation, code: 'CREATE', display: 'create' }] },
    agent: [
      {
        type: { coding: [{ system: systems.provenanceAgent, code: 'assembler', display: 'Assembler' }] },
        who: { reference: `Device/${ids.shared('Device', 'generator')}` },
      },
    ],
    entity: [
      {
        role: 'source',
        what: {
          identifier: { system: systems.release, value: fhirText(facts.releaseId) },
          display: fhirText(facts.title),
        },
      },
    ],
  };
}
