// The search page: what is asked, the results, help lines above them. Text goes in as text.
// The query lives behind the # of the address, which no request carries.

import { element, inked, suggest } from './combobox.js';
import { AT_ONCE, search } from './lookup.js';

/** @typedef {import('./lookup.js').Results} Results */

/** @param {string} name @returns {any} */
const part = (name) => document.getElementById('yq-search-' + name);

/** Brings the page's form to life. @param {HTMLElement} root */
function start(root) {
  const [form, box, status, crisis, results, more] = ['form', 'box', 'status', 'crisis', 'results', 'more'].map(part);
  const close = suggest(form);
  let turn = 0;
  let shown = 0;
  let asked = '';

  const say = (/** @type {string} */ text) => (status.textContent = text);
  const hash = () => {
    const found = /^#q=(.*)$/.exec(location.hash);
    try {
      return found ? decodeURIComponent(found[1].replace(/\+/g, ' ')) : '';
    } catch (error) {
      return '';
    }
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
    const heard = found.heard.length ? '按读音和字形找了“' + found.heard.slice(0, 3).join('”“') + '”。' : '';
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
  else box.focus({ preventScroll: true });
  root.dataset.ready = '';
}

const place = document.getElementById('yq-search');
if (place) start(place);

export { search, suggest };
