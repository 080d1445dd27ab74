import type { ColumnFormat } from '../../../core/table/column-format.js';
import type { NetworkModel } from './network-model.js';

export function networkFormats({ names, columns }: NetworkModel): readonly ColumnFormat[] {
  return names.flatMap((name) => {
    const column = columns.find((candidate) => candidate.name === name);
    if (!column) return [];
    const { type, domain } = column;
    const isNumber = domain.kind === 'numbers' && (type === 'number' || type === 'integer');
    return [isNumber ? { name, type, decimals: domain.decimals } : { name, type }];
  });
}
