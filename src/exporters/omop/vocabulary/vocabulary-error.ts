/** A folder of vocabulary files that cannot be used; names the folder or file. */
export class VocabularyError extends Error {
  constructor(
    readonly path: string,
    readonly problem: string,
  ) {
    super(`The vocabulary at ${path} ${problem}.`);
    this.name = 'VocabularyError';
  }
}
