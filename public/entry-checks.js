/** What is shown before anything is stored: what may be there already, what is odd, what somebody else changed. */
import { leaveOut } from './entry-choose.js';
import { say } from './entry-faults.js';
import { request } from './key.js';

const plurals = { party: 'parties', source: 'sources', claim: 'claims', attribution: 'attributions' };

function button(words, data) {
  const made = document.createElement('button');
  made.type = 'submit';
  made.textContent = words;
  Object.assign(made.dataset, data);
  return made;
}

/** A link that leaves the form, and what is typed in it, where it is. */
function linkTo(path, words) {
  const link = document.createElement('a');
  link.href = path;
  link.textContent = words;
  link.target = '_blank';
  link.dataset.plain = '';
  return link;
}

function open(form, heading, said, ...parts) {
  const title = document.createElement('h2');
  title.textContent = heading;
  title.tabIndex = -1;
  form.querySelector('[data-similar]').replaceChildren(title, ...parts);
  title.focus();
  say(form, said);
}

function listOf(items) {
  const list = document.createElement('ul');
  for (const parts of items) {
    const item = document.createElement('li');
    item.append(...parts);
    list.append(item);
  }
  return list;
}

/** The way to take what is there already in place of what was typed. */
function instead({ group, operation }, object) {
  if (group?.dataset.local !== undefined) {
    const use = button('Use this one', {});
    use.type = 'button';
    use.className = 'quiet';
    use.addEventListener('click', () => {
      leaveOut(group, object);
      say(group.form ?? use.form, '');
    });
    return [use];
  }
  if (operation.type !== 'claim' || !operation.body.attributions?.length) return [];
  const add = button('Add who says it to that claim', { attach: object.id });
  add.className = 'quiet';
  return [add];
}

/** What may be in the register already and what is odd, with the way to store it all the same. */
export function showDoubts(form, { items }, operations) {
  const similar = items.flatMap(({ possible_duplicates: found = [] }, i) =>
    found
      .filter(({ object }) => object)
      .map(({ object, reasons }) => {
        const { type } = operations[i].operation;
        const path = `/${plurals[type]}/${object.key ?? object.id}`;
        return [
          linkTo(path, object.name ?? object.key ?? object.id),
          ` (${type}): ${reasons[0].detail} `,
          ...instead(operations[i], object),
        ];
      }),
  );
  const odd = items
    .flatMap(({ warnings = [] }) => warnings)
    .filter(({ code }) => !code.startsWith('same_'))
    .map(({ detail }) => [detail]);
  if (similar.length + odd.length === 0) return false;
  open(
    form,
    similar.length > 0 ? 'This may be in the register already' : 'This may be a slip',
    'Nothing was stored yet: see what stands above.',
    listOf([...similar, ...odd]),
    button('Store it all the same', { anyway: '' }),
  );
  return true;
}

const memberAt = (object, pointer) =>
  pointer
    .slice(1)
    .split('/')
    .reduce((at, name) => at?.[name], object);

/** What has become of an object that somebody else changed while the form was open, with the way to store on top of it. */
export async function showConflict(form, fields) {
  const path = form.dataset.changes;
  const answer = await request(path);
  const now = await answer.json();
  const parts = [linkTo(path.replace('/v1', ''), 'See it as it is now')];
  if (answer.ok) {
    const changed = fields
      .filter(({ name }) => name.startsWith('/'))
      .map((field) => ({ field, is: memberAt(now, field.name) ?? '' }))
      .filter(({ field, is }) => typeof is === 'string' && is !== field.defaultValue);
    const told = changed.map(({ field, is }) => {
      const words = document.createElement('q');
      words.dir = 'auto';
      words.textContent = is;
      return [`${field.labels[0].querySelector('span').firstChild.data}: `, words];
    });
    parts.unshift(listOf(told));
    parts.push(' ', button('Store yours on top of it', { over: now.version }));
  }
  const why = answer.ok ? '' : ` ${now.detail}`;
  open(form, 'Somebody changed it while you wrote', `Nothing was stored.${why}`, ...parts);
}
