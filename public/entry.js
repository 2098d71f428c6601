/**
 * Sends the forms that write. Each `data-operation` becomes an operation of one batch, each field the member that its
 * name points to, so that errors of the API are shown beside the fields that they are about.
 */
import { referenceOf } from './choose.js';
import { forgetKey, hasKey, keepKey, request } from './key.js';

const ORDER = ['party', 'source', 'claim', 'attribution', 'assessment'];
const plurals = { party: 'parties', source: 'sources', claim: 'claims' };

/** The operations of a form with their fields, what others refer to first. */
function operationsOf(form) {
  const operations = [...form.querySelectorAll('[data-operation]')].map(operationOf);
  const rank = ({ operation }) => ORDER.indexOf(operation.type);
  return operations.sort((a, b) => rank(a) - rank(b));
}

function operationOf(group) {
  const { operation: type, id, version, local } = group.dataset;
  const operation =
    id === undefined ? { method: 'POST', type } : { method: 'PATCH', type, id, if_match: version };
  if (local !== undefined) operation.local_id = local;
  const body = {};
  const fields = fieldsOf(group);
  for (const field of fields) {
    const text = field.dataset.choose ? referenceOf(field) : field.value;
    if (!field.name.startsWith('/')) {
      if (text !== '') operation[field.name] = text;
    } else if (text !== '') put(body, field.name, field.dataset.as === 'number' ? Number(text) : text);
    // Of what is stored already, an empty field is one that was emptied.
    else if (id !== undefined) put(body, field.name, null);
  }
  operation.body = body;
  return { operation, fields };
}

/** The fields of an operation, without those of others inside of it and those that are not shown. */
const fieldsOf = (group) =>
  [...group.querySelectorAll('[name]')].filter(
    (field) => field.closest('[data-operation]') === group && !field.closest('[hidden]'),
  );

function put(body, pointer, value) {
  const names = pointer.slice(1).split('/');
  const last = names.pop();
  let at = body;
  names.forEach((name, i) => {
    at[name] ??= /^\d+$/.test(names[i + 1] ?? last) ? [] : {};
    at = at[name];
  });
  at[last] = value;
}

async function send(path, body, headers = {}) {
  const answer = await request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: answer.status, ok: answer.ok, json: await answer.json() };
}

const batch = (operations, more) =>
  send('/v1/batch', { ...more, operations: operations.map(({ operation }) => operation) });

/** The errors of an answer: of each operation that was tried, or of the whole. */
function errorsIn({ items, errors = [], code, detail }) {
  if (items) return items.flatMap(({ problem }) => problem?.errors ?? []);
  return errors.length > 0 || code === undefined ? errors : [{ code, detail }];
}

/** They, each with the field that it is about; null where it is about no field. */
function faultsIn({ json }, operations) {
  return errorsIn(json)
    .filter(({ code }) => code !== 'failed_reference')
    .map(({ pointer = '', detail }) => {
      const [, i, inBatch] = /^\/operations\/(\d+)\/body(.*)$/.exec(pointer) ?? [];
      const { fields } = operations[i ?? operations.length - 1];
      const member = inBatch ?? pointer;
      const isAbout = ({ name, type }) =>
        type !== 'hidden' &&
        member !== '' &&
        (name === member || name.startsWith(`${member}/`) || member.startsWith(`${name}/`));
      const field = fields.find(({ name }) => name === member) ?? fields.find(isAbout) ?? null;
      return { field: field?.type === 'hidden' ? null : field, detail };
    });
}

let errors = 0;

function showFault(field, detail) {
  errors += 1;
  const told = document.createElement('p');
  told.id = `error-${errors}`;
  told.className = 'error';
  told.textContent = detail;
  const [, offered] = /\bwrite (\d[\dX~?%/.-]*)$/.exec(detail) ?? [];
  if (field.dataset.check !== undefined && offered) {
    const use = document.createElement('button');
    use.type = 'button';
    use.className = 'quiet';
    use.textContent = `Use ${offered}`;
    use.addEventListener('click', () => {
      field.value = offered;
      clearFault(field);
      field.focus();
    });
    told.append(' ', use);
  }
  field.closest('.field').append(told);
  field.setAttribute('aria-invalid', 'true');
  field.setAttribute('aria-describedby', told.id);
}

function clearFault(field) {
  for (const told of field.closest('.field')?.querySelectorAll('.error') ?? []) told.remove();
  field.removeAttribute('aria-invalid');
  field.removeAttribute('aria-describedby');
}

function clearAll(form) {
  for (const field of form.querySelectorAll('[aria-invalid]')) clearFault(field);
  form.querySelector('[data-faults]').replaceChildren();
  form.querySelector('[data-similar]').replaceChildren();
}

const say = (form, text) => {
  form.querySelector('[data-status]').textContent = text;
};

/** All errors at their fields, the others in a list above the button; the first field is gone to. */
function showFaults(form, faults) {
  const list = form.querySelector('[data-faults]');
  // A date that was checked meanwhile shows its own already.
  for (const { field } of faults) if (field) clearFault(field);
  for (const { field, detail } of faults) {
    if (field) {
      showFault(field, detail);
      continue;
    }
    const item = document.createElement('li');
    item.textContent = detail;
    list.append(item);
  }
  say(
    form,
    faults.length === 1
      ? 'Nothing was stored: see the error.'
      : `Nothing was stored: see the ${faults.length} errors.`,
  );
  const fields = faults.map(({ field }) => field).filter(Boolean);
  const places = [...form.elements];
  fields.sort((a, b) => places.indexOf(a) - places.indexOf(b))[0]?.focus();
}

