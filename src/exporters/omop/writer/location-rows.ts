import type { Address } from '../../../core/events/person.js';
import type { Cell } from '../rows/cell-text.js';
import type { RowTemplate } from '../rows/row-template.js';
import { noMatchingConcept } from '../vocabulary/fixed-concepts.js';
import type { OmopTables } from './omop-tables.js';

const stateLengthMax = 2;
const zipLengthMax = 9;

/** One row of location for each address: addresses of persons hardly ever agree, and none is remembered. */
export class LocationRows {
  readonly #template: RowTemplate;

  constructor(readonly tables: OmopTables) {
    this.#template = tables.template('location', {
      constants: {},
      slots: [
        ...[
          'location_id',
          'address_1',
          'address_2',
          'city',
          'state',
          'zip',
          'county',
          'location_source_value',
        ],
        ...['country_concept_id', 'country_source_value'],
      ],
    });
  }

  /** The id of the new row; null without an address. */
  write(address: Address | undefined): number | null {
    if (address === undefined) return null;
    const file = this.tables.file('location');
    const id = file.nextId;
    const { lines, city, county, area, country } = address;
    file.add(this.#template, [
      ...[id, lines[0] ?? null, lines.slice(1).join(', '), city ?? null, this.#state(address)],
      ...[this.#zip(address), county ?? null, area ?? null],
      ...[country === undefined ? null : noMatchingConcept, country ?? null],
    ]);
    return id;
  }

  /** State is two letters wide: a region of the United Kingdom has no place, and half a name is none. */
  #state({ region }: Address): Cell {
    if (region === undefined || region.length <= stateLengthMax) return region ?? null;
    this.tables.losses.leaveOut('location.state: names of regions longer than two letters');
    return null;
  }

  /** The postcode, or the statistical area where there is none; nine characters are as much as a LSOA has. */
  #zip({ postcode, area }: Address): Cell {
    const zip = postcode ?? area;
    if (zip === undefined || zip.length <= zipLengthMax) return zip ?? null;
    return zip.replaceAll(/[\s-]/g, '');
  }
}
