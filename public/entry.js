/**
 * Sends the forms that write. Each `data-operation` becomes an operation of one batch, each field the member that its
 * name points to, so that errors of the API are shown beside the fields that they are about.
 */
import './entry-chain.js';
import './entry-value.js';
import { showConflict, showDoubts } from './entry-checks.js';
import { clearAll, clearFault, errorsIn, faultsIn, say, showFault, showFaults } from './entry-faults.js';
import { operationsOf } from './entry-operations.js';
import { forgetKey, hasKey, keepKey, request } from './key.js';

async function send(path, body, headers = {}) {
  const answer = await request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: answer.status, json: await answer.json() };
}

const batch = (operations, more, headers) =>
  send('/v1/batch', { ...more, operations: operations.map(({ operation }) => operation) }, headers);

const keyOf = (form) => form.querySelector('[data-entry-key]');

/** Takes the key that was typed. Without any, it is asked for. */
function takeKey(form) {
  const input = keyOf(form);
  if (input.value.trim() !== '') keepKey(input.value.trim());
  if (hasKey()) return true;
  refuseKey(form, 'Storing needs an API key. Write yours.');
  keyOf(form).focus();
  return false;
}

/** What was typed stays: one wrong letter is mended more easily than all of them. */
function refuseKey(form, why) {
  const input = keyOf(form);
  forgetKey();
  clearFault(input);
  showFault(input, why);
  say(form, why);
}

/** Why a key is refused; undefined where it is not. */
function keyFault({ status, json }) {
  if (status === 401) return 'The service does not know this key. Write one that it knows.';
  const forbidden = errorsIn(json).find(({ code }) => code === 'forbidden');
  return forbidden && `This key may not do that. ${forbidden.detail}`;
}

/** Whether the answer lets the form go on. */
async function passes(form, answer, operations) {
  const refused = keyFault(answer);
  if (refused) {
    refuseKey(form, refused);
    keyOf(form).focus();
  } else if ([answer, ...(answer.json.items ?? [])].some(({ status }) => status === 412)) {
    await showConflict(form, operations.at(-1).fields);
  } else {
    const faults = faultsIn(answer.json, operations);
    if (faults.length === 0) return true;
    showFaults(form, faults);
  }
  return false;
}

/** One attempt has one name, also when no answer came and it is sent again: it is stored once. */
async function sendOnce(form, sent) {
  form.dataset.attempt ??= `${Date.now()}-${Math.random()}`;
  const answer = await sent({ 'idempotency-key': form.dataset.attempt });
  delete form.dataset.attempt;
  return answer;
}

/**
 * First it is asked what would happen, so that all errors and all that may be the same are told before anything is
 * stored. Gives what was written; null where nothing was.
 */
async function store(form, { anyway, attach }) {
  const operations = operationsOf(form, attach);
  const isMeant = anyway !== undefined;
  if (form.dataset.post) {
    const [{ operation }] = operations;
    const post = (more, headers) => {
      const match = { ...headers, 'if-match': `"${form.dataset.version}"` };
      return send(form.dataset.post, { ...operation.body, ...more }, match);
    };
    const tried = await post({ dry_run: true });
    if (!(await passes(form, tried, operations))) return null;
    if (!isMeant && showDoubts(form, { items: [tried.json] }, operations)) return null;
    const answer = await sendOnce(form, (headers) => post({}, headers));
    return (await passes(form, answer, operations)) ? answer.json.into : null;
  }
  const tried = await batch(operations, { dry_run: true });
  if (!(await passes(form, tried, operations))) return null;
  if (!isMeant && showDoubts(form, tried.json, operations)) return null;
  const stored = await sendOnce(form, (headers) =>
    batch(operations, isMeant ? {} : { if_similar: 'reject' }, headers),
  );
  if (!(await passes(form, stored, operations))) return null;
  return attach === undefined ? stored.json.items.at(-1) : { id: attach };
}

document.addEventListener('submit', async (event) => {
  const form = event.target;
  if (form.dataset.entry === undefined) return;
  event.preventDefault();
  if (form.ariaBusy === 'true') return;
  const meant = { ...event.submitter?.dataset };
  clearAll(form);
  if (!takeKey(form)) return;
  if (meant.over !== undefined) form.dataset.version = meant.over;
  form.ariaBusy = 'true';
  say(form, 'Storing…');
  try {
    const written = await store(form, meant);
    if (!written) return;
    say(form, 'Stored.');
    delete form.dataset.typed;
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
  const { form } = field;
  if (form?.dataset.entry === undefined) return;
  if (field.ariaInvalid === 'true') clearFault(field);
  if (field === keyOf(form)) return;
  form.dataset.typed = '';
  delete form.dataset.attempt;
  // What was found was of the words before.
  form.querySelector('[data-similar]').replaceChildren();
  if (form.ariaBusy !== 'true') say(form, '');
});

/** A key is tried as soon as it was typed, so that it is not refused after a long form. */
async function checkKey(form, typed) {
  keepKey(typed);
  const answer = await batch(operationsOf(form), { dry_run: true }).catch(() => null);
  if (keyOf(form).value.trim() !== typed) return;
  const refused = answer && keyFault(answer);
  if (refused) refuseKey(form, refused);
}

/** A date is checked as soon as it was typed, where there is a key to ask with. */
async function checkDate(form, field) {
  const typed = field.value;
  const operations = operationsOf(form);
  const answer = await batch(operations, { dry_run: true }).catch(() => null);
  if (!answer || keyFault(answer) || field.value !== typed) return;
  clearFault(field);
  const fault = faultsIn(answer.json, operations).find((fault) => fault.field === field);
  if (fault) showFault(field, fault.detail);
}

document.addEventListener('change', ({ target: field }) => {
  const { form } = field;
  if (form?.dataset.entry === undefined || field.value.trim() === '') return;
  if (field === keyOf(form)) void checkKey(form, field.value.trim());
  else if (field.dataset.check !== undefined && hasKey()) void checkDate(form, field);
});

// Nobody loses a long form by a link that was touched.
window.addEventListener('beforeunload', (event) => {
  if (document.querySelector('form[data-typed]')) event.preventDefault();
});

function isChanged(field) {
  if (field.type === 'checkbox' || field.type === 'radio') return field.checked !== field.defaultChecked;
  if (!field.options) return field.value !== field.defaultValue;
  // A list of which no option is marked begins with its first.
  const marked = [...field.options].findIndex(({ defaultSelected }) => defaultSelected);
  return field.selectedIndex !== Math.max(0, marked);
}

/** Makes a form ready. What was typed while this script was on its way is treated as what is typed from now on. */
export function start(form) {
  for (const field of form.querySelectorAll('input:not([type=hidden]), textarea, select')) {
    if (!isChanged(field)) continue;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    if (field !== document.activeElement) field.dispatchEvent(new Event('change', { bubbles: true }));
  }
  form.ariaBusy = 'false';
}
