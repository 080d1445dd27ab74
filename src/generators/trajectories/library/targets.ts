import { isObject, type JsonObject } from './fields.js';

/** One way out of a state, with what the file says about it. */
export interface Way {
  readonly target: string;
  /** `0.25`, `if …`, or empty. */
  readonly label: string;
}

const careKinds = ['ambulatory', 'emergency', 'telemedicine'] as const;

/** All states that a state can go to, read without judging: what is not a way is left out. */
export function waysOf(state: JsonObject): Way[] {
  if (typeof state['alt_direct_transition'] === 'string')
    return [{ target: state['alt_direct_transition'], label: '' }];
  const care = state['type_of_care_transition'];
  return [
    ...wayOf(state['direct_transition'], ''),
    ...listOf(state['distributed_transition']).flatMap((option) =>
      wayOf(option['transition'], shareOf(option)),
    ),
    ...listOf(state['conditional_transition']).flatMap((option) => wayOf(option['transition'], ifOf(option))),
    ...listOf(state['complex_transition']).flatMap(complexWays),
    ...listOf(state['lookup_table_transition']).flatMap((option) => wayOf(option['transition'], 'by table')),
    ...(isObject(care) ? careKinds.flatMap((kind) => wayOf(care[kind], kind)) : []),
  ];
}

function complexWays(option: JsonObject): Way[] {
  const condition = ifOf(option);
  return [
    ...wayOf(option['transition'], condition),
    ...listOf(option['distributions']).flatMap((share) =>
      wayOf(share['transition'], [condition, shareOf(share)].filter((part) => part !== '').join(', ')),
    ),
  ];
}

function wayOf(target: unknown, label: string): Way[] {
  return typeof target === 'string' ? [{ target, label }] : [];
}

function listOf(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function shareOf({ distribution }: JsonObject): string {
  if (typeof distribution === 'number') return String(distribution);
  return isObject(distribution) && typeof distribution['attribute'] === 'string'
    ? `share: ${distribution['attribute']}`
    : '';
}

function ifOf({ condition }: JsonObject): string {
  return isObject(condition) && typeof condition['condition_type'] === 'string'
    ? `if ${condition['condition_type']}`
    : '';
}
