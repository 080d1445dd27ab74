import type { FhirValidator } from '../fhir-validator.js';
import type { Finding } from '../finding.js';
import { ndjsonLines } from './ndjson-lines.js';
import type { PlacedFinding } from './place.js';
import { ReleaseChecker } from './release-checker.js';

/** A file with resources of one type, one a line. */
export interface TypedFile {
  readonly type: string;
  /** What findings call it. */
  readonly name: string;
  readonly path: string;
}

export interface ReleaseFindings {
  readonly resources: number;
  readonly patients: number;
  readonly errors: number;
  readonly warnings: number;
  /** The first errors. */
  readonly examples: readonly PlacedFinding[];
}

const examplesMost = 3;

/** Events are judged by patients and encounters, so these come first. */
const rankOf = ({ type }: TypedFile): number => (type === 'Patient' ? 0 : type === 'Encounter' ? 1 : 2);

/**
 * Checks every resource of a release in NDJSON, and the release as a whole.
 * @param systems the code systems that it may name
 * @throws the signal's reason when aborted; {Error} of the file system
 */
export async function checkNdjsonRelease(
  files: readonly TypedFile[],
  { validator, systems }: { readonly validator: FhirValidator; readonly systems: ReadonlySet<string> },
  signal?: AbortSignal,
): Promise<ReleaseFindings> {
  const checker = new ReleaseChecker(validator, systems);
  const counts = { resources: 0, errors: 0, warnings: 0 };
  const examples: PlacedFinding[] = [];
  const take = (finding: PlacedFinding): void => {
    counts[finding.severity === 'error' ? 'errors' : 'warnings'] += 1;
    if (finding.severity === 'error' && examples.length < examplesMost) examples.push(finding);
  };
  for (const { name, path } of [...files].sort((a, b) => rankOf(a) - rankOf(b)))
    for await (const lines of ndjsonLines(path)) {
      signal?.throwIfAborted();
      for (const { text, line } of lines) {
        const place = { file: name, line };
        counts.resources += 1;
        for (const finding of findingsIn(text, checker, place)) take({ ...place, ...finding });
      }
    }
  checker.finish().forEach(take);
  return { ...counts, patients: checker.countsByType.get('Patient') ?? 0, examples };
}

function findingsIn(
  text: string,
  checker: ReleaseChecker,
  place: { readonly file: string; readonly line: number },
): readonly Finding[] {
  let resource: unknown;
  try {
    resource = JSON.parse(text);
  } catch {
    return [{ severity: 'error', rule: 'json', path: '', why: 'is no JSON' }];
  }
  return checker.add(resource, place);
}
