import { type IncidentRecord, refuseIncidentCommand, refusePolicyChange } from './incident.rules.js';
import { type IncidentCommand, incidentStates, incidentTarget } from './incident.state.js';

const anIncident = (state: IncidentRecord['state']): IncidentRecord => ({
  state,
  reportedById: 'rae',
  dismissedById: ['FALSE_ALARM', 'REPORTED', 'CONTAINED'].includes(state) ? 'ida' : null,
  confirmedById: state === 'CONFIRMED' ? 'ida' : null,
  involvedIds: ['ann', 'otto', 'eva', 'ina'],
});

describe('an incident', () => {
  it.each<[IncidentCommand, string, IncidentRecord['state'], string | undefined]>([
    ['triage', 'ivo', 'REPORTED', undefined],
    ['triage', 'rae', 'REPORTED', 'OWN_REPORT'],
    ['triage', 'ina', 'REPORTED', 'HAD_A_PART'],
    ['triage', 'ivo', 'TRIAGED', 'WRONG_STATE'],
    ['dismiss', 'rae', 'TRIAGED', 'OWN_REPORT'],
    ['dismiss', 'otto', 'CONTAINED', 'HAD_A_PART'],
    ['dismiss', 'ivo', 'CONTAINED', undefined],
    ['close', 'rae', 'CONFIRMED', 'OWN_REPORT'],
    ['close', 'eva', 'FALSE_ALARM', 'HAD_A_PART'],
    ['close', 'ivo', 'FALSE_ALARM', undefined],
    ['close', 'ida', 'FALSE_ALARM', 'ALREADY_DECIDED'],
    ['close', 'ida', 'CONFIRMED', 'ALREADY_DECIDED'],
    ['triage', 'ida', 'REPORTED', undefined],
    ['dismiss', 'ida', 'CONTAINED', undefined],
    ['contain', 'ina', 'TRIAGED', undefined],
    ['confirm', 'rae', 'TRIAGED', undefined],
  ])('%s by %s of one that is %s: %s', (command, personId, state, code) => {
    expect(refuseIncidentCommand(command, anIncident(state), personId)?.code).toBe(code);
  });

  it('is never ended by its reporter or by anybody with a part in the release, along whatever way', () => {
    const barred = ['rae', 'ann', 'otto', 'eva', 'ina'];
    for (const personId of barred) {
      const ends = incidentStates.filter(
        (state) =>
          incidentTarget('close', state) &&
          refuseIncidentCommand('close', anIncident(state), personId) === null,
      );
      expect(ends).toEqual([]);
    }
  });
});

describe('the link to a change of the policy', () => {
  it.each<[IncidentCommand, string | null, string | undefined]>([
    ['confirm', null, undefined],
    ['close', null, undefined],
    ['close', 'https://hospital.example/policies/7', undefined],
    ['close', 'c0ffee00'.repeat(8), undefined],
    ['dismiss', 'https://hospital.example/policies/7', 'INCOMPLETE'],
    ['close', 'http://hospital.example/policies/7', 'INCOMPLETE'],
    ['close', 'javascript:alert(1)', 'INCOMPLETE'],
    ['close', 'https:// nowhere', 'INCOMPLETE'],
    ['close', `https://hospital.example/${'x'.repeat(500)}`, 'INCOMPLETE'],
    ['close', '', 'INCOMPLETE'],
  ])('%s with %s: %s', (command, link, code) => {
    expect(refusePolicyChange(command, link)?.code).toBe(code);
  });
});
