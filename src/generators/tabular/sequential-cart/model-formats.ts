import type { ColumnFormat } from '../../../core/table/column-format.js';
import type { SequentialCartModel } from './model.js';

export function modelFormats({ names, columns }: SequentialCartModel): readonly ColumnFormat[] {
  return names.flatMap((name) => {
    const column = columns.find((candidate) => candidate.name === name);
    if (!column) return [];
    const { type, values } = column;
    const isNumber = values.kind === 'numbers' && (type === 'number' || type === 'integer');
    return [isNumber ? { name, type, decimals: values.grid.decimals } : { name, type }];
  });
}
