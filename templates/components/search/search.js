// The search page: what is typed, the suggestions below it, the results, help lines above them.
// While an input method composes, nothing here reacts: its keys are its own. Text goes in as text.
// The query lives behind the # of the address, which no request carries.

import { AT_ONCE, search } from './lookup.js';

/** @typedef {import('./lookup.js').Results} Results */
/** @typedef {import('./engine.js').Piece} Piece */

const PAUSE = 250;
const SUGGESTED = 5;

/** @param {string} tag @param {{[name: string]: string}} attributes @param {(Node | string)[]} children @returns {HTMLElement} */
function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const name of Object.keys(attributes)) made.setAttribute(name, attributes[name]);
  made.append(...children);
  return made;
}
/** @param {Piece[]} pieces @returns {(Node | string)[]} */
const inked = (pieces) => pieces.map(([text, isMarked]) => (isMarked ? element('mark', {}, text) : text));
/** @param {string} name @returns {any} */
const part = (name) => document.getElementById('yq-search-' + name);

/** Brings the page's form to life. @param {HTMLElement} root */
function start(root) {
  const [form, box, list, status, crisis, results, more] = ['form', 'box', 'list', 'status', 'crisis', 'results', 'more'].map(part);
  let turn = 0;
  let shown = 0;
  let active = -1;
  let asked = '';
  let pause = 0;

  const say = (/** @type {string} */ text) => (status.textContent = text);
  const hash = () => {
    const found = /^#q=(.*)$/.exec(location.hash);
    try {
      return found ? decodeURIComponent(found[1].replace(/\+/g, ' ')) : '';
    } catch (error) {
      return '';
    }
  };
  const close = () => {
    clearTimeout(pause);
    list.hidden = true;
    list.replaceChildren();
    box.setAttribute('aria-expanded', 'false');
    point(-1);
  };
  /** @param {number} at */
  const point = (at) => {
    active = at;
    [...list.children].forEach((option, number) => option.setAttribute('aria-selected', '' + (number === at)));
    if (at < 0) box.removeAttribute('aria-activedescendant');
    else box.setAttribute('aria-activedescendant', list.children[at].id);
  };

  /** Suggestions, while somebody types; a failure is left to the search itself. */
  const suggest = async () => {
    const query = box.value.trim();
    const mine = ++turn;
    if (query.length < 2) return close();
    /** @type {Results | null} */ let found = null;
    try {
      found = await search(query, { limit: SUGGESTED, texts: 0 });
    } catch (error) {
      // The search itself will tell when it is asked.
    }
    if (mine !== turn || document.activeElement !== box) return;
    close();
    if (!found || !found.length) return;
    found.forEach((result, at) => {
      const option = element('li', { role: 'option', id: 'yq-search-option-' + at, class: 'search__option', 'aria-selected': 'false' }, ...inked(result.titlePieces));
      option.dataset.url = result.url;
      list.append(option);
    });
    list.hidden = false;
    box.setAttribute('aria-expanded', 'true');
  };

  /** @param {import('./lookup.js').Result} result */
  const item = (result) => {
    const entry = element('li', { class: 'search__result' }, element('h2', { class: 'search__title' }, element('a', { href: result.url }, ...inked(result.titlePieces))), element('p', { class: 'search__text' }, ...inked(result.pieces)));
    if (result.heading) entry.append(element('a', { class: 'search__place', href: result.place }, '看这一节：' + result.heading));
    if (result.missing.length) entry.append(element('p', { class: 'search__missing' }, '这一页没有：' + result.missing.join('、')));
    return entry;
  };
  /** @param {Results} found */
  const told = (found) => {
    if (!found.total) return '没有找到。换个说法试试，比如只写两三个关键的词；也可以按下面的分类找。';
    const heard = found.heard.length ? '按读音找了“' + found.heard.slice(0, 3).join('”“') + '”。' : '';
    const partial = found.partial ? '没有哪一页包含所有这些词，下面是最接近的。' : '';
    return heard + (partial || '找到 ' + found.total + ' 页。');
  };
  /** @param {number} limit */
  const show = async (limit) => {
    const mine = ++turn;
    close();
    if (!asked) {
      crisis.hidden = more.hidden = true;
      results.replaceChildren();
      say('');
      return;
    }
    say('正在找……');
    let text = '';
    try {
      const found = await search(asked, { limit });
      if (mine !== turn) return;
      results.replaceChildren(...found.map(item));
      crisis.hidden = !found.crisis;
      more.hidden = found.length >= found.total;
      shown = limit;
      text = told(found);
    } catch (error) {
      if (mine !== turn) return;
      results.replaceChildren();
      more.hidden = true;
      text = '现在连不上网，没法搜索。看过的页面还能打开；连上网以后再点一次“搜索”。';
    }
    say(text);
  };
  /** @param {string} query */
  const ask = (query) => {
    asked = query;
    if (hash() !== query) history.replaceState(null, '', query ? '#q=' + encodeURIComponent(query) : location.pathname);
    return show(AT_ONCE);
  };

  box.addEventListener('input', (/** @type {InputEvent} */ event) => {
    clearTimeout(pause);
    if (!event.isComposing) pause = setTimeout(suggest, PAUSE);
  });
  box.addEventListener('compositionstart', close);
  box.addEventListener('compositionend', () => {
    clearTimeout(pause);
    pause = setTimeout(suggest, PAUSE);
  });
  box.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    if (event.isComposing || event.keyCode === 229) return;
    const count = list.children.length;
    if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && count) {
      event.preventDefault();
      const next = event.key === 'ArrowDown' ? active + 1 : active - 1;
      point(next >= count ? -1 : next < -1 ? count - 1 : next);
    } else if (event.key === 'Escape' && count) {
      event.preventDefault();
      close();
    } else if (event.key === 'Enter' && active >= 0) {
      event.preventDefault();
      location.assign(list.children[active].dataset.url);
    }
  });
  box.addEventListener('blur', () => setTimeout(() => document.activeElement !== box && close(), 0));
  list.addEventListener('pointerdown', (/** @type {Event} */ event) => event.preventDefault());
  list.addEventListener('click', (/** @type {any} */ event) => {
    const option = event.target.closest('[role="option"]');
    if (option) location.assign(option.dataset.url);
  });
  form.addEventListener('submit', (/** @type {Event} */ event) => {
    event.preventDefault();
    ask(box.value.trim());
  });
  more.firstElementChild.addEventListener('click', async () => {
    const before = shown;
    await show(shown + AT_ONCE);
    const first = results.children[before];
    if (first) first.querySelector('a').focus();
  });
  const arrive = () => {
    box.value = hash();
    if (box.value !== asked) ask(box.value.trim());
  };
  addEventListener('hashchange', arrive);
  if (hash()) arrive();
  else if (matchMedia('(pointer: fine)').matches) box.focus();
  root.dataset.ready = '';
}

const place = document.getElementById('yq-search');
if (place) start(place);

export { search };
