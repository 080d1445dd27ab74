import { defineWalks } from './governance-walks.js';

defineWalks('two', 2);