/** What may be there already, with the way to store it all the same. */
function showSimilar(form, json, operations) {
  const found = json.items.flatMap(({ possible_duplicates = [] }, i) =>
    possible_duplicates.flatMap(({ object, reasons }) =>
      object ? [{ object, why: reasons[0].detail, type: operations[i].operation.type }] : [],
    ),
  );
  if (found.length === 0) return false;
  const box = form.querySelector('[data-similar]');
  const title = document.createElement('h2');
  title.textContent = 'This may be in the register already';
  title.tabIndex = -1;
  const list = document.createElement('ul');
  for (const { object, why, type } of found) {
    const item = document.createElement('li');
    const link = document.createElement('a');
    link.href = `/${plurals[type]}/${object.key ?? object.id}`;
    link.textContent = object.name;
    // What was typed here stays.
    link.target = '_blank';
    link.dataset.plain = '';
    item.append(link, ` (${type}): ${why}`);
    list.append(item);
  }
  const anyway = document.createElement('button');
  anyway.type = 'submit';
  anyway.dataset.anyway = '';
  anyway.textContent = 'Store it all the same';
  box.append(title, list, anyway);
  title.focus();
  say(form, 'Nothing was stored yet: see what may be the same.');
  return true;
}

/** Takes the key that was typed. Without any, it is asked for. */
function takeKey(form) {
  const input = form.querySelector('[data-entry-key]');
  if (input.value.trim() !== '') keepKey(input.value.trim());
  if (hasKey()) return true;
  refuseKey(form, 'Storing needs an API key. Write yours.');
  return false;
}

function refuseKey(form, why) {
  const input = form.querySelector('[data-entry-key]');
  forgetKey();
  input.value = '';
  showFault(input, why);
  say(form, why);
  input.focus();
}

/** Whether the answer lets the form go on. */
function passes(form, answer, operations) {
  const forbidden = errorsIn(answer.json).find(({ code }) => code === 'forbidden');
  if (answer.status === 401) refuseKey(form, 'The service does not know this key. Write one that it knows.');
  else if (forbidden) refuseKey(form, `This key may not do that. ${forbidden.detail}`);
  else {
    const faults = faultsIn(answer, operations);
    if (faults.length === 0) return true;
    showFaults(form, faults);
  }
  return false;
}

/** First it is asked what would happen, so that all errors and all that may be the same are told before anything is stored. */
async function store(form, isMeant) {
  const operations = operationsOf(form);
  if (form.dataset.post) {
    const [{ operation }] = operations;
    const answer = await send(form.dataset.post, operation.body, { 'if-match': form.dataset.ifMatch });
    return passes(form, answer, operations) ? answer.json.into : null;
  }
  const tried = await batch(operations, { dry_run: true });
  if (!passes(form, tried, operations)) return null;
  if (!isMeant && showSimilar(form, tried.json, operations)) return null;
  const stored = await batch(operations, isMeant ? {} : { if_similar: 'reject' });
  return passes(form, stored, operations) ? stored.json.items.at(-1) : null;
}

document.addEventListener('submit', async (event) => {
  const form = event.target;
  if (form.dataset.entry === undefined) return;
  event.preventDefault();
  if (form.ariaBusy === 'true') return;
  clearAll(form);
  clearFault(form.querySelector('[data-entry-key]'));
  if (!takeKey(form)) return;
  form.ariaBusy = 'true';
  say(form, 'Storing…');
  try {
    const written = await store(form, event.submitter?.dataset.anyway !== undefined);
    if (!written) return;
    say(form, 'Stored.');
    const to = form.dataset.then.replace('{id}', written.key ?? written.id);
    if (to.split('#')[0] === location.pathname) location.reload();
    else location.assign(to);
  } catch {
    say(form, 'The service did not answer. What you typed is still here; try again.');
  } finally {
    form.ariaBusy = 'false';
  }
});

// An error goes as its field is written anew: later, when the field is left for a button, that would move away.
document.addEventListener('input', ({ target: field }) => {
  if (field.form?.dataset.entry === undefined) return;
  if (field.ariaInvalid === 'true') clearFault(field);
  // What was found was of the words before.
  field.form.querySelector('[data-similar]').replaceChildren();
});

// A date is checked as soon as it was typed, where there is a key to ask with.
document.addEventListener('change', async (event) => {
  const field = event.target;
  const form = field.form;
  if (form?.dataset.entry === undefined) return;
  if (field.dataset.shows !== undefined) {
    for (const part of form.querySelectorAll('[data-when]')) part.hidden = part.dataset.when !== field.value;
  }
  const typed = field.value;
  const hasTyped = form.querySelector('[data-entry-key]').value.trim() !== '';
  if (field.dataset.check === undefined || typed === '' || !(hasKey() || hasTyped) || !takeKey(form)) return;
  const operations = operationsOf(form);
  const answer = await batch(operations, { dry_run: true }).catch(() => null);
  if (!answer || answer.status === 401 || field.value !== typed) return;
  clearFault(field);
  const fault = faultsIn(answer, operations).find((fault) => fault.field === field);
  if (fault) showFault(field, fault.detail);
});
