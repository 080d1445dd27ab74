export { Actor } from './actor.js';
export { Caller } from './caller.js';
export { demoPassword, demoPeople } from './demo-people.js';
export { IdentityModule } from './identity.module.js';
export { Person } from './person.entity.js';
export { PeopleService } from './people.service.js';
