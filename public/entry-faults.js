/** Errors of the API, each beside the field that it is about. */

/** The errors of an answer: of each operation that was tried, or of the whole. */
export function errorsIn({ items, ...whole }) {
  const problems = items ? items.map(({ problem }) => problem).filter(Boolean) : [whole];
  return problems.flatMap(({ errors = [], code, detail }) =>
    errors.length > 0 || code === undefined ? errors : [{ code, detail }],
  );
}

/** The field that a pointer is about; null where it is about none. */
export function fieldAt(pointer, operations) {
  const [, i, inBody, rest] = /^\/operations\/(\d+)(\/body)?(.*)$/.exec(pointer) ?? [];
  const { fields, at } = operations[i ?? operations.length - 1];
  // Beside the body stand members of the operation, such as its reason.
  const member = i === undefined ? pointer : inBody ? at + rest : rest.slice(1);
  if (member === '') return null;
  const shown = fields.filter(({ type }) => type !== 'hidden');
  return (
    shown.find(({ name }) => name === member) ??
    shown.find(({ name }) => name.startsWith(`${member}/`) || member.startsWith(`${name}/`)) ??
    null
  );
}

/** They, each with the field that it is about. */
export const faultsIn = (json, operations) =>
  errorsIn(json)
    .filter(({ code }) => code !== 'failed_reference')
    .map(({ pointer = '', detail }) => ({ field: fieldAt(pointer, operations), detail }));

/** What an error says to write instead: a date, a number, a key of the register, an address. */
function offeredBy(detail, { dataset, type }) {
  if (type !== 'text' || dataset.as === 'list') return undefined;
  const pattern =
    dataset.check === undefined
      ? /\b(?:write|did you mean) [`"]?((?!something$|null$)[a-z0-9-][^\s`"]*?)[`"]?[?.]?$/i
      : /\bwrite ([\d[{.-][^ ]*)$/;
  return pattern.exec(detail)?.[1];
}

let errors = 0;

export function showFault(field, detail) {
  errors += 1;
  const told = document.createElement('p');
  told.id = `error-${errors}`;
  told.className = 'error';
  told.textContent = detail;
  const offered = offeredBy(detail, field);
  if (offered !== undefined) {
    const use = document.createElement('button');
    use.type = 'button';
    use.className = 'quiet';
    use.textContent = `Use ${offered}`;
    use.addEventListener('click', () => {
      field.value = offered;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      field.dispatchEvent(new Event('change', { bubbles: true }));
      field.focus();
    });
    told.append(' ', use);
  }
  for (let part = field.closest('details'); part; part = part.parentElement.closest('details'))
    part.open = true;
  field.closest('.field').append(told);
  field.setAttribute('aria-invalid', 'true');
  field.setAttribute('aria-describedby', told.id);
}

export function clearFault(field) {
  for (const told of field.closest('.field')?.querySelectorAll('.error') ?? []) told.remove();
  field.removeAttribute('aria-invalid');
  field.removeAttribute('aria-describedby');
}

export function clearAll(form) {
  for (const field of form.querySelectorAll('[aria-invalid]')) clearFault(field);
  form.querySelector('[data-faults]').replaceChildren();
  form.querySelector('[data-similar]').replaceChildren();
}

export const say = (form, text) => {
  form.querySelector('[data-status]').textContent = text;
};

/** All errors at their fields, the others in a list above the button; the first field is gone to. */
export function showFaults(form, faults) {
  // A field that was checked meanwhile shows its own already.
  for (const { field } of faults) if (field) clearFault(field);
  for (const { field, detail } of faults) {
    if (field) {
      showFault(field, detail);
      continue;
    }
    const item = document.createElement('li');
    item.textContent = detail;
    form.querySelector('[data-faults]').append(item);
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
