/** What is typed in a form that writes, as operations of a batch. */
import { referenceOf } from './entry-choose.js';

/**
 * The operations of a form, what others refer to first, each with its fields and the pointer `at` before their names.
 * With `claim` who says it is added to that claim, in place of a new one.
 */
export function operationsOf(form, claim) {
  const all = [...form.querySelectorAll('[data-operation]')].map(operationOf);
  return inOrder(claim === undefined ? all : all.flatMap((one) => attached(one, claim)));
}

function operationOf(group) {
  const { operation: type, id, local } = group.dataset;
  const { version } = group.closest('form').dataset;
  const operation =
    id === undefined ? { method: 'POST', type } : { method: 'PATCH', type, id, if_match: version };
  if (local !== undefined) operation.local_id = local;
  const body = {};
  const fields = fieldsOf(group);
  for (const field of fields) {
    const value = typedIn(field);
    if (!field.name.startsWith('/')) {
      if (value !== undefined) operation[field.name] = value;
    } else if (value !== undefined) put(body, field.name, value);
    // Of what is stored already, an empty field is one that was emptied.
    else if (id !== undefined) put(body, field.name, null);
    else keepPlace(body, field.name);
  }
  operation.body = body;
  return { operation, fields, group, at: '' };
}

/** The fields of an operation, without those of others inside of it and those that are not shown. */
const fieldsOf = (group) =>
  [...group.querySelectorAll('[name]')].filter(
    (field) => field.closest('[data-operation]') === group && !field.closest('[hidden]'),
  );

/** What a field has to say; undefined where that is nothing. What cannot be read goes as it is, for the API to refuse. */
function typedIn(field) {
  const { as, choose } = field.dataset;
  if (as === 'flag') return field.checked || undefined;
  if (as === 'item') return field.checked ? [field.value] : undefined;
  const text = choose ? referenceOf(field) : field.value;
  if (text === '') return undefined;
  if (as === 'list') return text.split(/[\s,]+/).filter((word) => word !== '');
  if (as === 'number') return text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text);
  return text;
}

/** The place behind a pointer; members on the way are made. */
function placeOf(body, pointer) {
  const names = pointer.slice(1).split('/');
  const last = names.pop();
  let at = body;
  names.forEach((name, i) => {
    at[name] ??= /^\d+$/.test(names[i + 1] ?? last) ? [] : {};
    at = at[name];
  });
  return [at, last];
}

function put(body, pointer, value) {
  const [at, last] = placeOf(body, pointer);
  if (Array.isArray(value)) at[last] = [...(at[last] ?? []), ...value];
  else at[last] = value;
}

/** A row in which nothing was written is one all the same: what is missing in it is told at its place. */
function keepPlace(body, pointer) {
  const [, row, member] = /^(.*\/\d+)(\/.*)?$/.exec(pointer) ?? [];
  if (row === undefined) return;
  const [at, last] = placeOf(body, row);
  at[last] ??= member === undefined ? null : {};
}

/** Who says the claim, each as an operation of its own. */
function attached(one, claim) {
  if (one.operation.type !== 'claim') return [one];
  return (one.operation.body.attributions ?? []).map(({ local_id, ...body }, i) => ({
    operation: { method: 'POST', type: 'attribution', local_id, body: { claim, ...body } },
    fields: one.fields,
    at: `/attributions/${i}`,
  }));
}

/** Each behind those that it refers to, new parties and sources before all others. */
function inOrder(operations) {
  const sorted = new Set();
  const under = new Set();
  const byName = new Map(operations.map((one) => [`@${one.operation.local_id}`, one]));
  const visit = (one) => {
    if (under.has(one)) return;
    under.add(one);
    for (const [, name] of JSON.stringify(one.operation.body).matchAll(/"(@[\w-]+)"/g)) {
      if (byName.has(name)) visit(byName.get(name));
    }
    sorted.add(one);
  };
  operations.filter(({ group }) => group?.dataset.local !== undefined).forEach(visit);
  operations.forEach(visit);
  return [...sorted];
}
