/** The fields of a value: those of its type are shown. A predicate tells which type its values have. */
import { referenceOf } from './entry-choose.js';
import { request } from './key.js';

function showParts(select) {
  for (const part of select.form.querySelectorAll('[data-when]')) {
    part.hidden = !part.dataset.when.split(' ').includes(select.value);
  }
}

async function followPredicate(field) {
  const type = field.form.querySelector('[data-shows]');
  const unit = field.form.querySelector('[name="/value/unit"]');
  const reference = referenceOf(field);
  if (!type || reference === '') return;
  const answer = await request(`/v1/predicates/${encodeURIComponent(reference)}`).catch(() => null);
  if (!answer?.ok || referenceOf(field) !== reference) return;
  const predicate = await answer.json();
  // A value without a unit has that of its predicate.
  unit.placeholder = predicate.unit ?? '';
  if (type.value === 'none') type.value = predicate.value_type;
  showParts(type);
}

document.addEventListener('change', ({ target }) => {
  if (target.dataset.shows !== undefined) showParts(target);
  if (target.name === '/predicate' && target.form?.dataset.entry !== undefined) void followPredicate(target);
});

// A browser that goes back fills in what was chosen.
for (const select of document.querySelectorAll('form[data-entry] [data-shows]')) showParts(select);
