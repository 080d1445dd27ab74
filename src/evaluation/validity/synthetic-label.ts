import type { EvaluationContext } from '../evaluation-context.js';
import type { Measure } from '../measure.js';

/** UCLH's sentence, word for word. Kept apart from the exporter's copy, so that a slip there is found here. */
const demandedSentence =
  'These data are artificially generated, any resemblance to real patients is coincidental.';

/** Nobody who meets a file of the package, with or without the rest of it, may take it for real data. */
export const syntheticLabel: Measure<Pick<EvaluationContext, 'package'>> = {
  name: 'synthetic-label',
  title: 'Labelled as synthetic',
  direction: 'higher',
  run(context) {
    const faults = faultsOf(context.package);
    return Promise.resolve({
      value: faults.length === 0 ? 1 : 0,
      direction: 'higher',
      explanation:
        faults.length === 0
          ? 'The file name, the manifest and the README all say that the data are synthetic.'
          : `The package is not labelled as it must be: ${faults.join('; ')}.`,
    });
  },
};

function faultsOf({ manifest, files, readmeText }: EvaluationContext['package']): string[] {
  const dataFiles = manifest.files.filter(({ role }) => role === 'data').map(({ name }) => name);
  const present = new Set(files.map(({ name }) => name));
  const rules: readonly (readonly [holds: boolean, fault: string])[] = [
    [dataFiles.length > 0, 'the manifest lists no data file'],
    [dataFiles.every((name) => name.includes('synthetic')), 'a data file lacks "synthetic" in its name'],
    [dataFiles.every((name) => present.has(name)), 'a data file of the manifest is not in the package'],
    [manifest.synthetic, 'the manifest does not say synthetic'],
    [manifest.label === 'SYNTHETIC', 'the manifest lacks the label SYNTHETIC'],
    [manifest.disclaimer === demandedSentence, "the manifest's disclaimer is not UCLH's sentence"],
    [readmeText.includes(demandedSentence), "the README does not hold UCLH's sentence"],
  ];
  return rules.filter(([holds]) => !holds).map(([, fault]) => fault);
}
