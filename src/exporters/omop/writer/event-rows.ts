import type { Moment } from '../../../core/events/moment.js';
import type { RowTemplate } from '../rows/row-template.js';
import type { Concept, Mapping } from '../vocabulary/concept.js';
import { noMatchingConcept } from '../vocabulary/fixed-concepts.js';
import { eventLayouts } from './event-tables.js';
import type { EventLayout } from './event-tables.js';
import type { EventTable, Happening, Role } from './happening.js';
import { dayOf } from './life.js';
import type { Life, VisitRef } from './life.js';
import type { OmopTables } from './omop-tables.js';
import type { UsedConcepts } from './used-concepts.js';
import type { TableFile } from '../rows/table-file.js';
import { Values } from './value-cells.js';
import type { UnitCells } from './value-cells.js';

/** One row that a code leads to. */
interface Route {
  readonly file: TableFile;
  readonly layout: EventLayout;
  readonly concept: number;
  readonly templates: Map<UnitCells, RowTemplate>;
}

const tableOfDomain: Readonly<Record<string, EventTable>> = {
  Condition: 'condition_occurrence',
  Drug: 'drug_exposure',
  Procedure: 'procedure_occurrence',
  Device: 'device_exposure',
  Measurement: 'measurement',
};

/** Rows of events, in the tables that the domains of their standard concepts belong to. */
export class EventRows {
  readonly #routes = new Map<Role, Map<Mapping, readonly Route[]>>();
  readonly #values: Values;

  constructor(
    readonly tables: OmopTables,
    readonly concepts: UsedConcepts,
  ) {
    this.#values = new Values(concepts);
  }

  /** One row a standard concept of the code, or one with concept 0. @returns the rows written */
  write(happening: Happening, life: Life): number {
    const { role, start, end, value } = happening;
    const mapping = this.concepts.useBest(happening.codes);
    if (mapping === undefined)
      return this.tables
        .file(role.fallback)
        .refuse(`${eventLayouts[role.fallback].prefix}_concept_id`, 'comes from an event without a code');
    const routes = this.#routesOf(mapping, role);
    const cells = this.#values.cells(value);
    for (const route of routes) {
      const { file, layout } = route;
      const visit = visitOf(happening.encounter, life, file);
      const at = {
        ...{ id: file.nextId, person: life.id, provider: visit?.provider ?? null, visit: visit?.id ?? null },
        detail: visit === undefined || visit.stays.length === 0 ? null : stayAt(visit, start.ms),
      };
      const template = route.templates.get(cells.unit) ?? this.#template(route, mapping, role, cells.unit);
      file.add(template, layout.values(at, happening, cells));
      if (route.concept !== noMatchingConcept) remember(route, happening, life);
    }
    life.see(start.ms, happening.drug?.end.ms ?? end?.ms);
    return routes.length;
  }

  #routesOf(mapping: Mapping, role: Role): readonly Route[] {
    let known = this.#routes.get(role);
    if (known === undefined) this.#routes.set(role, (known = new Map<Mapping, readonly Route[]>()));
    const found = known.get(mapping);
    if (found !== undefined) return found;
    const routes =
      mapping.targets.length === 0
        ? [this.#route(role.fallback, noMatchingConcept)]
        : mapping.targets.map((target) => this.#route(tableOf(target, role), target.id));
    known.set(mapping, routes);
    return routes;
  }

  #route(table: EventTable, concept: number): Route {
    this.concepts.mark(concept);
    return { file: this.tables.file(table), layout: eventLayouts[table], concept, templates: new Map() };
  }

  #template(
    { file, layout, concept, templates }: Route,
    mapping: Mapping,
    role: Role,
    unit: UnitCells,
  ): RowTemplate {
    const { prefix, slots } = layout;
    const constants = {
      [`${prefix}_concept_id`]: concept,
      [`${prefix}_type_concept_id`]: this.concepts.mark(role.type),
      [`${prefix}_source_value`]: mapping.coded.code,
      [`${prefix}_source_concept_id`]: this.concepts.source(mapping),
      ...layout.unit(unit),
    };
    const template = this.tables.template(file.table.name, { constants, slots });
    templates.set(unit, template);
    return template;
  }
}

function tableOf({ domain }: Concept, role: Role): EventTable {
  const table = tableOfDomain[domain] ?? 'observation';
  return role.hasValue && table !== 'measurement' ? 'observation' : table;
}

function visitOf(encounter: string | undefined, life: Life, file: TableFile): VisitRef | undefined {
  if (encounter === undefined) return undefined;
  return (
    life.visits.get(encounter) ??
    file.refuse('visit_occurrence_id', `the record has no encounter "${encounter}"`)
  );
}

/** The stay that somebody was in; the later one where two meet. */
function stayAt({ stays }: VisitRef, ms: number): number | null {
  return stays.findLast(({ start, end }) => start <= ms && ms <= end)?.id ?? null;
}

/** For the eras: a condition without an end has one the day after. */
function remember({ file, concept }: Route, { start, end, drug }: Happening, life: Life): void {
  const lasting = (
    last: Moment | undefined,
    otherwise: number,
  ): Parameters<Life['conditions']['push']>[0] => {
    const firstDay = dayOf(start.ms);
    return { concept, firstDay, lastDay: Math.max(firstDay, last ? dayOf(last.ms) : firstDay + otherwise) };
  };
  if (file.table.name === 'condition_occurrence') life.conditions.push(lasting(end, 1));
  if (file.table.name === 'drug_exposure') life.drugs.push(lasting(drug?.end ?? end, 0));
}
