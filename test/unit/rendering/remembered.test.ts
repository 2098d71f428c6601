import { describe, expect, it } from 'vitest';
import { explanationText } from '../../../src/provenance/explanation-task.js';
import { rehearsed } from '../../../src/rendering/rehearsal.js';
import { remembering } from '../../../src/rendering/remembered.js';
import type { ProvenanceTask } from '../../../src/rendering/worker.js';

const task = rehearsed();
/** As rows of another read come: equal, but not the same objects. */
const again = (): typeof task => structuredClone(task);

function counted(answer: (n: number) => Promise<string> = async (n) => `answer ${n}`) {
  const calls: ProvenanceTask[] = [];
  const workOut = remembering((asked) => answer(calls.push(asked)));
  return { calls, workOut };
}

describe('an answer', () => {
  it('is worked out once from equal rows, also when asked for at the same time', async () => {
    const { calls, workOut } = counted();
    expect(await Promise.all([workOut(task), workOut(again())])).toEqual(['answer 1', 'answer 1']);
    expect(await workOut(again())).toBe('answer 1');
    expect(calls).toHaveLength(1);
  });

  it('is another one after any change to what it follows from', async () => {
    const { calls, workOut } = counted();
    await workOut(task);
    const { rows, claim } = task;
    const [first] = rows.attributions as [(typeof rows.attributions)[number]];
    const changed: ProvenanceTask[] = [
      { ...again(), claim: { ...claim, name: 'Something else was said.' } },
      {
        ...again(),
        rows: { ...rows, attributions: [{ ...first, rows: first.rows.replace('asserts', 'reports') }] },
      },
      {
        ...again(),
        rows: { ...rows, attributions: [{ ...first, rows: first.rows.replace('"said-1"]', '"said-0"]') }] },
      },
      { ...again(), rows: { ...rows, parties: [rows.parties[0]!.replace('Outlet', 'Newsroom')] } },
      { ...again(), rows: { ...rows, derivations: ['a b'] } },
      { kind: 'falls', rows, falling: { party: 'outlet' } },
    ];
    for (const [i, other] of changed.entries()) expect(await workOut(other)).toBe(`answer ${i + 2}`);
    expect(calls).toHaveLength(1 + changed.length);
  });

  it('that failed is worked out again', async () => {
    const { workOut } = counted(async (n) => {
      if (n === 1) throw new Error('No worker.');
      return 'answer';
    });
    await expect(workOut(task)).rejects.toThrow('No worker.');
    expect(await workOut(again())).toBe('answer');
  });
});

describe('the rehearsal', () => {
  it('is a claim with long chains', () => {
    const { standing, paths } = JSON.parse(explanationText(task));
    expect(standing).toMatchObject({ support: 'single_origin', asserting: 1, reporting: 1 });
    expect(paths[0]).toHaveLength(30);
  });
});
