/** Known to everybody who reads this line: demo mode listens on this machine only, and production refuses to start. */
export const demoPassword = 'picketfence-demo';

const person = (email: string, name: string, role: string): DemoPerson => ({
  email: `${email}@demo.example`,
  name,
  role,
});

export interface DemoPerson {
  readonly email: string;
  readonly name: string;
  readonly role: string;
}

export const demoPeople: readonly DemoPerson[] = [
  person('custodian', 'Carla Custodian', 'custodian'),
  person('researcher', 'Ravi Researcher', 'researcher'),
  person('outsider', 'Olga Outsider', 'researcher'),
  person('operator', 'Otto Operator', 'operator'),
  person('evaluator', 'Eva Evaluator', 'evaluator'),
  person('approver', 'Ina Approver', 'ig-approver'),
  person('auditor', 'Aziz Auditor', 'auditor'),
];
