import type {
  BirthSource,
  CodeSource,
  EncounterMapping,
  EventMapping,
  ExplodedColumn,
  LookUp,
  Mapping,
  MomentSource,
  PersonMapping,
  Rule,
  TableMapping,
  ValueMap,
  ValueSource,
} from './mapping.js';
import { codeSystemUri } from './named-system.js';
import type { Path } from './yaml-places.js';

export interface MappingFault {
  readonly path: Path;
  readonly problem: string;
}

/** What a schema cannot say: that names refer to something, and to something that fits. */
export function checkMapping(mapping: Mapping): MappingFault[] {
  const checker = new MappingChecker(mapping);
  checker.check();
  return checker.faults;
}

type Gives = ValueMap['gives'];

class MappingChecker {
  readonly faults: MappingFault[] = [];
  readonly #mapping: Mapping;
  #moments: ReadonlySet<string> = new Set();
  #hasEncounter = false;

  constructor(mapping: Mapping) {
    this.#mapping = mapping;
  }

  check(): void {
    const { tables, rules = {}, valueMaps = {} } = this.#mapping;
    this.#uniqueNames(tables);
    for (const [name, rule] of Object.entries(rules)) this.#rule(rule, ['rules', name]);
    for (const [name, map] of Object.entries(valueMaps)) this.#map(map, ['valueMaps', name]);
    const people = tables.filter(({ person }) => person !== undefined);
    if (people.length !== 1)
      this.#add(['tables'], `exactly one table has "person"; here it is ${people.length}.`);
    this.#moments = new Set(Object.keys(people[0]?.person?.moments ?? {}));
    for (const [index, table] of tables.entries()) this.#table(table, ['tables', index]);
  }

