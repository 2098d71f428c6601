import type { components } from './schema.js';

export type Problem = components['schemas']['Problem'];

/** An answer that is no success. What is not known about it is null, as behind a proxy that answers with a page. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(
    readonly status: number,
    /** What the register answered: `code` tells problems apart, `errors` names the places. */
    readonly problem: Problem | null,
    readonly response: Response,
  ) {
    super(problem ? `${problem.code}: ${problem.detail}` : `${response.url} answered ${status}`);
  }

  /** `not_found`, `precondition_failed`, …; the list is at `/problems`. */
  get code(): string | null {
    return this.problem?.code ?? null;
  }
}

export async function problemOf(response: Response): Promise<ProblemError> {
  const isProblem = /^application\/problem\+json\b/.test(response.headers.get('content-type') ?? '');
  const problem = isProblem ? await response.json().catch(() => null) : null;
  return new ProblemError(response.status, problem as Problem | null, response);
}
