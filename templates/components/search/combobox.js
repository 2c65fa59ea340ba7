// Suggestions below a field while somebody types. While an input method composes, nothing here
// reacts: its keys are its own. Text goes in as text.

import { search } from './lookup.js';

const PAUSE = 250;
const SUGGESTED = 5;

/** @param {string} tag @param {{[name: string]: string}} attributes @param {(Node | string)[]} children @returns {HTMLElement} */
function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const name of Object.keys(attributes)) made.setAttribute(name, attributes[name]);
  made.append(...children);
  return made;
}
/** @param {import('./engine.js').Piece[]} pieces @returns {(Node | string)[]} */
const inked = (pieces) => pieces.map(([text, isMarked]) => (isMarked ? element('mark', {}, text) : text));

/** Brings the field and the list of a form to life; returns what closes the list. @param {HTMLElement} form @returns {() => void} */
function suggest(form) {
  const box = /** @type {HTMLInputElement} */ (form.querySelector('[role="combobox"]'));
  const list = /** @type {HTMLElement} */ (form.querySelector('[role="listbox"]'));
  let turn = 0;
  let active = -1;
  let pause = 0;

  /** @param {number} at */
  const point = (at) => {
    active = at;
    [...list.children].forEach((option, number) => option.setAttribute('aria-selected', '' + (number === at)));
    if (at < 0) box.removeAttribute('aria-activedescendant');
    else box.setAttribute('aria-activedescendant', list.children[at].id);
  };
  const close = () => {
    turn++;
    clearTimeout(pause);
    list.hidden = true;
    list.replaceChildren();
    box.setAttribute('aria-expanded', 'false');
    point(-1);
  };
  /** A failure is left to the search itself, which tells it when it is asked. */
  const look = async () => {
    const query = box.value.trim();
    const mine = ++turn;
    if (query.length < 2) return close();
    const found = await search(query, { limit: SUGGESTED, texts: 0 }).catch(() => []);
    if (mine !== turn || document.activeElement !== box) return;
    close();
    if (!found.length) return;
    found.forEach((result, at) => {
      const option = element('li', { role: 'option', id: list.id + '-' + at, class: 'search-box__option', 'aria-selected': 'false' }, ...inked(result.titlePieces));
      option.dataset.url = result.url;
      list.append(option);
    });
    list.hidden = false;
    box.setAttribute('aria-expanded', 'true');
  };
  const wait = () => {
    clearTimeout(pause);
    pause = setTimeout(look, PAUSE);
  };

  box.addEventListener('input', (/** @type {any} */ event) => {
    clearTimeout(pause);
    if (!event.isComposing) wait();
  });
  box.addEventListener('compositionstart', close);
  box.addEventListener('compositionend', wait);
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
      location.assign(/** @type {HTMLElement} */ (list.children[active]).dataset.url || '');
    }
  });
  box.addEventListener('blur', () => setTimeout(() => document.activeElement !== box && close(), 0));
  list.addEventListener('pointerdown', (event) => event.preventDefault());
  list.addEventListener('click', (/** @type {any} */ event) => {
    const option = event.target.closest('[role="option"]');
    if (option) location.assign(option.dataset.url);
  });
  if (box.value && document.activeElement === box) wait();
  return close;
}

export { element, inked, suggest };
