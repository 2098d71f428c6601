/** The rows of a claim's form: who says it, each of which can pass on another. */
import { copyOf } from './choose.js';

const rowsOf = (form) => [...form.querySelectorAll('[data-row]')];
const fieldOf = (row, member) => row.querySelector(`[name^="/attributions/"][name$="/${member}"]`);

/** Rows are members of a list: each is named by its place, also when one before it was left out. */
function renumber(form) {
  rowsOf(form).forEach((row, i) => {
    for (const field of row.querySelectorAll('[name^="/attributions/"]')) {
      field.name = field.name.replace(/^\/attributions\/\d+/, `/attributions/${i}`);
    }
    row.querySelector('legend').textContent = `Who says it, or denies it: ${i + 1}`;
  });
  offerRelays(form);
}

/** Each row offers the others as those through whom it knows. */
function offerRelays(form) {
  const rows = rowsOf(form).map((row, i) => ({
    row,
    value: `@${fieldOf(row, 'local_id').value}`,
    words: `${i + 1}: ${fieldOf(row, 'party').value || 'who is named there'}`,
  }));
  for (const { row } of rows) {
    const select = fieldOf(row, 'relays/0');
    const chosen = select.value;
    const others = rows
      .filter((other) => other.row !== row)
      .map(({ value, words }) => new Option(words, value));
    select.replaceChildren(select.options[0], ...others);
    select.value = others.some(({ value }) => value === chosen) ? chosen : '';
  }
}

document.addEventListener('click', (event) => {
  const add = event.target.closest('[data-add-row]');
  if (add) {
    const rows = add.form.querySelector('[data-rows]');
    rows.append(copyOf(add.form, 'attribution', { i: rows.children.length }));
    renumber(add.form);
    fieldOf(rows.lastElementChild, 'party').focus();
  }
  const row = event.target.closest('[data-remove-row]')?.closest('[data-row]');
  if (row) {
    const { form } = row;
    row.remove();
    renumber(form);
    form.querySelector('[data-add-row]').focus();
  }
});

document.addEventListener('input', (event) => {
  const row = event.target.closest?.('[data-row]');
  if (row && event.target === fieldOf(row, 'party')) offerRelays(row.form);
});
