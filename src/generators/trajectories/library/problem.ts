/** Something that is wrong with a module, and where: file, state and field. */
export interface Problem {
  /** With an error the module cannot run; a warning says what is odd. */
  readonly severity: 'error' | 'warning';
  /** The path of the module without `.json`, or of another file of the library. */
  readonly file: string;
  readonly state: string | null;
  /** The path of the field in the state: `distributed_transition[1].transition`. */
  readonly field: string | null;
  readonly message: string;
}

/** `file, state "…", field: message`. */
export function problemText({ file, state, field, message }: Problem): string {
  const place = [file, state === null ? null : `state "${state}"`, field].filter((part) => part !== null);
  return `${place.join(', ')}: ${message}`;
}

/** Modules that cannot run, all problems at once. */
export class ModuleError extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(problemText).join('\n'));
    this.name = 'ModuleError';
  }
}
