import { readCsvRecords } from '../files/read-csv-records.js';

const cdmTypes = ['integer', 'float', 'date', 'datetime', 'varchar'] as const;
export type CdmType = (typeof cdmTypes)[number];

/** What the values of a field name: a field of another table, and for concepts perhaps a domain and a class. */
export interface CdmReference {
  readonly table: string;
  readonly field: string;
  readonly domain?: string;
  readonly conceptClass?: string;
}

export interface CdmField {
  /** Lower case and without quotes; `offset` has to be quoted in SQL. */
  readonly name: string;
  readonly type: CdmType;
  /** Most characters of a varchar; left out where there is no limit. */
  readonly lengthMax?: number;
  /** NOT NULL. */
  readonly isRequired: boolean;
  readonly isPrimaryKey: boolean;
  readonly references?: CdmReference;
}

export interface CdmTable {
  /** Lower case. */
  readonly name: string;
  readonly part: 'CDM' | 'VOCAB' | 'RESULTS';
  /** Every instance of the model has it. */
  readonly isRequired: boolean;
  /** In the order of the columns. */
  readonly fields: readonly CdmField[];
  /** The field that is the key; eleven tables have none. */
  readonly primaryKey?: string;
}

/** The tables of the OMOP Common Data Model by name, in the order of the specification. */
export type Cdm = ReadonlyMap<string, CdmTable>;

export interface CdmTexts {
  /** `content/omop/cdm/OMOP_CDMv5.4_Table_Level.csv` */
  readonly tables: string;
  /** `content/omop/cdm/OMOP_CDMv5.4_Field_Level.csv` */
  readonly fields: string;
}

/** The model as OHDSI's specification tables say it. @throws {Error} naming the table or field that cannot be read */
export function readCdm({ tables, fields }: CdmTexts): Cdm {
  const fieldsOf = new Map<string, CdmField[]>();
  for (const row of readCsvRecords(fields)) {
    const table = textIn(row, 'cdmTableName').toLowerCase();
    const list = fieldsOf.get(table) ?? [];
    list.push(readField(row, table));
    fieldsOf.set(table, list);
  }
  return new Map(
    readCsvRecords(tables).map((row) => {
      const name = textIn(row, 'cdmTableName').toLowerCase();
      return [name, readTable(row, name, fieldsOf.get(name) ?? [])];
    }),
  );
}

type Row = Readonly<Record<string, string>>;

function readTable(row: Row, name: string, fields: readonly CdmField[]): CdmTable {
  const part = (['CDM', 'VOCAB', 'RESULTS'] as const).find((each) => each === row['schema']);
  if (part === undefined) throw new Error(`Table "${name}" belongs to no part of the model.`);
  if (fields.length === 0) throw new Error(`Table "${name}" has no field.`);
  const key = fields.find(({ isPrimaryKey }) => isPrimaryKey);
  const isRequired = isYes(row, 'isRequired');
  return { name, part, isRequired, fields, ...(key === undefined ? {} : { primaryKey: key.name }) };
}

function readField(row: Row, table: string): CdmField {
  const name = textIn(row, 'cdmFieldName').toLowerCase().replaceAll('"', '');
  const [, word = '', length] = /^(\w+)(?:\((\d+|MAX)\))?$/i.exec(textIn(row, 'cdmDatatype')) ?? [];
  const type = cdmTypes.find((each) => each === word.toLowerCase());
  if (type === undefined) throw new Error(`Field "${table}.${name}" has no type.`);
  const isLimited = length !== undefined && length.toUpperCase() !== 'MAX';
  return {
    name,
    type,
    ...(isLimited ? { lengthMax: Number(length) } : {}),
    isRequired: isYes(row, 'isRequired'),
    isPrimaryKey: isYes(row, 'isPrimaryKey'),
    ...(isYes(row, 'isForeignKey') ? { references: readReference(row) } : {}),
  };
}

function readReference(row: Row): CdmReference {
  const [domain, conceptClass] = [row['fkDomain'] ?? 'NA', row['fkClass'] ?? 'NA'];
  return {
    table: textIn(row, 'fkTableName').toLowerCase(),
    field: textIn(row, 'fkFieldName').toLowerCase(),
    ...(isGiven(domain) ? { domain } : {}),
    ...(isGiven(conceptClass) ? { conceptClass } : {}),
  };
}

/** The tables write NA for what does not apply. */
function isGiven(cell: string): boolean {
  return cell !== '' && cell !== 'NA';
}

function isYes(row: Row, column: string): boolean {
  return textIn(row, column).toLowerCase() === 'yes';
}

function textIn(row: Row, column: string): string {
  const text = row[column]?.trim() ?? '';
  if (!isGiven(text)) throw new Error(`A row of the model has no "${column}".`);
  return text;
}
