/** Bytes that should be a model are not one that can be used. */
export class ModelFormatError extends Error {
  constructor(
    /** Where in the model, such as `columns[3].trees[0].tree.left`; empty for the file as a whole. */
    readonly place: string,
    readonly problem: string,
  ) {
    super(`The model cannot be used: ${place === '' ? '' : `${place}: `}${problem}`);
    this.name = 'ModelFormatError';
  }
}
