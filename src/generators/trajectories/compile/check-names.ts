import type { Place } from '../library/fields.js';
import type { Problem } from '../library/problem.js';
import type { Names } from '../names.js';
import type { NativeModule } from '../native/native-module.js';
import type { Findings } from './scope.js';

/** Attributes that a person has from birth, beside those of native modules. */
const innate = new Set(['gender', 'race', 'ethnicity', 'state', 'county', 'city', 'socioeconomic_category']);

/** Attributes and vital signs that modules read though nothing writes them. */
export function checkNames({
  names,
  findings,
  natives,
}: {
  readonly names: Names;
  readonly findings: Findings;
  readonly natives: readonly NativeModule[];
}): Problem[] {
  const provided = natives.map(({ provides }) => provides);
  const attributes = new Set([...innate, ...provided.flatMap((of) => of.attributes)]);
  const vitalSigns = new Set(provided.flatMap((of) => of.vitalSigns));
  const { readAttributes, writtenAttributes, readVitalSigns, providedVitalSigns } = findings;
  return [
    ...unknown(readAttributes, (id) => {
      const name = names.attributes.name(id);
      return writtenAttributes.has(id) || attributes.has(name)
        ? null
        : `reads the attribute "${name}", which nothing writes.`;
    }),
    ...unknown(readVitalSigns, (id) => {
      const name = names.vitalSigns.name(id);
      return providedVitalSigns.has(id) || vitalSigns.has(name)
        ? null
        : `reads the vital sign "${name}", which nothing provides.`;
    }),
  ];
}

function unknown(read: ReadonlyMap<number, Place>, complaint: (id: number) => string | null): Problem[] {
  return [...read].flatMap(([id, { file, state, field }]) => {
    const message = complaint(id);
    return message === null ? [] : [{ severity: 'warning' as const, file, state, field, message }];
  });
}
