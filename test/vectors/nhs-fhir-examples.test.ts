import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readDefinitions } from '../../src/exporters/fhir-validation/definitions/read-definitions.js';
import { FhirValidator } from '../../src/exporters/fhir-validation/fhir-validator.js';
import { describeWithShared } from '../support/shared-data.js';

interface Example {
  readonly resourceType: string;
  readonly id: string;
}

const ukCore = 'https://fhir.hl7.org.uk/StructureDefinition/';

/** Broken as published: the extension has two values, valueCode and valueCodeableConcept, of one value[x]. */
const brokenExample = 'Extension-UKCore-ConditionEpisode-Example';

describeWithShared('the examples of UK Core', 'fhir-profiles/uk-core', (folder) => {
  const examples = readFileSync(path.join(folder, 'examples.ndjson'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Example);

  /** The narrowest profile that the name of an example begins with, such as UKCore-Observation-Lab. */
  function profileOf({ id }: Example, known: readonly string[]): string | undefined {
    return known
      .filter((url) => id.startsWith(`${url.slice(ukCore.length)}-`))
      .sort((a, b) => b.length - a.length)[0];
  }

  it('are valid by R4 and by the profile of their type and name; one is not, and is not', async () => {
    const definitions = await readDefinitions('content/fhir');
    const profiles = [...definitions.structures.keys()].filter((url) => url.startsWith(`${ukCore}UKCore-`));
    const [byR4, byUkCore] = [
      new FhirValidator(definitions),
      new FhirValidator(definitions, { profiles: 'uk-core' }),
    ];
    const counts = { valid: 0, invalid: 0, notCovered: 0, warnings: 0, narrower: 0 };
    const wrong = new Map<string, string[]>();
    for (const example of examples) {
      const profile = profileOf(example, profiles);
      const narrow =
        profile === undefined ? byUkCore : new FhirValidator(definitions, { profiles: [profile] });
      if (profile !== undefined) counts.narrower += 1;
      const findings = [byR4, byUkCore, narrow].flatMap((one) => one.validate(example));
      const errors = findings.filter(({ severity }) => severity === 'error');
      if (findings.some(({ rule }) => rule === 'not-covered')) counts.notCovered += 1;
      else if (errors.length === 0) counts.valid += 1;
      else counts.invalid += 1;
      counts.warnings += findings.filter(
        ({ rule, severity }) => severity === 'warning' && rule !== 'not-covered',
      ).length;
      if (errors.length > 0)
        wrong.set(
          example.id,
          errors.map(({ rule, path: at, why }) => `${rule} ${at} ${why}`),
        );
    }
    console.warn(`${examples.length} examples of the NHS: ${JSON.stringify(counts)}`);
    expect([...wrong.keys()]).toEqual([brokenExample]);
    expect(wrong.get(brokenExample)?.[0]).toBe(
      'choice Condition.extension[0].valueCodeableConcept is a second value of a choice',
    );
    expect(counts).toMatchObject({ valid: 202, invalid: 1, notCovered: 12 });
  });
});
