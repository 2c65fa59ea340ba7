// Brings the calculator's form to life: reads what was typed, shows what is wrong beside it, and
// the answer below. All DOM of the calculator is here and in what it makes; text goes in as text.
// Nothing is stored and nothing is asked of the network once the modules have come.

import { calculate, copy, formatDate, gapSearch, grouped, isGiven, parseDate, words } from './engine.js';
import { normalised, readAmount, readDate, readRate } from './reading.js';
import { csvOf, fieldLabel, fragmentOf, report, requestFrom, textOf, toSettle } from './report.js';

/** @typedef {{[name: string]: any}} Json */
/** @typedef {{value?: any, echo?: string, message?: string, choices?: {label: string, value: string}[]}} Found */

const AHEAD = [0, 30, 90, 365];
const TRIES_AT_ONCE = 12;
const BEIJING = 8 * 3600000;

/** @param {string} id @returns {any} */
const byId = (id) => document.getElementById('yq-' + id);
const root = byId('calculator');
/** @type {HTMLFormElement} */ const form = byId('form');
const result = byId('result');
const summary = byId('errors');
const notice = byId('notice');
/** What is calculated with and what is said; it comes as a file of its own. @type {Json} */ let tables = {};
const pageTitle = document.title;
let turn = 0;
/** The result on the page. @type {Json} */
let current = {};
/** Where the fields, lists and rows are, by path. @type {Map<string, any>} */
const places = new Map();
let rowNumber = 0;

/** @param {string} tag @param {Json | null} [attributes] @param {(Node | string)[]} children @returns {any} */
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) element.setAttribute(name, value);
  element.append(...children);
  return element;
}
/** Text whose days stay on one line, like the filter of that name in templates. @param {string} text @returns {(Node | string)[]} */
const unbroken = (text) => text.split(/(\d{4}-\d\d-\d\d)/).map((part, at) => (at % 2 ? make('span', { class: 'unbroken' }, part) : part));
/** @param {string} text @param {() => void} act */
function button(text, act) {
  const made = make('button', { type: 'button', class: 'button' }, text);
  made.addEventListener('click', act);
  return made;
}
/** Today in Beijing, wherever the device is. */
const today = () => new Date(Date.now() + BEIJING).toISOString().slice(0, 10);
const announce = (/** @type {string} */ text) => (byId('status').textContent = text);
/** @type {(key: string, parts?: Json) => string} */
const say = (key, parts) => words(tables, 'shown', key, parts);

// fields: a box with its label; a list, which has rows of boxes

/** @type {(within: any, name: string, sign?: string) => any} a field or list; of a row with the sign $ */
const boxOf = (within, name, sign = '') => within.querySelector('[data-field' + sign + '="' + name + '"]');
/** @param {any} within @returns {any} */
const inputOf = (within) => within.querySelector('input, select');
/** What takes the focus. @param {any} place */
const targetOf = (place) => (place.dataset.kind === 'list' ? place : inputOf(place));
/** The rows of a list, those left empty passed over. @param {any} list @returns {any[]} */
const rowsOf = (list) => [...list.querySelectorAll('[data-row]')].filter((row) => [...row.querySelectorAll('input')].some((input) => input.value.trim()));

/** @type {{[kind: string]: typeof readRate}} those of other kinds are read as amounts */
const READERS = { date: readDate, rate: readRate };
/** What may stand behind a number, and what the engine wants there. @type {{[kind: string]: string[]}} */
const SUFFIXES = { multiplier: ['倍', ''], percent: ['%', '%'], count: ['[天日]', ''] };

/** What stands in a box: `value` for the engine (none if empty), or a message. @param {any} box @param {string} label @returns {Found} */
function readBox(box, label) {
  const { kind } = box.dataset;
  const text = inputOf(box).value;
  const plain = normalised(text);
  if (!plain) return {};
  if (kind === 'choice') return { value: text };
  if (kind === 'flag') return { value: text === 'true' };
  if (kind === 'amount0' && /^0+(\.0+)?元?$/.test(plain)) return { value: '0' };
  if (SUFFIXES[kind]) {
    const value = plain.replace(new RegExp(' ?' + SUFFIXES[kind][0] + '$'), '') + SUFFIXES[kind][1];
    return { value, echo: value === text ? '' : words(tables, 'messages', 'read_as', { value }) };
  }
  const unit = box.querySelector('select');
  const found = (READERS[kind] || readAmount)(text, label, tables, unit ? unit.value : 'day');
  return found.value ? found : { message: found.message || found.question, choices: found.choices };
}

