/** Parameters that tell which click led to a page, and nothing about the page. */
const CLICKS =
  /^(utm_\w+|fbclid|gclid|gclsrc|gbraid|wbraid|dclid|gad_source|msclkid|yclid|ysclid|twclid|ttclid|li_fat_id|igshid|igsh|mc_cid|mc_eid|mkt_tok|_hsenc|_hsmi|vero_id|oly_anon_id|oly_enc_id|_openstat|wickedid|s_cid|cmpid|ref_src)$/i;

/** Hosts that keep copies of pages under the address of the original. */
const ARCHIVES =
  /^(web\.archive\.org|web-beta\.archive\.org|wayback\.archive-it\.org|archive\.(today|ph|is|li|vn|fo|md)|arquivo\.pt|webarchive\.nationalarchives\.gov\.uk|web\.archive\.org\.au|webarchive\.org\.uk|ghostarchive\.org|webarchive\.loc\.gov|(wayback\.)?vefsafn\.is|wayback\.webarchiv\.cz|web\.archive\.bibalex\.org|swap\.stanford\.edu)$/;

/** An address within the path of an archive, behind the instant of the copy or a word such as `newest`. */
const ARCHIVED =
  /^\/.*?(?:(?<=\/)(?:\d{4,14}(?:[a-z]{2}_)?|\*|newest|oldest)\/)((?:https?:\/{1,2})?[^/]+\..*)$/i;
const ARCHIVED_BARE = /^\/.*?\/?(https?:\/{1,2}.+)$/i;

const UNRESERVED = /[A-Za-z0-9\-._~]/;

/** Percent-encoding in one way: capitals, and none for characters that need none. */
const levelEscapes = (text: string): string =>
  text.replace(/%([0-9a-f]{2})/gi, (encoded, hex: string) => {
    const char = String.fromCharCode(Number.parseInt(hex, 16));
    return UNRESERVED.test(char) ? char : encoded.toUpperCase();
  });

/** Parameters in the order of their names, without those of clicks. A space is +; a plus sign stays %2B. */
function queryForm(search: string): string {
  const parts = levelEscapes(search.slice(1))
    .replaceAll('%20', '+')
    .split('&')
    .map((part) => ({ part, name: part.replace(/=.*/s, '') }))
    .filter(({ part, name }) => part !== '' && !CLICKS.test(name))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return parts.length === 0 ? '' : `?${parts.map(({ part }) => part).join('&')}`;
}

/** A fragment that holds a path, as pages drawn by scripts have, names another page; a plain anchor does not. */
const fragmentForm = (hash: string): string => (/^#!|\//.test(hash) ? levelEscapes(hash) : '');

/** The address of which an archive holds a copy, or null. */
function archivedAddress({ hostname, pathname, search, hash }: URL): string | null {
  if (!ARCHIVES.test(hostname.replace(/^www\./, ''))) return null;
  const inner = (ARCHIVED.exec(pathname) ?? ARCHIVED_BARE.exec(pathname))?.[1];
  if (inner === undefined) return null;
  const [, scheme = 'http:', rest = inner] = /^(https?:)\/{1,2}(.*)$/i.exec(inner) ?? [];
  const address = `${scheme}//${rest}${search}${hash}`;
  return URL.canParse(address) ? address : null;
}

/**
 * The form in which addresses are compared; the address itself is kept as it was sent. Scheme, `www.`, default
 * port, a slash at the end, plain anchors and parameters of clicks do not count, nor does the way of
 * percent-encoding; a copy in an archive counts as what it is a copy of. Throws for what is no address.
 */
export function urlForm(address: string): string {
  const url = new URL(address);
  const original = archivedAddress(url);
  if (original !== null) return urlForm(original);
  const host = url.host
    .replace(/^www\.(?=.*\.)/, '')
    .replace(/\.(?=$|:)/, '')
    .replace(/:(80|443)$/, '');
  const path = levelEscapes(url.pathname)
    .replace(/\/{2,}/g, '/')
    .replace(/\/$/, '');
  return `https://${host}${path}${queryForm(url.search)}${fragmentForm(url.hash)}`;
}
