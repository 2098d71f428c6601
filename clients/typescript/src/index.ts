export { type Attested, type AttestedOptions, createAttested, ifMatch } from './client.js';
export type { FollowOptions, RecordedChange } from './feed.js';
export { type Problem, ProblemError } from './problem.js';
export type { components, operations, paths } from './schema.js';
