/** Lists in the forms that write: rows are added and left out, and each is named by its place. */

let copies = 1;

/** A copy of a template, with a number of its own for `{n}`. */
export function copyOf(template, more = {}) {
  copies += 1;
  const copy = template.content.firstElementChild.cloneNode(true);
  const values = { n: copies, ...more };
  for (const element of [copy, ...copy.querySelectorAll('*')]) {
    for (const attribute of element.attributes) {
      // What has no value yet is of a list inside of this one.
      attribute.value = attribute.value.replace(/\{(n|i)\}/g, (mark, name) => values[name] ?? mark);
    }
  }
  return copy;
}

const listOf = (rows) => rows.querySelector(':scope > [data-list]');

/** Rows are members of a list: each is named by its place, also when one before it was left out. */
function renumber(rows) {
  const at = rows.dataset.rows;
  [...listOf(rows).children].forEach((row, i) => {
    for (const field of row.querySelectorAll(`[name^="${at}/"]`)) {
      field.name = `${at}/${i}${field.name.slice(at.length).replace(/^\/\d+/, '')}`;
    }
    row.querySelector('[data-place]').textContent = i + 1;
  });
  rows.dispatchEvent(new Event('rows', { bubbles: true }));
}

/** Adds a row, behind another one or at the end, and goes to its first field. */
export function addRow(rows, before) {
  const list = listOf(rows);
  const row = copyOf(rows.querySelector(':scope > template'), { i: list.children.length });
  if (before) before.after(row);
  else list.append(row);
  renumber(rows);
  row.querySelector('input:not([type=hidden]), select').focus();
  return row;
}

document.addEventListener('click', ({ target }) => {
  const add = target.closest('[data-add-row]');
  if (add) addRow(add.closest('[data-rows]'));
  const row = target.closest('[data-remove-row]')?.closest('[data-row]');
  if (row) {
    const rows = row.closest('[data-rows]');
    row.remove();
    renumber(rows);
    rows.querySelector(':scope > p > [data-add-row]').focus();
  }
});
