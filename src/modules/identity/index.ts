export { Actor, type HeldDelegation } from './actor.js';
export { Caller } from './caller.js';
export { demoPassword, demoPeople } from './demo-people.js';
export { namesOf } from './names-of.js';
export { IdentityModule } from './identity.module.js';
export { PeopleService } from './people.service.js';
