import type { Location, Organization, Practitioner, PractitionerRole } from 'fhir/r4.js';
import type * as events from '../../../core/events/directory.js';
import type { FhirContext } from '../fhir-context.js';
import { fhirText } from '../json/quote.js';
import { ward } from '../code-tables.js';
import { systems } from '../systems.js';
import { toAddress, toIdentifier } from './patient.js';

export type DirectoryResource = Organization | Location | Practitioner | PractitionerRole;

/** All that the directory has, each after what it refers to. */
export function directoryResources(directory: events.Directory, context: FhirContext): DirectoryResource[] {
  return [
    ...directory.organisations.map((organisation) => organizationOf(organisation, context)),
    ...directory.locations.map((location) => locationOf(location, context)),
    ...directory.practitioners.map((practitioner) => practitionerOf(practitioner, context)),
    ...directory.practitioners.map((practitioner) => roleOf(practitioner, context)),
  ];
}

function organizationOf(organisation: events.Organisation, context: FhirContext): Organization {
  const { key, name, kind, identifiers } = organisation;
  const address = organisation.address === undefined ? undefined : toAddress(organisation.address);
  const code = kind === 'other' ? 'other' : 'prov';
  return {
    resourceType: 'Organization',
    id: context.ids.shared('Organization', key),
    meta: context.meta('UKCore-Organization'),
    ...(identifiers.length === 0 ? {} : { identifier: identifiers.map(toIdentifier) }),
    active: true,
    type: [{ coding: [{ system: systems.organisationType, code }] }],
    name: fhirText(name),
    ...(address === undefined ? {} : { address: [address] }),
  };
}

const intensiveCare: Partial<Location> = {
  type: [{ coding: [{ system: systems.roleCode, code: 'ICU', display: 'Intensive care unit' }] }],
};
const places: Readonly<Record<events.Location['kind'], Partial<Location>>> = {
  ward: { physicalType: { coding: [ward] } },
  'intensive-care': { ...intensiveCare, physicalType: { coding: [ward] } },
  site: { physicalType: { coding: [{ system: systems.physicalType, code: 'si', display: 'Site' }] } },
};

function locationOf({ key, name, kind, organisation }: events.Location, context: FhirContext): Location {
  return {
    resourceType: 'Location',
    id: context.ids.shared('Location', key),
    meta: context.meta('UKCore-Location'),
    status: 'active',
    name: fhirText(name),
    mode: 'instance',
    ...places[kind],
    managingOrganization: { reference: context.shared('Organization', organisation) },
  };
}

function practitionerOf({ key, name, identifiers }: events.Practitioner, context: FhirContext): Practitioner {
  return {
    resourceType: 'Practitioner',
    id: context.ids.shared('Practitioner', key),
    meta: context.meta('UKCore-Practitioner'),
    ...(identifiers.length === 0 ? {} : { identifier: identifiers.map(toIdentifier) }),
    active: true,
    name: [{ text: fhirText(name) }],
  };
}

function roleOf({ key, organisation }: events.Practitioner, context: FhirContext): PractitionerRole {
  return {
    resourceType: 'PractitionerRole',
    id: context.ids.shared('PractitionerRole', key),
    meta: context.meta('UKCore-PractitionerRole'),
    active: true,
    practitioner: { reference: context.shared('Practitioner', key) },
    organization: { reference: context.shared('Organization', organisation) },
  };
}