/** Everything typed: the request, and what could not be read. @returns {{request: Json, faults: Map<string, Found>}} */
function collect() {
  /** @type {Json} */ const request = { mode: root.dataset.mode };
  /** @type {Map<string, Found>} */ const faults = new Map();
  places.clear();
  /** @param {Json} target @param {Json} field @param {any} place @param {string} path @param {string} label */
  const take = (target, { name, kind, fields }, place, path, label) => {
    places.set(path, place);
    if (kind === 'list') {
      const items = rowsOf(place).map((row, at) => {
        /** @type {Json} */ const item = {};
        for (const part of fields) take(item, part, boxOf(row, '.' + part.name, '$'), [path, at, part.name].join('.'), words(tables, 'labels', name + '.item', { n: at + 1 }) + tables.wording.labels[part.name]);
        return item;
      });
      if (items.length) target[name] = items;
      return;
    }
    const found = readBox(place, label);
    if (found.message) faults.set(path, found);
    if ('value' in found) target[name] = found.value;
    tell(place, 'echo', found.echo);
  };
  for (const field of tables.fields[request.mode]) take(request, field, boxOf(form, field.name), field.name, fieldLabel(field.name, tables));
  return { request, faults };
}

/** Says something beside a field, or no longer. @param {any} place @param {string} kind @param {(Node | string)[]} said @returns {any} */
function tell(place, kind, ...said) {
  const line = place.querySelector('.calculator__' + kind);
  line.replaceChildren(...said.filter((part) => part));
  line.hidden = !line.textContent;
  return line;
}

/** Places for what will be said of a field, and the field told of them. @param {any} within */
function furnish(within) {
  for (const place of within.querySelectorAll('[data-field]')) {
    const target = targetOf(place);
    const lines = ['error', 'echo'].map((kind) => make('p', { class: 'calculator__' + kind, id: target.id + '-' + kind, hidden: '' }));
    const hint = place.querySelector('.calculator__hint');
    (hint || place.querySelector('label, legend')).after(lines[0]);
    place.append(lines[1]);
    if (hint) {
      hint.id = target.id + '-hint';
      lines.unshift(hint);
    }
    target.setAttribute('aria-describedby', lines.map((line) => line.id).join(' '));
  }
}

// errors

function clearErrors() {
  document.title = pageTitle;
  summary.hidden = true;
  for (const line of form.querySelectorAll('.calculator__error')) clearError(line.parentElement);
}

/** @param {any} place */
function clearError(place) {
  tell(place, 'error');
  targetOf(place).removeAttribute('aria-invalid');
}

/** @param {any} place @param {Found} fault */
function showError(place, { message, choices = [] }) {
  const line = tell(place, 'error', make('span', { class: 'visually-hidden' }, '错误：'), message || '');
  const target = targetOf(place);
  if (target !== place) target.setAttribute('aria-invalid', 'true');
  for (const { label, value } of choices) {
    line.append(' ', button(label, () => {
      const unit = place.querySelector('select');
      if (unit) unit.value = '';
      target.value = value;
      clearError(place);
      target.focus();
    }));
  }
  reveal(place);
}

/** Opens what a place is folded away in. @param {any} place */
function reveal(place) {
  const details = place.closest('details');
  if (details) details.open = true;
}

/** Label into view first, so that it is read before the field. @param {any} place */
function goTo(place) {
  place.querySelector('label, legend').scrollIntoView();
  targetOf(place).focus({ preventScroll: true });
}

