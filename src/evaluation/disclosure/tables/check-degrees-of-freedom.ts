import { countText } from '../../figure.js';
import type { TableFinding } from './table-finding.js';
import type { TableRules } from './table-rules.js';

/** A model with almost as many parameters as people repeats the people (ACRO: at least 10 residual degrees). */
export function checkDegreesOfFreedom(
  { observations, parameters }: { readonly observations: number; readonly parameters: number },
  { degreesOfFreedomMin }: Pick<TableRules, 'degreesOfFreedomMin'>,
): TableFinding[] {
  const residual = observations - parameters;
  if (residual >= degreesOfFreedomMin) return [];
  const figures = `${countText(observations)} observations less ${countText(parameters)} parameters`;
  const why = `${figures} leave ${countText(residual)} residual degrees of freedom, fewer than ${degreesOfFreedomMin}.`;
  return [{ cell: null, rule: 'degrees-of-freedom', status: 'fail', why }];
}
