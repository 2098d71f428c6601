/**
 * Suggestions while somebody types, from `/v1/suggest`: a combobox as ARIA describes it. In the search they lead to an
 * object, in a form of filters they stand for its key. Without it the form just searches.
 */
import { request } from './key.js';

const paths = { party: '/parties/', source: '/sources/', predicate: '/predicates/', claim: '/claims/' };
const WAIT_MS = 150;
let timer;
let latest = 0;

const listOf = (input) => document.getElementById(`${input.name}-suggestions`);

function close(input) {
  listOf(input)?.remove();
  input.setAttribute('aria-expanded', 'false');
  input.removeAttribute('aria-activedescendant');
}

/** Closes the list for good: what was asked for until now does not open it any more. */
function dismiss(input) {
  clearTimeout(timer);
  latest += 1;
  close(input);
}

function open(input, items) {
  close(input);
  if (items.length === 0) return;
  const list = document.createElement('ul');
  list.id = `${input.name}-suggestions`;
  list.className = 'suggestions';
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', 'Suggestions');
  items.forEach(({ type, object }, i) => {
    const item = document.createElement('li');
    item.id = `${list.id}-${i}`;
    item.setAttribute('role', 'option');
    item.setAttribute('aria-selected', 'false');
    const reference = object.key ?? object.id;
    if (input.dataset.type) item.dataset.value = reference;
    else item.dataset.href = paths[type] + reference + momentOf(input);
    const name = document.createElement('bdi');
    name.textContent = object.name;
    const kind = document.createElement('small');
    kind.textContent = ` ${input.dataset.type ? reference : type}`;
    item.append(name, kind);
    list.append(item);
  });
  // In a label it would be read as a part of the name of the field.
  (input.closest('label') ?? input).after(list);
  input.setAttribute('role', 'combobox');
  input.setAttribute('aria-autocomplete', 'list');
  input.setAttribute('aria-controls', list.id);
  input.setAttribute('aria-expanded', 'true');
}

/** The moment that the page shows, which every link leads on to. */
function momentOf(input) {
  const fields = new FormData(input.form);
  const moment = new URLSearchParams();
  for (const name of ['as_of', 'known_by']) if (fields.get(name)) moment.set(name, fields.get(name));
  return moment.size > 0 ? `?${moment}` : '';
}

async function suggest(input) {
  const q = input.value.trim();
  latest += 1;
  const mine = latest;
  if (q.length < 2) return close(input);
  const asked = new URLSearchParams({ q, limit: '8' });
  if (input.dataset.type) asked.set('type', input.dataset.type);
  const asOf = new FormData(input.form).get('as_of');
  if (asOf) asked.set('as_of', asOf);
  const items = await itemsOf(`${input.dataset.suggest}?${asked}`).catch(() => []);
  if (mine === latest && document.activeElement === input) open(input, items);
}

async function itemsOf(address) {
  const answer = await request(address);
  return answer.ok ? (await answer.json()).items : [];
}

function move(input, step) {
  const options = [...(listOf(input)?.children ?? [])];
  if (options.length === 0) return;
  const at = options.findIndex((option) => option.getAttribute('aria-selected') === 'true');
  const next = options[(at + step + options.length + (at < 0 && step < 0 ? 1 : 0)) % options.length];
  for (const option of options) option.setAttribute('aria-selected', String(option === next));
  input.setAttribute('aria-activedescendant', next.id);
}

/** Leads to what was chosen or, in a form of filters, takes it. */
function take(input, option) {
  if (input.dataset.type) {
    input.value = option.dataset.value;
    return dismiss(input);
  }
  const link = document.createElement('a');
  link.href = option.dataset.href;
  document.body.append(link);
  link.click();
  link.remove();
}

const inputAt = (event) => event.target.closest?.('input[data-suggest]');

document.addEventListener('input', (event) => {
  const input = inputAt(event);
  if (!input) return;
  clearTimeout(timer);
  timer = setTimeout(() => suggest(input), WAIT_MS);
});

document.addEventListener('keydown', (event) => {
  const input = inputAt(event);
  if (!input || !listOf(input)) return;
  if (event.key === 'Escape') {
    // Else it would empty the field as well.
    event.preventDefault();
    dismiss(input);
  } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    move(input, event.key === 'ArrowDown' ? 1 : -1);
  } else if (event.key === 'Enter') {
    const chosen = listOf(input).querySelector('[aria-selected="true"]');
    if (!chosen) return;
    event.preventDefault();
    take(input, chosen);
  }
});

document.addEventListener('mousedown', (event) => {
  const option = event.target.closest?.('.suggestions [role="option"]');
  if (option) {
    event.preventDefault();
    take(document.querySelector(`[aria-controls="${option.parentElement.id}"]`), option);
  }
});

document.addEventListener('focusout', (event) => {
  const input = inputAt(event);
  if (input) dismiss(input);
});

// What somebody typed while this script was on its way gets its suggestions, too.
const typed = document.activeElement;
if (typed?.matches('input[data-suggest]') && typed.value !== typed.defaultValue) void suggest(typed);