/** @param {Map<string, Found>} faults */
function showErrors(faults) {
  const found = [...faults].map(([path, fault]) => ({ place: places.get(path), fault }));
  found.sort((a, b) => (a.place.compareDocumentPosition(b.place) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
  summary.querySelector('ul').replaceChildren(
    ...found.map(({ place, fault }) => {
      showError(place, fault);
      const link = make('a', { href: '#' + targetOf(place).id }, fault.message || '');
      link.addEventListener('click', (/** @type {Event} */ event) => {
        event.preventDefault();
        goTo(place);
      });
      return make('li', null, link);
    }),
  );
  summary.hidden = false;
  document.title = '错误：' + pageTitle;
  result.hidden = true;
  summary.focus();
}

// results: what never changes of them stands in the page; here it is filled and shown

/** @param {string[][]} pairs */
const listed = (pairs) => pairs.map(([term, value]) => make('div', { class: 'overdue__pair' }, make('dt', null, term), make('dd', null, value)));

/** Rows under the columns a table has in the page. @param {any} table @param {string[][]} rows */
function fillTable(table, rows) {
  const columns = table.querySelectorAll('thead th');
  const cell = (/** @type {string} */ text, /** @type {number} */ at) =>
    make(at ? 'td' : 'th', Object.assign({ 'data-label': columns[at].textContent, class: columns[at].className }, at ? {} : { scope: 'row' }), text);
  table.tBodies[0].replaceChildren(...rows.map((row) => make('tr', null, ...row.map(cell))));
}

/** What was given, each with a way back to its field. @param {Json} request @param {string[][]} inputs */
function showGiven(request, inputs) {
  const names = Object.keys(request).filter((name) => isGiven(request[name]) && !/^(mode|claimed)$/.test(name));
  const pairs = listed(inputs);
  pairs.forEach((pair, at) => {
    const place = places.get(names[at]);
    const back = button('改', () => {
      reveal(place);
      goTo(place);
    });
    back.setAttribute('aria-label', '改：' + inputs[at][0]);
    pair.lastChild.append(' ', back);
  });
  byId('given').replaceChildren(...pairs);
}

/** The total of later days, as far as the rules reach, and why no further. @param {Json} request */
function showGrowth(request) {
  const from = /** @type {number} */ (parseDate(request.as_of));
  /** @type {{date: string, days: number, shown: string, total: number}[]} */ const points = [];
  let why = '';
  for (const days of AHEAD) {
    const date = formatDate(from + days);
    const answer = calculate(copy(request, { as_of: date }), tables);
    const total = answer.ok ? toSettle(answer) : null;
    if (total !== null) points.push({ date, days, shown: grouped(total), total: +total });
    else if (!why && answer.errors) why = answer.errors[0].message;
  }
  const grows = points.length > 1;
  const place = byId('growth');
  place.hidden = !grows && !(why && request.mode === 'judgment');
  byId('growth-why').textContent = why;
  byId('growing').hidden = !grows;
  if (!grows) return;
  fillTable(place.querySelector('table'), points.map(({ date, days, shown, total }) => [date, days ? say('said.later', { days }) : say('said.now'), shown, grouped((total - points[0].total).toFixed(2))]));
  // A line through the totals; its text is the table below it.
  const [first, last] = [points[0], points[points.length - 1]];
  const height = (/** @type {number} */ total) => 130 - (100 * total) / Math.max(...points.map((point) => point.total), 1);
  place.querySelector('polyline').setAttribute('points', points.map(({ days, total }) => (20 + (280 * days) / last.days).toFixed(1) + ',' + height(total).toFixed(1)).join(' '));
  const labels = place.querySelectorAll('text');
  labels[1].textContent = say('days.value', last);
  labels[2].textContent = first.shown;
  labels[2].setAttribute('y', height(first.total) - 8);
  labels[3].textContent = last.shown;
}

/** @param {Json} answer */
function showConventions({ conventions }) {
  byId('conventions').hidden = !conventions.length;
  fillTable(byId('conventions').querySelector('table'), conventions.map((/** @type {Json} */ it) => [it.label, grouped(it.total), (it.difference > '0.00' ? '+' : '') + grouped(it.difference)]));
}

/** The gap finder, a few tries at a time so that the page stays alive. @param {Json} request */
function searchGap(request) {
  const own = turn;
  const search = gapSearch(request, tables);
  byId('gap').hidden = !search;
  byId('gap-found').textContent = byId('gap').dataset.waiting;
  if (!search) return;
  byId('gap-claimed').textContent = grouped(search.claimed);
  const go = () => {
    if (own !== turn) return;
    if (search.step(TRIES_AT_ONCE)) showGap(search.answer());
    else setTimeout(go);
  };
  setTimeout(go);
}

/** @param {Json} found */
function showGap(found) {
  /** @type {(difference: string, more: string, less: string) => string} */
  const restOf = (difference, more, less) => (difference === '0.00' ? '' : say(difference[0] === '-' ? less : more, { amount: difference.replace('-', '') }));
  const lines = [make('p', null, say('gap.own', copy(found, { rest: restOf(found.difference, 'gap.theirs_more', 'gap.theirs_less') })))];
  for (const { choices, difference, total } of found.answers) {
    const rest = restOf(difference, 'gap.less', 'gap.more');
    const label = choices.map((/** @type {Json} */ it) => it.label).join('；') || say('gap.as_given');
    lines.push(make('p', { class: 'calculator__found' }, say('gap.found', { label, total, rest })));
    if (choices.length) lines.push(make('ul', null, ...choices.map((/** @type {Json} */ it) => make('li', null, say('gap.ask', it)))));
  }
  byId('gap-found').replaceChildren(...lines, make('p', null, found.paper));
}

// ways to take the result along

/** @param {string} text @param {string} kind which of the words beside it to say */
function handOver(text, kind) {
  const area = byId('copied');
  const told = byId('told');
  area.value = text;
  area.hidden = false;
  const byHand = () => {
    area.focus();
    area.select();
    told.textContent = told.dataset.hand;
  };
  if (navigator.clipboard) navigator.clipboard.writeText(text).then(() => (told.textContent = told.dataset[kind]), byHand);
  else byHand();
}

/** @type {{[name: string]: () => void}} */
const TAKE = {
  text: () => handOver(textOf(current.made, new URL(root.dataset.method, location.href).href), 'text'),
  link: () => handOver(location.href.split('#')[0] + '#' + fragmentOf(current.request), 'link'),
  csv() {
    const address = URL.createObjectURL(new Blob([csvOf(current.made)], { type: 'text/csv;charset=utf-8' }));
    const link = make('a', { href: address, download: '逾期明细-' + today() + '.csv' });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
  },
  print: () => window.print(),
};

/** WeChat neither saves files nor prints. @param {string} name */
const isOffered = (name) => !/csv|print/.test(name) || !/MicroMessenger/i.test(navigator.userAgent);

/** @param {Json} request @param {Json} answer @param {boolean} move whether the focus goes to the result */
function showResult(request, answer, move) {
  const made = report(request, answer, tables);
  current = { request, made };
  const heading = byId('result-title');
  heading.replaceChildren(...unbroken(made.sentence));
  byId('figures').replaceChildren(...listed(made.figures));
  byId('notes').replaceChildren(...made.notes.map((note) => make('p', { class: 'overdue__note' }, note)));
  byId('formulas').replaceChildren(...made.formulas.map((line) => make('li', null, line)));
  result.querySelectorAll('.calculator__ledger').forEach((/** @type {any} */ table, /** @type {number} */ at) => {
    const ledger = made.ledgers[at] || { caption: '', rows: [] };
    table.hidden = !made.ledgers[at];
    table.caption.textContent = ledger.caption;
    fillTable(table, ledger.rows);
  });
  showGrowth(copy(request, { claimed: '' }));
  showConventions(answer);
  searchGap(request);
  showGiven(request, made.inputs);
  byId('copied').hidden = true;
  byId('told').textContent = '';
  for (const list of byId('next').querySelectorAll('ul')) {
    const { first, last } = list.dataset;
    list.hidden = answer.days < +first || answer.days > +last;
  }
  byId('printed').textContent = say('said.printed', { day: today() });
  result.hidden = false;
  announce(say('said.done') + made.sentence);
  if (!move) return;
  heading.scrollIntoView();
  heading.focus({ preventScroll: true });
}

/** @param {boolean} move */
function compute(move) {
  turn += 1;
  clearErrors();
  notice.textContent = '';
  const { request, faults } = collect();
  // The gap finder has its turn later, in pieces.
  const answer = calculate(faults.size ? request : copy(request, { claimed: '' }), tables);
  for (const fault of answer.errors || []) if (!faults.has(fault.field)) faults.set(fault.field, fault);
  if (faults.size) showErrors(faults);
  else showResult(request, answer, move);
}

// the form's life

function forget() {
  turn += 1;
  clearErrors();
  result.hidden = true;
}

/** @param {any} list */
function addRow(list) {
  const row = list.querySelector('template').content.firstElementChild.cloneNode(true);
  rowNumber += 1;
  for (const element of row.querySelectorAll('*')) {
    for (const attribute of element.attributes) attribute.value = attribute.value.replace('__at__', 'r' + rowNumber);
  }
  row.querySelector('[data-remove]').addEventListener('click', () => {
    row.remove();
    numberRows(list);
    list.querySelector('[data-add]').focus();
  });
  furnish(row);
  list.querySelector('[data-rows]').append(row);
  numberRows(list);
  return row;
}

/** @param {any} list */
const numberRows = (list) => [...list.querySelectorAll('[data-row] > legend')].forEach((legend, at) => (legend.textContent = say('said.row', { n: at + 1 })));

/** The usual choice has no value of its own: it is the first. @param {any} box @param {any} text */
function enter(box, text) {
  const input = inputOf(box);
  input.value = text;
  if (input.selectedIndex < 0) input.selectedIndex = 0;
}

/** Put a request into the form. @param {Json} request */
function fill(request) {
  clearForm();
  forget();
  for (const { name, kind } of tables.fields[request.mode]) {
    const value = request[name];
    if (!isGiven(value)) continue;
    const place = boxOf(form, name);
    reveal(place);
    if (kind !== 'list') enter(place, value);
    else {
      for (const item of value) {
        const row = addRow(place);
        for (const part of Object.keys(item)) enter(boxOf(row, '.' + part, '$'), item[part]);
      }
    }
  }
}

function clearForm() {
  for (const row of form.querySelectorAll('[data-row]')) row.remove();
  for (const echo of form.querySelectorAll('.calculator__echo')) tell(echo.parentElement, 'echo');
  for (const details of form.querySelectorAll('details')) details.open = false;
  for (const field of form.querySelectorAll('input, select')) /** @type {any} */ (field).value = '';
}

/** Take a request out of the address, once, unless typing began before this program came. @param {boolean} move whether the reader asked for it just now */
function readAddress(move) {
  const found = requestFrom(location.hash.slice(1), tables);
  if (!found) return;
  if (!move && [...form.querySelectorAll('input')].some((input) => input.value)) {
    notice.textContent = notice.dataset.kept;
    return;
  }
  history.replaceState(null, '', location.pathname + location.search);
  if (found.request) {
    fill(found.request);
    compute(move);
    notice.textContent = notice.dataset.filled;
  } else notice.textContent = notice.dataset.bad;
}

function start() {
  furnish(form);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    compute(true);
  });
  form.addEventListener('reset', () => {
    setTimeout(() => {
      clearForm();
      forget();
      notice.textContent = '';
      announce(say('said.cleared'));
      inputOf(form).focus();
    }, 0);
  });
  // The echo follows the typing: were it to come on leaving the field, it would move the very
  // button the reader is about to press.
  form.addEventListener('input', (event) => {
    const box = /** @type {any} */ (event.target).closest('[data-field]');
    if (box) tell(box, 'echo', readBox(box, '').echo);
    if (box && !result.hidden) announce(say('said.changed'));
  });
  for (const add of form.querySelectorAll('[data-add]')) add.addEventListener('click', () => addRow(add.closest('[data-field]')).querySelector('input').focus());
  const now = form.querySelector('[data-today]');
  now.textContent = say('said.fill', { day: today() });
  now.addEventListener('click', () => {
    const box = now.closest('[data-field]');
    inputOf(box).value = today();
    tell(box, 'echo');
    announce(say('said.filled', { day: today() }));
  });
  for (const each of result.querySelectorAll('[data-take]')) {
    each.hidden = !isOffered(each.dataset.take);
    each.addEventListener('click', TAKE[each.dataset.take]);
  }
  for (const each of form.querySelectorAll('button')) /** @type {any} */ (each).disabled = false;
  window.addEventListener('hashchange', () => readAddress(true));
  readAddress(false);
}

/** The script that asked for this program asked for the tables as well, and tells if they do not come. */
const come = import(root.dataset.tables);
come.then((module) => {
  tables = module.tables;
  start();
});
