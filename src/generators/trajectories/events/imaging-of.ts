import type { ImagingStudyEvent } from '../../../core/events/patient-event.js';
import { studyUid } from '../output/invented-identifiers.js';
import { baseOf, fromRows, type EventContext } from './event-context.js';

type Series = ImagingStudyEvent['series'][number];
type Instance = Series['instances'][number];

export function imagingStudiesOf(context: EventContext): ImagingStudyEvent[] {
  const { patient, window, key } = context;
  const { imagingStudies: rows } = patient.record;
  const series = seriesByStudy(context);
  return fromRows(
    rows.count,
    (row) => window.hasMoment(rows.start.at(row)),
    (row) => {
      const procedure = rows.procedure.at(row);
      return {
        ...baseOf(context, 'imaging-study', rows, row),
        ...(procedure >= 0 && { procedure: key('procedure', procedure) }),
        uid: studyUid(patient, row),
        series: [...(series.get(row)?.values() ?? [])],
      };
    },
  );
}

/** The series of each study by their numbers. Instances are numbered through a study, as in the CSV layout. */
function seriesByStudy({ patient, coder }: EventContext): ReadonlyMap<number, ReadonlyMap<number, Series>> {
  const { imagingInstances: rows } = patient.record;
  const studies = new Map<number, Map<number, Series & { readonly instances: Instance[] }>>();
  const counts = new Map<number, number>();
  for (let row = 0; row < rows.count; row += 1) {
    const [study, number] = [rows.study.at(row), rows.series.at(row)];
    const members = studies.get(study) ?? new Map<number, Series & { readonly instances: Instance[] }>();
    studies.set(study, members);
    const uid = `${studyUid(patient, study)}.${number}`;
    const series = members.get(number) ?? {
      ...{ uid, bodySite: coder.code(rows.bodySite.at(row)), modality: coder.code(rows.modality.at(row)) },
      instances: [],
    };
    members.set(number, series);
    const count = (counts.get(study) ?? 0) + 1;
    counts.set(study, count);
    const title = coder.word(rows.title.at(row));
    series.instances.push({
      ...{ uid: `${uid}.${count}`, sopClass: coder.code(rows.sopClass.at(row)) },
      ...(title !== undefined && { title }),
    });
  }
  return studies;
}
