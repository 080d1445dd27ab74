import { Float64Column, Int32Column, TextColumn } from './columns.js';

type Column = Int32Column | Float64Column | TextColumn;

/** One table of the record: columns of equal length. */
abstract class Rows {
  abstract readonly columns: readonly Column[];

  get count(): number {
    return this.columns[0]?.length ?? 0;
  }

  clear(): void {
    for (const column of this.columns) column.clear();
  }

  /** Takes rows out. @returns where each row has gone, -1 for those taken out */
  keep(isKept: (row: number) => boolean): Int32Array {
    const moved = new Int32Array(this.count).fill(-1);
    let kept = 0;
    for (let row = 0; row < moved.length; row += 1) if (isKept(row)) moved[row] = kept++;
    for (const column of this.columns) column.keep(moved, kept);
    return moved;
  }
}

/** What has a beginning, a list of codes and the encounter it hangs on (a row of `encounters`). */
abstract class EventRows extends Rows {
  readonly encounter = new Int32Column();
  readonly start = new Float64Column();
  readonly codes = new Int32Column();
}

/** `stop` is NaN while it lasts. */
abstract class SpanRows extends EventRows {
  readonly stop = new Float64Column();
}

export class EncounterRows extends Rows {
  readonly start = new Float64Column();
  readonly stop = new Float64Column();
  /** `Names.encounterClasses`. */
  readonly encounterClass = new Int32Column();
  readonly codes = new Int32Column();
  /** The number of a list of codes, -1 for none; so in all tables. */
  readonly reason = new Int32Column();
  /** `Names.modules`: the module that began it. */
  readonly module = new Int32Column();
  /** `Names.states`: the state that began it. */
  readonly state = new Int32Column();
  /** The number of a code, -1 for none. */
  readonly disposition = new Int32Column();
  /** 1 when something ended it; else `stop` is the shortest length of its class. */
  readonly ended = new Int32Column();
  /** 1 when it was held at a distance. */
  readonly virtual = new Int32Column();
  /** The latest end of what hangs on it: it does not stop before. */
  readonly filledUntil = new Float64Column();
  /** The encounter that its module left for it at the same moment, -1 for none: a change of place, not a new contact. */
  readonly movedFrom = new Int32Column();
  readonly columns = [
    ...[this.start, this.stop, this.encounterClass, this.codes, this.reason, this.module, this.state],
    ...[this.disposition, this.ended, this.virtual, this.filledUntil, this.movedFrom],
  ];
}

export class ConditionRows extends SpanRows {
  readonly columns = [this.encounter, this.start, this.stop, this.codes];
}

export class AllergyRows extends SpanRows {
  /** `Names.words`: allergy or intolerance; food, medication or environment. */
  readonly type = new Int32Column();
  readonly category = new Int32Column();
  readonly columns = [this.encounter, this.start, this.stop, this.codes, this.type, this.category];
}

export class ReactionRows extends Rows {
  /** A row of `allergies`. */
  readonly allergy = new Int32Column();
  /** The number of a code. */
  readonly reaction = new Int32Column();
  /** `Names.words`. */
  readonly severity = new Int32Column();
  readonly columns = [this.allergy, this.reaction, this.severity];
}

export class MedicationRows extends SpanRows {
  readonly reason = new Int32Column();
  /** The number of a prescription of the compiled modules, -1 for none. */
  readonly prescription = new Int32Column();
  /** 1 or 0. */
  readonly chronic = new Int32Column();
  readonly administered = new Int32Column();
  readonly columns = [
    ...[this.encounter, this.start, this.stop, this.codes, this.reason],
    ...[this.prescription, this.chronic, this.administered],
  ];
}

export class CarePlanRows extends SpanRows {
  readonly reason = new Int32Column();
  /** The number of a list of codes. */
  readonly activities = new Int32Column();
  readonly columns = [this.encounter, this.start, this.stop, this.codes, this.reason, this.activities];
}

export class ProcedureRows extends SpanRows {
  readonly reason = new Int32Column();
  readonly columns = [this.encounter, this.start, this.stop, this.codes, this.reason];
}

/** What `ObservationRows.kind` says of the value. */
export const observationKinds = { none: 0, number: 1, code: 2, text: 3, group: 4 } as const;

export class ObservationRows extends EventRows {
  /** `Names.words`. */
  readonly category = new Int32Column();
  readonly unit = new Int32Column();
  /** One of {@link observationKinds}. */
  readonly kind = new Int32Column();
  readonly number = new Float64Column();
  /** The number of a code, -1 for none. */
  readonly code = new Int32Column();
  readonly text = new TextColumn();
  /** The row of the observation it is a component of, -1 for none. */
  readonly parent = new Int32Column();
  /** The row of `reports` that refers to it, -1 for none. */
  readonly report = new Int32Column();
  readonly columns = [
    ...[this.encounter, this.start, this.codes, this.category, this.unit, this.kind],
    ...[this.number, this.code, this.text, this.parent, this.report],
  ];
}

export class ReportRows extends EventRows {
  readonly columns = [this.encounter, this.start, this.codes];
}

export class ImagingStudyRows extends EventRows {
  /** The row of `procedures` that stands for the examination. */
  readonly procedure = new Int32Column();
  readonly columns = [this.encounter, this.start, this.codes, this.procedure];
}

export class ImagingInstanceRows extends Rows {
  /** A row of `imagingStudies`. */
  readonly study = new Int32Column();
  /** From 1 within its study. */
  readonly series = new Int32Column();
  /** Numbers of codes. */
  readonly bodySite = new Int32Column();
  readonly modality = new Int32Column();
  readonly sopClass = new Int32Column();
  /** `Names.words`. */
  readonly title = new Int32Column();
  readonly columns = [this.study, this.series, this.bodySite, this.modality, this.sopClass, this.title];
}

export class DeviceRows extends SpanRows {
  /** `Names.words`. */
  readonly manufacturer = new Int32Column();
  readonly model = new Int32Column();
  readonly columns = [this.encounter, this.start, this.stop, this.codes, this.manufacturer, this.model];
}

export class SupplyRows extends EventRows {
  readonly quantity = new Int32Column();
  readonly columns = [this.encounter, this.start, this.codes, this.quantity];
}

export class ImmunizationRows extends EventRows {
  /** The dose of its series, from 1; 0 where no series is kept. */
  readonly dose = new Int32Column();
  readonly columns = [this.encounter, this.start, this.codes, this.dose];
}
