import type { Frame } from '../../engine/machine.js';
import type { Fields } from '../../library/fields.js';
import { writeProcedure } from '../../record/write-entries.js';
import type { Scope, StateCompiler } from '../scope.js';
import { readCode } from '../values/read-codes.js';
import { wordOf } from './orders.js';

const halfAnHour = 30 * 60_000;

interface Instance {
  readonly title: number;
  readonly sopClass: number;
}

interface Series {
  readonly bodySite: number;
  readonly modality: number;
  readonly instances: readonly Instance[];
  readonly count: Count;
}

/** How many: null where the file lists them one by one. */
type Count = { readonly min: number; readonly max: number } | null;

/** A study with its series and instances, and a procedure of half an hour that stands for the examination. */
export const imagingStudyState: StateCompiler = (fields, scope) => {
  const { names } = scope;
  const state = names.states.id(fields.place.state ?? '');
  const codes = names.codes.list([readCode(fields.child('procedure_code'))]);
  const listed = fields.children('series').map((series) => readSeries(series, scope));
  const count = readCount(fields, 'min_number_series', 'max_number_series');
  return {
    act: (frame, time) => {
      const chosen = repeat(listed, count, frame);
      const drawn = chosen.map((series) => repeat(series.instances, series.count, frame));
      const { record } = frame.person;
      const study = record.buffers.imagingStudies.count;
      chosen.forEach((series, index) => {
        for (const instance of drawn[index] ?? []) pushInstance(frame, { study, index, series, instance });
      });
      const procedure = writeProcedure(record, { time, codes, reason: -1, stop: time + halfAnHour });
      procedure.state = state;
      const rows = record.buffers.imagingStudies;
      rows.encounter.push(record.encounters.at(time));
      rows.start.push(time);
      rows.codes.push(codes);
      rows.procedure.push(procedure.row);
      return time;
    },
  };
};

function readSeries(fields: Fields, { names }: Scope): Series {
  return {
    bodySite: names.codes.code(readCode(fields.child('body_site'))),
    modality: names.codes.code(readCode(fields.child('modality'))),
    instances: fields.children('instances').map((instance) => ({
      title: wordOf(instance, 'title', names),
      sopClass: names.codes.code(readCode(instance.child('sop_class'))),
    })),
    count: readCount(fields, 'min_number_instances', 'max_number_instances'),
  };
}

function readCount(fields: Fields, minName: string, maxName: string): Count {
  const min = fields.optionalNumber(minName) ?? 0;
  const max = fields.optionalNumber(maxName) ?? 0;
  return min > 0 && max >= min ? { min, max } : null;
}

/** The list as it is, or its first item a number of times, drawn uniformly. */
function repeat<Item>(list: readonly Item[], count: Count, { stream }: Frame): readonly Item[] {
  const [first] = list;
  if (count === null || first === undefined) return list;
  const times = count.min + Math.floor(stream.uniform() * (count.max - count.min + 1));
  return Array.from({ length: times }, () => first);
}

function pushInstance(
  { person }: Frame,
  { study, index, series, instance }: { study: number; index: number; series: Series; instance: Instance },
): void {
  const rows = person.record.buffers.imagingInstances;
  rows.study.push(study);
  rows.series.push(index + 1);
  rows.bodySite.push(series.bodySite);
  rows.modality.push(series.modality);
  rows.sopClass.push(instance.sopClass);
  rows.title.push(instance.title);
}
