/** Parties, sources and predicates of the register, found while their names are typed, or entered along as new ones. */
import { request } from './key.js';

const WAIT_MS = 150;
/** What the words of a suggestion stand for, by noun and words. */
const known = new Map();
let timer;
let copies = 1;

const labelOf = ({ name, key, id }) => `${name} (${key ?? id})`;

/** What is sent for a field: the object that was chosen, else the id or key that was typed. */
export const referenceOf = ({ dataset, value }) =>
  known.get(`${dataset.choose} ${value.trim()}`) ?? value.trim();

/** A copy of a template of the form, with its own number. */
export function copyOf(form, name, more = {}) {
  copies += 1;
  const template = form.querySelector(`template[data-template="${name}"]`);
  const copy = template.content.firstElementChild.cloneNode(true);
  const values = { n: copies, ...more };
  for (const element of [copy, ...copy.querySelectorAll('*')]) {
    for (const attribute of element.attributes) {
      attribute.value = attribute.value.replace(/\{(n|i)\}/g, (_, name) => values[name]);
    }
  }
  return copy;
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

/** Enters an object along: its fields open behind the field that refers to it. */
function enterAlong(button) {
  const field = button.closest('.field');
  const input = field.querySelector('[data-choose]');
  const noun = button.dataset.new;
  const copy = copyOf(button.form, noun);
  const name = copy.querySelector('[name="/name"], [name="/title"]');
  name.value = known.has(`${noun} ${input.value.trim()}`) ? '' : input.value.trim();
  input.value = `${name.value || `new ${noun}`} (${copy.dataset.local})`;
  known.set(`${noun} ${input.value}`, `@${copy.dataset.local}`);
  field.after(copy);
  name.focus();
  input.dispatchEvent(new Event('input', { bubbles: true }));
}

function leaveOut(group) {
  const reference = `@${group.dataset.local}`;
  for (const input of group.closest('form').querySelectorAll('[data-choose]')) {
    if (referenceOf(input) === reference) input.value = '';
  }
  for (const [label, value] of known) if (value === reference) known.delete(label);
  const { previousElementSibling: field } = group;
  group.remove();
  field?.querySelector('[data-choose]')?.focus();
}

document.addEventListener('input', (event) => {
  if (!event.target.dataset.choose) return;
  clearTimeout(timer);
  timer = setTimeout(() => suggest(event.target), WAIT_MS);
});

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-new]');
  if (button) enterAlong(button);
  const group = event.target.closest('[data-remove-new]')?.closest('[data-operation]');
  if (group) leaveOut(group);
});
