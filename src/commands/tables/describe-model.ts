import type { ModelFile } from '../../generators/constraints/constrained-file.js';

/** What a model contains, in sentences. */
export function describeModel({ generator, model, about }: ModelFile): string[] {
  const columns = model.columns.map(({ name, type }) => `${name} (${type})`).join(', ');
  const constraints = model.constraints.map((constraint) => JSON.stringify(constraint));
  return [
    `A model by ${generator.name} ${generator.version} of ${about.sourceRows} rows, SHA-256 ${about.sourceHash}.`,
    `Parameters: ${JSON.stringify(about.parameters)}`,
    `Columns: ${columns}`,
    constraints.length === 0 ? 'Constraints: none' : `Constraints: ${constraints.join(' ')}`,
    ...model.identifiers.map(
      ({ name, regenerate }) => `Made anew, not learned: ${name} ${JSON.stringify(regenerate)}`,
    ),
    'It is as private as its source: it holds what was learned from single people and belongs where they are kept.',
  ];
}
