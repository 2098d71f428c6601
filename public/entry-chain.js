/** Who passes on or answers whom, among those who are entered in one form. */
import { addRow } from './entry-rows.js';

const ROWS = '[data-rows="/attributions"]';
const fieldOf = (row, member) => row.querySelector(`[name^="/attributions/"][name$="/${member}"]`);

function tick(name, { value, words }, isTicked) {
  const label = document.createElement('label');
  label.className = 'tick';
  const box = document.createElement('input');
  Object.assign(box, { type: 'checkbox', name, value, checked: isTicked });
  box.dataset.as = 'item';
  const text = document.createElement('bdi');
  text.textContent = words;
  label.append(box, text);
  return label;
}

/** Each row offers the others. */
function offer(rows) {
  const all = [...rows.querySelector(':scope > [data-list]').children].map((row, i) => ({
    row,
    value: `@${fieldOf(row, 'local_id').value}`,
    words: `${i + 1}: ${fieldOf(row, 'party').value || 'who is named there'}`,
  }));
  all.forEach(({ row }, i) => {
    const others = all.filter((other) => other.row !== row);
    const offered = row.querySelector('[data-offered]');
    const ticked = new Set([...offered.querySelectorAll(':checked')].map(({ value }) => value));
    const name = `/attributions/${i}/relays`;
    offered.replaceChildren(...others.map((other) => tick(name, other, ticked.has(other.value))));
    if (others.length === 0) offered.textContent = 'Nobody else is entered here yet.';
    const answered = fieldOf(row, 'in_reply_to');
    const chosen = answered.value;
    answered.replaceChildren(
      answered.options[0],
      ...others.map(({ value, words }) => new Option(words, value)),
    );
    answered.value = others.some(({ value }) => value === chosen) ? chosen : '';
  });
}

document.addEventListener('rows', ({ target }) => {
  if (target.matches(ROWS)) offer(target);
});

// Also of a party that was found, and of one that is entered along.
document.addEventListener('input', ({ target }) => {
  const rows = target.closest?.(ROWS);
  if (rows && /^\/attributions\/\d+\/party$/.test(target.name)) offer(rows);
});

document.addEventListener('click', ({ target }) => {
  const row = target.closest('[data-add-relayed]')?.closest('[data-row]');
  if (!row) return;
  const relayed = addRow(row.closest(ROWS), row);
  const reference = `@${fieldOf(relayed, 'local_id').value}`;
  row.querySelector(`[data-relays] [value="${reference}"]`).checked = true;
});

for (const rows of document.querySelectorAll(ROWS)) offer(rows);
