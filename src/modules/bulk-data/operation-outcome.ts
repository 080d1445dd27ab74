/** FHIR's way to say what went wrong (R4, OperationOutcome). */
export interface OperationOutcome {
  readonly resourceType: 'OperationOutcome';
  readonly issue: readonly {
    readonly severity: 'error';
    readonly code: IssueCode;
    readonly diagnostics: string;
  }[];
}

type IssueCode = 'invalid' | 'not-supported' | 'not-found' | 'forbidden' | 'too-costly' | 'throttled';

/** A refusal of the FHIR face, with the status that goes with it. */
export class FhirRefusal extends Error {
  override readonly name = 'FhirRefusal';

  constructor(
    readonly status: 400 | 403 | 404 | 405 | 406 | 413 | 416 | 429,
    readonly code: IssueCode,
    diagnostics: string,
  ) {
    super(diagnostics);
  }

  get outcome(): OperationOutcome {
    const { code, message: diagnostics } = this;
    return { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code, diagnostics }] };
  }
}
