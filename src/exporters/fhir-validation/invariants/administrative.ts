import type { Fields } from '../compile/run.js';
import { areDistinct, countOf, has, hasChoice, isOneOf, objectsOf } from './expressions.js';
import type { Invariants } from './invariant.js';

const isNot = (it: Fields, type: string): boolean => it['type'] !== type;
const answerable = [
  ...['choice', 'open-choice', 'decimal', 'integer', 'date', 'dateTime', 'time', 'string', 'quantity'],
];

/** Those of bundles, people, organisations, forms and the like, by key; the wording is with the definitions. */
export const administrativeInvariants: Invariants = {
  'app-1': (it) => has(it, 'type') || has(it, 'actor'),
  'app-2': (it) => has(it, 'start') === has(it, 'end'),
  'app-3': (it) =>
    countOf(it, 'start', 'end') === 2 || isOneOf(it['status'], 'proposed', 'cancelled', 'waitlist'),
  'app-4': (it) => !has(it, 'cancelationReason') || isOneOf(it['status'], 'noshow', 'cancelled'),
  'sev-1': (it) => !has(it, 'name') || !has(it, 'query'),
  'bdl-1': (it) => !has(it, 'total') || isOneOf(it['type'], 'searchset', 'history'),
  'bdl-2': (it) => it['type'] === 'searchset' || !entries(it).some((entry) => has(entry, 'search')),
  'bdl-3': (it) =>
    entries(it).every(
      (entry) => has(entry, 'request') === isOneOf(it['type'], 'batch', 'transaction', 'history'),
    ),
  'bdl-4': (it) =>
    entries(it).every(
      (entry) =>
        has(entry, 'response') === isOneOf(it['type'], 'batch-response', 'transaction-response', 'history'),
    ),
  'bdl-5': (it) => countOf(it, 'resource', 'request', 'response') > 0,
  'bdl-7': (it) => it['type'] === 'history' || areDistinct(fullUrls(it)),
  'bdl-8': ({ fullUrl }) => typeof fullUrl !== 'string' || !fullUrl.includes('/_history/'),
  'bdl-9': (it) =>
    isNot(it, 'document') || objectsOf(it['identifier']).some((one) => countOf(one, 'system', 'value') === 2),
  'bdl-10': (it) => isNot(it, 'document') || it['timestamp'] !== undefined,
  'bdl-11': (it) => isNot(it, 'document') || firstType(it) === 'Composition',
  'bdl-12': (it) => isNot(it, 'message') || firstType(it) === 'MessageHeader',
  'cmp-1': (it) => countOf(it, 'text', 'entry', 'section') > 0,
  'cmp-2': (it) => !has(it, 'emptyReason') || !has(it, 'entry'),
  'ppc-1': (it) => has(it, 'policy') || has(it, 'policyRule'),
  'grp-1': (it) => !has(it, 'member') || it['actual'] === true,
  'lst-1': (it) => !has(it, 'emptyReason') || !has(it, 'entry'),
  'lst-2': (it) => it['mode'] === 'changes' || !entries(it).some((entry) => has(entry, 'deleted')),
  'lst-3': (it) => it['mode'] === 'working' || !entries(it).some((entry) => has(entry, 'date')),
  'org-1': (it) => has(it, 'identifier') || has(it, 'name'),
  'org-2': (it) => it['use'] !== 'home',
  'org-3': (it) => it['use'] !== 'home',
  'pat-1': (it) => countOf(it, 'name', 'telecom', 'address', 'organization') > 0,
  'cpb-1': (it) => countOf(it, 'rest', 'messaging', 'document') > 0,
  'cpb-2': (it) => countOf(it, 'description', 'software', 'implementation') > 0,
  'cpb-14': (it) => it['kind'] !== 'instance' || has(it, 'implementation'),
  'cpb-15': (it) => it['kind'] !== 'capability' || (!has(it, 'implementation') && has(it, 'software')),
  'cpb-16': (it) => it['kind'] !== 'requirements' || countOf(it, 'implementation', 'software') === 0,
  'cpb-9': ({ resource }) => areDistinct(objectsOf(resource).map(({ type }) => type)),
  'cpb-12': ({ searchParam }) => areDistinct(objectsOf(searchParam).map(({ name }) => name)),
  'que-1': (it) => (isNot(it, 'group') || has(it, 'item')) && (isNot(it, 'display') || !has(it, 'item')),
  'que-2': (it) => areDistinct(linkIds(it)),
  'que-3': (it) => isNot(it, 'display') || !has(it, 'code'),
  'que-4': (it) => countOf(it, 'answerOption', 'answerValueSet') < 2,
  'que-5': (it) => isOneOf(it['type'], ...answerable) || countOf(it, 'answerOption', 'answerValueSet') === 0,
  'que-6': (it) => isNot(it, 'display') || countOf(it, 'required', 'repeats') === 0,
  'que-7': (it) => it['operator'] !== 'exists' || typeof it['answerBoolean'] === 'boolean',
  'que-8': (it) => (isNot(it, 'group') && isNot(it, 'display')) || !has(it, 'initial'),
  'que-9': (it) => isNot(it, 'display') || !has(it, 'readOnly'),
  'que-10': (it) =>
    isOneOf(it['type'], 'boolean', 'decimal', 'integer', 'string', 'text', 'url', 'open-choice') ||
    !has(it, 'maxLength'),
  'que-11': (it) => !has(it, 'answerOption') || !has(it, 'initial'),
  'que-12': (it) => objectsOf(it['enableWhen']).length <= 2 || has(it, 'enableBehavior'),
  'que-13': (it) => it['repeats'] === true || objectsOf(it['initial']).length <= 1,
  'qrs-1': (it) => !has(it, 'answer') || !has(it, 'item'),
  'inv-1': (it) =>
    has(it, 'part')
      ? !hasChoice(it, 'value') && !has(it, 'resource')
      : hasChoice(it, 'value') !== has(it, 'resource'),
};

function entries(it: Fields): readonly Fields[] {
  return objectsOf(it['entry']);
}

function firstType(it: Fields): unknown {
  return objectsOf(entries(it)[0]?.['resource'])[0]?.['resourceType'];
}

/** With their versions: the same URL may come twice for two of them. */
function fullUrls(it: Fields): string[] {
  return entries(it)
    .filter(({ fullUrl }) => fullUrl !== undefined)
    .map(({ fullUrl, resource }) => {
      const meta = objectsOf(objectsOf(resource)[0]?.['meta'])[0];
      return `${String(fullUrl)} ${String(meta?.['versionId'])}`;
    });
}

function linkIds(it: Fields): unknown[] {
  return objectsOf(it['item']).flatMap((item) => [item['linkId'], ...linkIds(item)]);
}
