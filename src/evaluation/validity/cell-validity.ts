/** May the cell of this row hold what it holds? */
export type CellRule = (row: number) => boolean;
