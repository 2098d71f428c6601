/** Objects of the register, found while their names are typed; parties and sources also entered along as new ones. */
import { copyOf } from './entry-rows.js';
import { request } from './key.js';

const WAIT_MS = 150;
/** What the words of a suggestion stand for, by noun and words. */
const known = new Map();
let timer;

const labelOf = ({ name, key, id }) => `${name} (${key ?? id})`;

/** What is sent for a field: the object that was chosen, else the id or key that was typed. */
export const referenceOf = ({ dataset, value }) =>
  known.get(`${dataset.choose} ${value.trim()}`) ?? value.trim();

/** Fields of a form that stand for an object with this reference. */
const fieldsOf = (form, reference) =>
  [...form.querySelectorAll('[data-choose]')].filter((field) => referenceOf(field) === reference);

function set(field, words, reference) {
  if (reference !== undefined) known.set(`${field.dataset.choose} ${words}`, reference);
  field.value = words;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

function offer(input, labels) {
  input.list.replaceChildren(
    ...labels.map((label) => {
      const option = document.createElement('option');
      option.value = label;
      return option;
    }),
  );
}

async function suggest(input) {
  const typed = input.value.trim();
  const noun = input.dataset.choose;
  if (typed.length < 2 || known.has(`${noun} ${typed}`)) return;
  const asked = new URLSearchParams({ q: typed, type: noun, limit: '8' });
  const answer = await request(`/v1/suggest?${asked}`).catch(() => null);
  if (!answer?.ok || input.value.trim() !== typed) return;
  const { items } = await answer.json();
  for (const { object } of items) known.set(`${noun} ${labelOf(object)}`, object.id);
  const own = [...known]
    .filter(([label, reference]) => reference.startsWith('@') && label.startsWith(`${noun} `))
    .map(([label]) => label.slice(noun.length + 1))
    .filter((label) => label.toLowerCase().includes(typed.toLowerCase()));
  offer(input, [...own, ...items.map(({ object }) => labelOf(object))]);
}

const nameOf = (group) => group.querySelector('[name="/name"], [name="/title"]');
const ownLabel = (group) =>
  `${nameOf(group).value.trim() || `new ${group.dataset.operation}`} (${group.dataset.local})`;

/** Enters an object along: its fields open behind the field that refers to it. */
function enterAlong(button) {
  const field = button.closest('.field');
  const input = field.querySelector('[data-choose]');
  const noun = button.dataset.new;
  const group = copyOf(button.form.querySelector(`template[data-template="${noun}"]`));
  const name = nameOf(group);
  if (!known.has(`${noun} ${input.value.trim()}`)) name.value = input.value.trim();
  field.after(group);
  set(input, ownLabel(group), `@${group.dataset.local}`);
  name.focus();
}

/** The fields that refer to a new object show the name that it has now. */
function rename(group) {
  const reference = `@${group.dataset.local}`;
  const fields = fieldsOf(group.closest('form'), reference);
  forget(reference);
  for (const field of fields) set(field, ownLabel(group), reference);
}

function forget(reference) {
  for (const [label, value] of known) if (value === reference) known.delete(label);
}

/** Leaves out a new object. The fields that refer to it are emptied, or refer to one of the register. */
export function leaveOut(group, instead) {
  const form = group.closest('form');
  const before = group.previousElementSibling?.querySelector('[data-choose]');
  const gone = [group, ...group.querySelectorAll('[data-local]')].map(({ dataset }) => `@${dataset.local}`);
  const [own] = gone;
  const referring = fieldsOf(form, own);
  group.remove();
  for (const field of referring) set(field, instead ? labelOf(instead) : '', instead?.id);
  for (const reference of gone) {
    for (const field of fieldsOf(form, reference)) set(field, '');
    forget(reference);
  }
  before?.focus();
}

document.addEventListener('input', ({ target }) => {
  if (target.dataset.choose) {
    clearTimeout(timer);
    timer = setTimeout(() => suggest(target), WAIT_MS);
  }
  const group = target.closest('[data-local]');
  if (group && target === nameOf(group)) rename(group);
});

document.addEventListener('click', ({ target }) => {
  const button = target.closest('[data-new]');
  if (button) enterAlong(button);
  const group = target.closest('[data-remove-new]')?.closest('[data-operation]');
  if (group) leaveOut(group);
});
