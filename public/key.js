/**
 * Reading with a key, where the register asks for one. The key stays in this tab (sessionStorage) and goes with each
 * request that a page makes; no cookie is set. Pages are then fetched with it, and shown in place of this one.
 */
const NAME = 'attested-key';

const keyOf = () => sessionStorage.getItem(NAME);

export const hasKey = () => keyOf() !== null;

/** Forms ask for a key where the tab has none. */
const tellStyle = () => document.documentElement.classList.toggle('keyed', hasKey());

export function keepKey(key) {
  sessionStorage.setItem(NAME, key);
  tellStyle();
}

export function forgetKey() {
  sessionStorage.removeItem(NAME);
  tellStyle();
}

/** Fetches an address of this service with the key of this tab, if it has one. */
export function request(url, options = {}) {
  const key = keyOf();
  const headers = { ...options.headers, ...(key && { authorization: `Bearer ${key}` }) };
  return fetch(url, { ...options, headers });
}

/** Shows the page at an address in place of the one that is shown. */
async function show(url, { push = true } = {}) {
  const answer = await request(url, { headers: { accept: 'text/html' } });
  const type = answer.headers.get('content-type') ?? '';
  if (!type.startsWith('text/html')) return download(answer, url);
  if (answer.status === 401) forgetKey();
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  keepPictures(page);
  document.title = page.title;
  document.body.replaceWith(page.body);
  if (push) history.pushState(null, '', answer.url);
  loadPictures();
  loadForm();
  offerToForget();
  const target = document.getElementById(decodeURIComponent(new URL(url, location.href).hash.slice(1)));
  if (target) target.scrollIntoView();
  else window.scrollTo(0, 0);
  document.getElementById('main')?.focus({ preventScroll: true });
}

/** A picture with this address would be asked for without the key. */
function keepPictures(page) {
  for (const picture of page.querySelectorAll('img[src^="/v1/"]')) {
    picture.dataset.src = picture.getAttribute('src');
    picture.removeAttribute('src');
  }
}

function loadPictures() {
  for (const picture of document.querySelectorAll('img[data-src]')) {
    request(picture.dataset.src)
      .then((answer) => (answer.ok ? answer.blob() : Promise.reject(new Error(String(answer.status)))))
      .then((blob) => {
        picture.src = URL.createObjectURL(blob);
      })
      .catch(() => picture.replaceWith(picture.alt));
  }
}

async function download(answer, url) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await answer.blob());
  const named = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '');
  if (named) link.download = named[1];
  else link.target = '_blank';
  link.dataset.plain = '';
  link.rel = 'noopener';
  link.title = url;
  document.body.append(link);
  link.click();
  link.remove();
}

/** The scripts of the forms that write, where there is one. */
function loadForm() {
  const form = document.querySelector('form[data-entry]');
  if (form) void import('./entry.js').then(({ start }) => start(form));
}

function offerToForget() {
  if (!keyOf()) return;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'quiet key-state';
  button.dataset.forget = '';
  button.textContent = 'Forget the key';
  document.querySelector('footer.site')?.append(button);
}

/** What was typed in a form goes with this page: then the browser itself follows the link, and warns before. */
const isLeavingForm = () => document.querySelector('form[data-typed]') !== null;

document.addEventListener('click', (event) => {
  if (event.target.closest('[data-forget]')) {
    forgetKey();
    location.reload();
    return;
  }
  const link = event.target.closest('a[href]');
  const isOurs = link && link.origin === location.origin && link.dataset.plain === undefined;
  const isAnchor =
    isOurs && link.hash !== '' && link.pathname === location.pathname && link.search === location.search;
  if (
    !keyOf() ||
    isLeavingForm() ||
    !isOurs ||
    isAnchor ||
    event.button !== 0 ||
    event.metaKey ||
    event.ctrlKey ||
    event.shiftKey
  )
    return;
  event.preventDefault();
  void show(link.href);
});

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.dataset.key !== undefined) {
    event.preventDefault();
    keepKey(new FormData(form).get('key').trim());
    void show(location.href, { push: false });
  } else if (keyOf() && !isLeavingForm() && form.method === 'get' && !event.defaultPrevented) {
    event.preventDefault();
    void show(`${form.action.split('?')[0]}?${new URLSearchParams(new FormData(form))}`);
  }
});

window.addEventListener('popstate', () => {
  if (keyOf()) void show(location.href, { push: false });
});

tellStyle();
loadForm();
// A page that was opened by its address came without the key.
if (keyOf() && document.querySelector('form[data-key]')) void show(location.href, { push: false });
else offerToForget();
