import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { sha256Hex } from '../../core/hashing/sha256-hex.js';
import type { PatientRecord } from '../../core/events/patient-record.js';
import { aDirectory, aRecord } from '../../core/events/testing/a-record.js';
import { fhirDefaults } from './fhir-options.js';
import { FhirWriter } from './fhir-writer.js';
import { referencesIn } from './testing/read-release.js';
import { someFacts } from './testing/some-facts.js';
import { aFolder, both, type Case, released, removeFolders, write } from './testing/write-release.js';

afterAll(removeFolders);

describe('a release in FHIR', () => {
  it('has each resource once, as a line and as an entry of a transaction, and they are the same', async () => {
    const { lines, entries } = await released();
    expect(lines).toHaveLength(2 + 2 + 1 + 1 + 1 + 3 * 23 + 2);
    expect(entries.map(({ resource }) => JSON.stringify(resource)).sort()).toEqual(
      lines.map((resource) => JSON.stringify(resource)).sort(),
    );
    expect(new Set(lines.map(({ resourceType, id }) => `${resourceType}/${id}`)).size).toBe(lines.length);
  });

  it('refers to nothing that is not there, in whichever shape', async () => {
    const { lines, bundles } = await released({ options: { ...both, bundleEntriesMax: 4 } });
    const ids = new Set(lines.map(({ resourceType, id }) => `${resourceType}/${id}`));
    const references = lines.flatMap((resource) => referencesIn(resource));
    expect(references.length).toBeGreaterThan(100);
    expect(references.filter((reference) => !ids.has(reference))).toEqual([]);
    expect(bundles.length).toBeGreaterThan(15);
    const loaded = new Set<string>();
    for (const { entry } of bundles) {
      for (const { request } of entry) loaded.add(request.url);
      const early = entry.flatMap(({ resource }) => referencesIn(resource)).filter((one) => !loaded.has(one));
      expect(early).toEqual([]);
      expect(entry.length).toBeLessThanOrEqual(4);
    }
  });

  it('is posted by the order of names: shared resources, persons, release', async () => {
    const { bundles } = await released();
    const kinds = bundles.map(({ entry }) => entry[0]?.resource.resourceType);
    expect(kinds).toEqual(['Organization', 'Patient', 'Patient', 'Patient', 'Group']);
    const [first] = bundles[1]?.entry ?? [];
    expect(first?.request).toEqual({ method: 'PUT', url: `Patient/${first?.resource.id ?? ''}` });
    expect(first?.fullUrl).toBe(`https://picketfence.invalid/fhir/Patient/${first?.resource.id ?? ''}`);
  });

  it('says of every resource that it is test data, of which tier and of which release', async () => {
    const { lines } = await released();
    const hl7 = 'http://terminology.hl7.org/CodeSystem/v3-ActReason';
    for (const { meta } of lines) {
      expect(meta.security).toEqual([{ system: hl7, code: 'HTEST', display: 'test health data' }]);
      expect(meta.tag.map(({ code }) => code)).toEqual(['HTEST', 'STRUCTURAL', 'release-1']);
      expect(meta.source).toMatch(/^urn:uuid:/);
    }
  });

  it('traces all patients to the generator by one Provenance', async () => {
    const { ofType } = await released();
    const [group] = ofType('Group') as unknown as [{ id: string; quantity: number; member: unknown[] }];
    expect(group.member).toEqual(
      ofType('Patient').map(({ id }) => ({ entity: { reference: `Patient/${id}` } })),
    );
    expect(group.quantity).toBe(3);
    const provenance = ofType('Provenance') as unknown as {
      target: unknown;
      agent: [{ who: { reference: string } }];
    }[];
    expect(provenance).toHaveLength(1);
    expect(provenance[0]?.target).toEqual([{ reference: `Group/${group.id}` }]);
    const generator = ofType('Device').find(
      ({ id }) => provenance[0]?.agent[0].who.reference === `Device/${id}`,
    );
    expect(generator).toMatchObject({
      deviceName: [{ name: 'picketfence simulator' }],
      version: [{ value: '0.1.0' }],
    });
  });

  it('lists its files truly: sizes, hashes, counts, and a Bulk manifest for versions 1 to 4', async () => {
    const { folder, files } = await write({ options: { ...both, partBytesMax: 40_000 } });
    for (const { name, bytes, sha256 } of files) {
      const content = await readFile(path.join(folder, name));
      expect([content.length, sha256Hex(content)]).toEqual([bytes, sha256]);
    }
    const manifest = JSON.parse(await readFile(path.join(folder, 'bulk-manifest.json'), 'utf8')) as {
      output: { type: string; url: string; count: number }[];
    };
    expect(Object.keys(manifest)).toEqual([
      ...['transactionTime', 'request', 'requiresAccessToken', 'output', 'deleted', 'error', 'outcome'],
    ]);
    const observations = manifest.output.filter(({ type }) => type === 'Observation');
    expect(observations.map(({ url }) => url)).toEqual(['Observation.ndjson']);
    for (const { type, url, count } of manifest.output) {
      const lines = (await readFile(path.join(folder, url), 'utf8')).trimEnd().split('\n');
      expect([url, lines.length]).toEqual([url, count]);
      for (const line of lines)
        expect((JSON.parse(line) as { resourceType: string }).resourceType).toBe(type);
    }
  });

  it('starts another file where one has reached its size', async () => {
    const { lines, files } = await released({ options: { ...fhirDefaults, partBytesMax: 5000 } });
    const parts = files.filter(({ name }) => name.startsWith('Observation'));
    expect(parts.map(({ name }) => name).slice(-2)).toEqual([
      'Observation-0005.ndjson',
      'Observation.ndjson',
    ]);
    expect(parts.filter(({ bytes }) => bytes > 5000)).toEqual([]);
    expect(lines.filter(({ resourceType }) => resourceType === 'Observation')).toHaveLength(18);
  });

  it('has the same bytes for the same release, and no id in common with another', async () => {
    const hashes = async (): Promise<string[]> =>
      (await write()).files.map(({ name, sha256 }) => `${sha256} ${name}`);
    expect(await hashes()).toEqual(await hashes());
    const idsOf = async (salt: string): Promise<string[]> =>
      (await released({ facts: { ...someFacts, salt } })).lines.map(({ id }) => id);
    const [one, other] = [await idsOf('one'), await idsOf('other')];
    expect(one.filter((id) => other.includes(id))).toEqual([]);
  });

  it('says what UK Core asks for, and nothing of it in base R4', async () => {
    const uk = await released();
    const [patient] = uk.ofType('Patient');
    expect(patient).toMatchObject({
      meta: { profile: ['https://fhir.hl7.org.uk/StructureDefinition/UKCore-Patient'] },
      extension: [
        {
          url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-EthnicCategory',
          valueCodeableConcept: { coding: [{ code: 'A' }] },
        },
      ],
      identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990000018' }],
    });
    const base = await released({ options: { ...fhirDefaults, profiles: 'base' } });
    expect(
      base.lines.filter((line) => JSON.stringify(line).includes('fhir.hl7.org.uk/StructureDefinition')),
    ).toEqual([]);
    expect(base.lines.filter(({ meta }) => meta.profile !== undefined)).toEqual([]);
  });

  it('tells stays by the places of the encounter, and notes as text', async () => {
    const { ofType } = await released();
    const stays = ofType('Encounter').flatMap(
      (encounter) => (encounter as { location?: object[] }).location ?? [],
    );
    expect(stays).toHaveLength(6);
    expect(stays[0]).toMatchObject({
      location: { reference: expect.stringMatching(/^Location\//) as string },
      period: { start: '2025-02-03T22:10:00Z', end: '2025-02-04T08:00:00Z' },
    });
    const [note] = ofType('DocumentReference') as unknown as {
      content: [{ attachment: { data: string } }];
    }[];
    const text = Buffer.from(note?.content[0].attachment.data ?? '', 'base64').toString('utf8');
    expect(text).toBe('Chest pain since the evening.\nNo one was ever here.');
  });
});

describe('what cannot be a release', () => {
  const person = aRecord(1);
  const changed = (change: Partial<PatientRecord['person']>): PatientRecord[] => [
    { ...person, person: { ...person.person, ...change } },
  ];
  const event = person.events[0]!;
  const [encounter] = person.encounters as [PatientRecord['encounters'][number]];
  const nhs = 'https://fhir.nhs.uk/Id/nhs-number';

  it.each<[string, Case, RegExp]>([
    [
      'an NHS number somebody has',
      { records: changed({ identifiers: [{ system: nhs, value: '9434765919' }] }) },
      /Person "p1".*NHS number outside/,
    ],
    [
      'a wrong check digit',
      { records: changed({ identifiers: [{ system: nhs, value: '9990000019' }] }) },
      /NHS number outside/,
    ],
    ['a practice nobody knows', { records: changed({ practice: 'gone' }) }, /"gone".*organisations/],
    ['the same person twice', { records: [person, person] }, /Two persons/],
    [
      'two events of one key',
      { records: [{ ...person, events: [event, event] }] },
      /condition "p1\/c0": two events/,
    ],
    [
      'an encounter nobody knows',
      { records: [{ ...person, events: [{ ...event, encounter: 'p9/e9' }] }] },
      /no encounter "p9\/e9"/,
    ],
    [
      'an end before the start',
      { records: [{ ...person, encounters: [{ ...encounter, end: { ms: 0, precision: 'day' } }] }] },
      /encounter "p1\/e0": it ends/,
    ],
    [
      'an empty code',
      { records: [{ ...person, events: [{ ...event, codes: [{ system: 'urn:x', code: '' }] }] }] },
      /"" is not a code/,
    ],
    ['no code', { records: [{ ...person, events: [{ ...event, codes: [] }] }] }, /has no code/],
    ['a control character', { records: changed({ telephone: 'a\u0001' }) }, /control characters/],
    ['a release id with spaces', { facts: { ...someFacts, releaseId: ' a' } }, /" a" is not a code/],
  ])('%s is refused', async (_, options, message) => {
    await expect(write(options)).rejects.toThrow(message);
  });

  it('leaves nothing behind when it is stopped', async () => {
    const folder = await aFolder();
    const writer = new FhirWriter(folder, someFacts, { ...both, partBytesMax: 5000 });
    for (const n of [1, 2, 3]) await writer.write(aRecord(n));
    expect(await readdir(folder)).not.toEqual([]);
    await writer.abort();
    expect(await readdir(folder)).toEqual([]);
  });

  it('does not write over a file that is there', async () => {
    const { folder } = await write();
    const { mtimeMs } = await stat(path.join(folder, 'Patient.ndjson'));
    const writer = new FhirWriter(folder, someFacts, fhirDefaults);
    await writer.write(aRecord(1));
    await expect(writer.finish(aDirectory)).rejects.toThrow(/EEXIST/);
    expect((await stat(path.join(folder, 'Patient.ndjson'))).mtimeMs).toBe(mtimeMs);
  });
});