  #uniqueNames(tables: readonly TableMapping[]): void {
    const seen = new Set<string>();
    for (const [index, { name }] of tables.entries()) {
      if (seen.has(name)) this.#add(['tables', index, 'name'], `there is another table "${name}".`);
      seen.add(name);
    }
  }

  #rule(rule: Rule, path: Path): void {
    const days = { date: 'date', year: null, age: 'at', 'one-after-another': 'first' } as const;
    const field = days[rule.kind];
    if (field === null) return;
    const text = (rule as unknown as Readonly<Record<string, unknown>>)[field];
    if (Number.isNaN(Date.parse(`${String(text)}T00:00Z`)))
      this.#add([...path, field], 'there is no such day.');
  }

  #map(map: ValueMap, path: Path): void {
    for (const value of map.without ?? [])
      if (Object.hasOwn(map.values, value))
        this.#add([...path, 'without'], `"${value}" is among the values too.`);
    if (map.gives === 'coded') this.#system(map.system, [...path, 'system']);
  }

  #table(table: TableMapping, path: Path): void {
    const { key, person, encounter, death, events = [] } = table;
    this.#hasEncounter = encounter !== undefined;
    if (person) this.#person(person, [...path, 'person']);
    else if (key === undefined) this.#add(path, '"key" is missing: whose are the rows?');
    if (encounter) this.#encounter(encounter, [...path, 'encounter']);
    if (death) {
      this.#moment(death.at, [...path, 'death', 'at']);
      this.#code(death.cause, [...path, 'death', 'cause']);
    }
    for (const [index, event] of events.entries()) this.#event(event, [...path, 'events', index]);
  }

  #person({ sex, birth, moments = {}, ...codes }: PersonMapping, path: Path): void {
    if ('map' in sex) this.#lookUp(sex, 'sex', [...path, 'sex']);
    this.#birth(birth, [...path, 'birth']);
    for (const name of ['ethnicity', 'race', 'language', 'maritalStatus'] as const)
      this.#code(codes[name], [...path, name]);
    for (const [name, moment] of Object.entries(moments)) {
      const at: Path = [...path, 'moments', name];
      this.#moment(moment, at);
      if (moment.moment !== undefined || (moment.at !== undefined && moment.at !== 'birth'))
        this.#add(at, 'the moments of a person come from a column, a rule or the birth.');
    }
  }

  #birth({ column, form, rule }: BirthSource, path: Path): void {
    const isAge = form === 'age' || form === 'age-band';
    if (isAge || column === undefined) {
      if (rule === undefined) this.#add(path, 'an age gives a birth only by a "rule" of kind age.');
      else this.#ruleOf(rule, isAge ? ['age'] : ['date', 'year'], [...path, 'rule']);
    } else if (rule !== undefined) {
      this.#add([...path, 'rule'], `a birth in the form ${form ?? ''} needs no rule.`);
    }
    const found = this.#ruleNamed(rule);
    if (form === 'age-band' && found?.kind === 'age' && found.band === undefined)
      this.#add([...path, 'rule'], 'the rule does not say which age of the band ("band").');
  }

  #encounter(encounter: EncounterMapping, path: Path): void {
    if ('map' in encounter.class) this.#lookUp(encounter.class, 'encounter-class', [...path, 'class']);
    this.#moment(encounter.start, [...path, 'start'], ['date', 'year', 'one-after-another']);
    this.#moment(encounter.end, [...path, 'end']);
    for (const name of ['start', 'end'] as const)
      if (encounter[name]?.at?.startsWith('encounter'))
        this.#add([...path, name], 'an encounter cannot be timed by itself.');
    if (encounter.end && encounter.lengthOfStay)
      this.#add([...path, 'lengthOfStay'], 'the encounter has an "end" already.');
    for (const name of ['code', 'reason', 'admittedFrom', 'dischargedTo'] as const)
      this.#code(encounter[name], [...path, name]);
  }

  #event(event: EventMapping, path: Path): void {
    this.#code(event.code, [...path, 'code']);
    this.#code(event.reason, [...path, 'reason']);
    this.#moment(event.start, [...path, 'start']);
    this.#moment(event.end, [...path, 'end']);
    if (event.end && ['observation', 'allergy', 'immunisation'].includes(event.kind))
      this.#add([...path, 'end'], `an event of kind ${event.kind} has no end.`);
    if (event.value) this.#value(event.value, [...path, 'value']);
    if (event.explode && event.value) this.#add([...path, 'value'], 'exploded columns are the values.');
    for (const [column, exploded] of Object.entries(event.explode ?? {}))
      this.#exploded(event, exploded, [...path, 'explode', column]);
    if (event.encounter === 'row' && !this.#hasEncounter)
      this.#add([...path, 'encounter'], 'rows of this table are no encounters.');
  }

  #exploded({ kind }: EventMapping, exploded: ExplodedColumn, path: Path): void {
    this.#code(exploded.code, [...path, 'code']);
    if (kind === 'observation') this.#value(exploded, path);
    else if (Object.keys(exploded).length > 1)
      this.#add(path, `an event of kind ${kind} has a code and no value.`);
  }

  #value({ map, as, unit, unitText, unitFrom }: Omit<ValueSource, 'column'>, path: Path): void {
    const units = [unit, unitText, unitFrom].filter((one) => one !== undefined).length;
    if (units > 1) this.#add(path, 'give one of "unit", "unitText" and "unitFrom".');
    if (map === undefined && as === undefined) this.#add(path, 'say what the value is: "map" or "as".');
    if (map !== undefined) {
      if (as !== undefined || units > 0) this.#add(path, 'a value map says itself what it gives.');
      this.#mapOf(map, ['coded', 'quantity', 'text', 'boolean'], [...path, 'map']);
    }
    if (as === 'text' && units > 0) this.#add(path, 'a text has no unit.');
    if (unitFrom) this.#lookUp(unitFrom, 'unit', [...path, 'unitFrom']);
  }

  #moment(moment: MomentSource | undefined, path: Path, kinds: Rule['kind'][] = ['date', 'year']): void {
    if (!moment) return;
    if (moment.rule !== undefined) this.#ruleOf(moment.rule, kinds, [...path, 'rule']);
    if (moment.moment !== undefined && !this.#moments.has(moment.moment))
      this.#add([...path, 'moment'], `no person has a moment "${moment.moment}".`);
    if (moment.at?.startsWith('encounter') && !this.#hasEncounter)
      this.#add([...path, 'at'], 'rows of this table are no encounters.');
  }

  #code(code: CodeSource | undefined, path: Path): void {
    if (code?.system !== undefined) this.#system(code.system, [...path, 'system']);
    if (code?.map !== undefined) this.#mapOf(code.map, ['coded'], [...path, 'map']);
    if (code?.pattern !== undefined && !isPattern(code.pattern))
      this.#add([...path, 'pattern'], 'it is no regular expression.');
  }

  #lookUp({ map }: LookUp, gives: Gives, path: Path): void {
    this.#mapOf(map, [gives], [...path, 'map']);
  }

  #mapOf(name: string, allowed: readonly Gives[], path: Path): void {
    const maps = this.#mapping.valueMaps ?? {};
    const map = Object.hasOwn(maps, name) ? maps[name] : undefined;
    if (!map) this.#add(path, `there is no value map "${name}".`);
    else if (!allowed.includes(map.gives))
      this.#add(path, `the value map "${name}" gives ${map.gives}, not ${allowed.join(' or ')}.`);
  }

  #ruleOf(name: string, allowed: readonly Rule['kind'][], path: Path): void {
    const rule = this.#ruleNamed(name);
    if (!rule) this.#add(path, `there is no rule "${name}".`);
    else if (!allowed.includes(rule.kind))
      this.#add(path, `the rule "${name}" is of kind ${rule.kind}, not ${allowed.join(' or ')}.`);
  }

  #ruleNamed(name: string | undefined): Rule | undefined {
    const rules = this.#mapping.rules ?? {};
    return name !== undefined && Object.hasOwn(rules, name) ? rules[name] : undefined;
  }

  #system(system: string, path: Path): void {
    if (codeSystemUri(system) === null)
      this.#add(path, `"${system}" is neither a code system with a name here nor a URI.`);
  }

  #add(path: Path, problem: string): void {
    this.faults.push({ path, problem });
  }
}

function isPattern(pattern: string): boolean {
  try {
    new RegExp(pattern, 'u');
    return true;
  } catch {
    return false;
  }
}
