import { assetPath } from './assets.js';
import { LinkedData } from './linked-data.js';
import { MomentControl } from './moment-control.js';
import type { Page, Visit } from './page.js';
import { Visiting } from './visiting.js';

const sections = [
  ['/claims', 'Claims'],
  ['/sources', 'Sources'],
  ['/parties', 'Parties'],
  ['/predicates', 'Predicates'],
  ['/conflicts', 'Conflicts'],
  ['/changes', 'Changes'],
] as const;

/** What all pages have around their content. */
export const Layout = ({ visit, page }: { visit: Visit; page: Page }) => (
  <Visiting.Provider value={visit}>
    <html lang="en">
      <Head visit={visit} page={page} />
      <body>
        <a class="skip" href="#main">
          To the content
        </a>
        <Header visit={visit} page={page} />
        <main id="main" tabindex={-1}>
          {page.body}
        </main>
        <Footer page={page} />
      </body>
    </html>
  </Visiting.Provider>
);

const Head = ({ visit, page }: { visit: Visit; page: Page }) => {
  const { title, description, path, alternates = [], linkedData } = page;
  const url = path === undefined ? undefined : visit.origin + path;
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>{`${title} – Attested`}</title>
      {description && <meta name="description" content={description} />}
      {url && <link rel="canonical" href={url} />}
      {alternates.map(({ href, type, title }) => (
        <link rel="alternate" href={href} type={type} title={title} />
      ))}
      <meta property="og:site_name" content="Attested" />
      <meta property="og:type" content="article" />
      <meta property="og:title" content={title} />
      {description && <meta property="og:description" content={description} />}
      {url && visit.origin !== '' && <meta property="og:url" content={url} />}
      <link rel="icon" href={assetPath('icon.svg')} type="image/svg+xml" />
      <link rel="stylesheet" href={assetPath('style.css')} />
      <script type="module" src={assetPath('key.js')} />
      <script type="module" src={assetPath('suggest.js')} />
      {linkedData && <LinkedData data={linkedData} />}
    </head>
  );
};

const Header = ({ visit, page }: { visit: Visit; page: Page }) => (
  <header class="site">
    <div class="bar">
      <a class="brand" href={visit.moment.to('/')}>
        Attested
      </a>
      <search>
        <form class="find" action="/search">
          <Carried visit={visit} />
          <input
            type="search"
            name="q"
            value={visit.path === '/search' ? visit.query.q : undefined}
            placeholder="Search the register"
            aria-label="Search claims, sources, parties"
            autocomplete="off"
            data-suggest="/v1/suggest"
          />
          <button type="submit">Search</button>
        </form>
      </search>
      <nav aria-label="Register">
        <ul>
          {sections.map(([path, name]) => (
            <li>
              <a href={visit.moment.to(path)} aria-current={page.section === path ? 'page' : undefined}>
                {name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </div>
    <MomentControl />
  </header>
);

/** The moment, as fields of a form that leads to another page. */
export const Carried = ({ visit: { moment } }: { visit: Visit }) => (
  <>
    {moment.asOf && <input type="hidden" name="as_of" value={moment.asOf} />}
    {moment.knownBy && <input type="hidden" name="known_by" value={moment.knownBy} />}
  </>
);

const Footer = ({ page: { alternates = [] } }: { page: Page }) => (
  <footer class="site">
    {alternates.length > 0 && (
      <nav aria-label="This page as data">
        <h2>This page as data</h2>
        <ul class="row">
          {alternates.map(({ href, title }) => (
            <li>
              <a href={href}>{title}</a>
            </li>
          ))}
        </ul>
      </nav>
    )}
    <p>
      Attested is a register of claims: who says what, where, when and through whom. <a href="/docs">API</a> ·{' '}
      <a href="/openapi.json">OpenAPI</a> · <a href="/v1">addresses of the API</a>
    </p>
  </footer>
);
