import { defineWalks } from './governance-walks.js';

defineWalks('one', 1);
