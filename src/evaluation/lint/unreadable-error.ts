/** A file cannot be read as data. The message is a sentence of ours: the reader's own would quote the file. */
export class UnreadableError extends Error {
  override readonly name = 'UnreadableError';

  constructor(
    message: string,
    readonly line: number | null = null,
  ) {
    super(message);
  }
}
