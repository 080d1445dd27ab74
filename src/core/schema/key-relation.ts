/** Rows of `child` name a row of `parent` by its key; several columns make a composite key, in the same order. */
export interface KeyRelation {
  readonly parent: string;
  readonly parentKey: readonly string[];
  readonly child: string;
  readonly foreignKey: readonly string[];
}
