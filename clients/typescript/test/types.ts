import { createAttested, ifMatch } from '../src/index.js';

/** What the types let through and what they refuse; compiled, never run. */

const api = createAttested({ baseUrl: '' });

export async function taken() {
  const claim = await api.GET('/v1/claims/{id}', {
    params: { path: { id: 'x' }, query: { include: 'source' } },
  });
  const names: string[] = claim.attributions.map(({ party }) => party.name);
  if (claim.value.type === 'quantity') names.push(claim.value.unit ?? '');
  await api.PATCH('/v1/claims/{id}', {
    params: { path: { id: claim.id }, header: ifMatch(claim) },
    body: { text: 'x', value: { type: 'text', text: 'y' } },
  });
  for await (const party of api.items('/v1/parties', { params: { query: { unnamed: true } } }))
    names.push(party.name);
  for await (const page of api.pages('/v1/conflicts')) names.push(page.items[0]?.kind ?? '');
  for await (const change of api.follow({ type: 'claim' }))
    if (change.type === 'claim') names.push(change.id);
}

export async function refused() {
  // @ts-expect-error no such kind
  await api.POST('/v1/parties', { body: { kind: 'army', name: 'x' } });
  // @ts-expect-error the name is missing
  await api.POST('/v1/parties', { body: { kind: 'other' } });
  // @ts-expect-error only answers have a version
  await api.POST('/v1/parties', { body: { kind: 'other', name: 'x', version: 1 } });
  // @ts-expect-error in input a reference is a string
  await api.POST('/v1/claims', { body: { text: 'x', subject: { id: 'a', key: null, name: 'b' } } });
  // @ts-expect-error numbers are decimal strings
  await api.POST('/v1/claims', { body: { text: 'x', value: { type: 'quantity', value: 5 } } });
  // @ts-expect-error a member of another type of value
  await api.POST('/v1/claims', { body: { text: 'x', value: { type: 'none', currency: 'AFN' } } });
  // @ts-expect-error no such filter
  await api.GET('/v1/claims', { params: { query: { stances: 'denies' } } });
  // @ts-expect-error the id is missing
  await api.GET('/v1/claims/{id}', {});
  // @ts-expect-error no such address
  await api.GET('/v1/nothing');
  // @ts-expect-error not a list
  api.items('/v1/me');
  // @ts-expect-error a patch needs the version that was read
  await api.PATCH('/v1/claims/{id}', { params: { path: { id: 'x' } }, body: { text: 'x' } });
}
