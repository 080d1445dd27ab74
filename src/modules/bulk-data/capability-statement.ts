const canonical = 'http://hl7.org/fhir/uv/bulkdata/OperationDefinition';
const operation = (name: string, definition: string): object => ({
  name,
  definition: `${canonical}/${definition}`,
});

/**
 * What the FHIR face of a release can do (R4, CapabilityStatement).
 * @param types of the resources it has
 */
export function capabilityStatement(base: string, types: readonly string[], publishedAt: Date): object {
  const exportsOf: Readonly<Record<string, object>> = {
    Patient: operation('export', 'patient-export'),
    Group: operation('export', 'group-export'),
  };
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: publishedAt.toISOString(),
    kind: 'instance',
    instantiates: ['http://hl7.org/fhir/uv/bulkdata/CapabilityStatement/bulk-data'],
    implementation: { description: 'A released synthetic dataset; nobody in it is real.', url: base },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json', 'application/fhir+ndjson'],
    rest: [
      {
        mode: 'server',
        security: { description: 'A bearer token of this service: of a session, or an API token.' },
        operation: [operation('export', 'export'), operation('bulk-publish', 'bulk-publish')],
        resource: types.map((type) => ({
          type,
          interaction: [{ code: 'read' }, { code: 'search-type' }],
          searchParam: [
            { name: '_id', type: 'token' },
            ...(type === 'Patient' ? [] : [{ name: 'patient', type: 'reference' }]),
          ],
          ...(exportsOf[type] === undefined ? {} : { operation: [exportsOf[type]] }),
        })),
      },
    ],
  };
}
