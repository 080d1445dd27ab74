import type { CommandContext } from '../command.js';
import { StartRefused } from '../start-refused.js';
import { listenForStop } from '../stop-request.js';

/** What whoever typed the command can mend; everything else is a bug and keeps its stack. */
const plainErrors = new Set([
  ...['MalformedCsvError', 'NonconformingValueError', 'UnknownColumnError', 'WithheldColumnError'],
  ...['ParameterError', 'TooFewRowsError', 'ConstraintError', 'ConditionError', 'ModelFormatError'],
  ...['IdentifierError', 'SdvMetadataError'],
  ...['PackError', 'NobodyThereError', 'TriesSpentError', 'ModuleError', 'OtherPastError'],
  ...['RelationalError', 'MappingError', 'MappedRowError', 'OmopSourceError', 'VocabularyError'],
  ...['ImageSetError', 'TrainingDivergedError', 'TrainingTooLongError'],
]);
const exitCodes = { refused: 2, stopped: 130 } as const;

/** Runs until Ctrl-C; answers the exit code and says in a sentence about which file what is wrong. */
export async function runOnFile(
  { complain }: CommandContext,
  file: string,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<number> {
  const stop = listenForStop({ underNpm: false });
  try {
    await work(stop.signal);
    return 0;
  } catch (error) {
    if (stop.signal.aborted) {
      complain('Stopped; nothing was written.');
      return exitCodes.stopped;
    }
    const message = plainMessage(error);
    if (message === null) throw error;
    complain(`${file}: ${message}`);
    return exitCodes.refused;
  } finally {
    stop.dispose();
  }
}

/** What people may read of an error; null for what is a bug. */
export function plainMessage(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('name' in error) || !('message' in error)) return null;
  const isOfTheSystem = 'code' in error && 'syscall' in error;
  const isPlain = error instanceof StartRefused || plainErrors.has(String(error.name)) || isOfTheSystem;
  return isPlain ? String(error.message) : null;
}

/** The text of an option; undefined when it was not given. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** @throws {StartRefused} when it is not JSON */
export function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new StartRefused(`${what} is not JSON: ${error instanceof Error ? error.message : '?'}`);
  }
}
