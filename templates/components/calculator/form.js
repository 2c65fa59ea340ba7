// Brings the calculator's form to life: reads what was typed, shows what is wrong beside it, and
// the answer below. All DOM of the calculator is here and in what it makes; text goes in as text.
// Nothing is stored and nothing is asked of the network once the modules have come.

import { calculate, formatDate, gapSearch, parseDate } from './engine.js';
import { normalised, readAmount, readDate, readRate } from './reading.js';
import { csvOf, fieldLabel, fragmentOf, grouped, report, requestFrom, textOf } from './report.js';

/** @typedef {{[name: string]: any}} Json */
/** @typedef {{message: string, choices?: {label: string, value: string}[]}} Fault */

const AHEAD = [0, 30, 90, 365];
const TRIES_AT_ONCE = 25;
const BEIJING = 8 * 3600000;

/** @param {string} id @returns {any} */
const byId = (id) => document.getElementById('yq-' + id);
const root = byId('calculator');
/** @type {HTMLFormElement} */ const form = byId('form');
const result = byId('result');
const summary = byId('errors');
/** @type {Json} */ const tables = JSON.parse(root.dataset.tables);
root.removeAttribute('data-tables');
const { labels } = tables.wording;
const pageTitle = document.title;
let turn = 0;
let rowNumber = 0;

/** @param {string} tag @param {Json | null} [attributes] @param {(Node | string)[]} children @returns {any} */
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) element.setAttribute(name, value);
  element.append(...children);
  return element;
}
/** @param {string} text @param {() => void} act */
function button(text, act) {
  const made = make('button', { type: 'button', class: 'button button--quiet' }, text);
  made.addEventListener('click', act);
  return made;
}
/** Today in Beijing, wherever the device is. */
const today = () => new Date(Date.now() + BEIJING).toISOString().slice(0, 10);
const say = (/** @type {string} */ text) => (byId('status').textContent = text);
const currentMode = () => /** @type {any} */ (form.elements.namedItem('mode')).value;
const panel = () => form.querySelector('div[data-mode="' + currentMode() + '"]');

// fields

/** @param {any} within @param {string} name @returns {any} the box of a field */
const boxOf = (within, name) => [...within.querySelectorAll('[data-field]')].find((box) => box.dataset.field.split('.').pop() === name && box.closest('[data-row]') === (within.matches('[data-row]') ? within : null));
/** @param {any} box @returns {any} */
const inputOf = (box) => box.querySelector('input, select');
/** @param {string} name @returns {any[]} the rows of a list, those left empty passed over */
const rowsOf = (name) => [...panel().querySelectorAll('[data-list="' + name + '"] [data-row]')].filter((row) => [...row.querySelectorAll('input')].some((input) => input.value.trim()));

/** The box, or the list, a path of a request belongs to. @param {string} path @returns {any} */
function placeOf(path) {
  const [name, at, part] = path.split('.');
  const list = panel().querySelector('[data-list="' + name + '"]');
  if (!list) return boxOf(panel(), name);
  return at === undefined ? list : part === undefined ? rowsOf(name)[+at] : boxOf(rowsOf(name)[+at], part);
}

/** What stands in a box: `value` for the engine (none if empty), or a fault. @param {Json} field @param {any} box @param {string} label @returns {{value?: any, echo?: string, fault?: Fault}} */
function readBox(field, box, label) {
  const input = inputOf(box);
  const text = input.value;
  if (field.kind === 'flag') return text ? { value: text === 'true' } : {};
  if (field.kind === 'choice') return text ? { value: text } : {};
  const plain = normalised(text);
  if (!plain) return {};
  if (field.kind === 'amount0' && /^[0０]+(\.0+)?(元)?$/.test(plain)) return { value: '0' };
  const signs = { multiplier: ['倍', ''], percent: ['%', '%'], count: ['[天日]', ''] }[/** @type {'count'} */ (field.kind)];
  if (signs) {
    const value = plain.replace(new RegExp(' ?' + signs[0] + '$'), '') + signs[1];
    return { value, echo: value === text ? '' : '读作 ' + value };
  }
  const unit = box.querySelector('select');
  const found = field.kind === 'date' ? readDate(text, label) : field.kind === 'rate' ? readRate(text, label, unit ? unit.value : 'day') : readAmount(text, label);
  if (found.value) return found;
  return { fault: { message: found.message || found.question, choices: found.choices } };
}

/** Everything typed in the open mode: the request, and what could not be read. @returns {{request: Json, faults: Map<string, Fault>}} */
function collect() {
  /** @type {Json} */ const request = { mode: currentMode() };
  /** @type {Map<string, Fault>} */ const faults = new Map();
  /** @param {Json} target @param {Json} field @param {any} box @param {string} path @param {string} owner */
  const take = (target, field, box, path, owner) => {
    const { value, echo, fault } = readBox(field, box, owner ? owner + labels[field.name] : fieldLabel(field.name, tables));
    if (fault) faults.set(path, fault);
    if (value !== undefined) target[field.name] = value;
    showEcho(box, echo || '');
  };
  for (const field of tables.fields[request.mode]) {
    if (field.kind !== 'list') take(request, field, boxOf(panel(), field.name), field.name, '');
    else {
      const items = rowsOf(field.name).map((row, at) => {
        /** @type {Json} */ const item = {};
        const owner = labels[field.name + '.item'].replace('{n}', String(at + 1));
        for (const part of field.fields) take(item, part, boxOf(row, part.name), [field.name, at, part.name].join('.'), owner);
        return item;
      });
      if (items.length) request[field.name] = items;
    }
  }
  return { request, faults };
}

/** @param {any} box @param {string} text */
function showEcho(box, text) {
  const echo = box.querySelector('.calculator__echo');
  if (!echo) return;
  echo.textContent = text;
  echo.hidden = !text;
}

/** Places for what will be said of a field, and the field told of them. @param {any} within */
function furnish(within) {
  for (const place of within.querySelectorAll('[data-field], [data-list]')) {
    const input = place.matches('[data-field]') ? inputOf(place) : place;
    const hint = place.querySelector('.calculator__hint');
    const error = make('p', { class: 'calculator__error', id: input.id + '-error', hidden: '' });
    const echo = make('p', { class: 'calculator__echo', id: input.id + '-echo', hidden: '' });
    if (hint) hint.id = input.id + '-hint';
    input.setAttribute('aria-describedby', (hint ? [hint] : []).concat(input === place ? [error] : [error, echo]).map((line) => line.id).join(' '));
    if (input === place) place.querySelector('[data-rows]').before(error);
    else {
      (hint || place.querySelector('label')).after(error);
      place.append(echo);
    }
  }
}

// errors

function clearErrors() {
  document.title = pageTitle;
  summary.hidden = true;
  summary.textContent = '';
  for (const line of form.querySelectorAll('.calculator__error')) clearError(line.parentElement);
}

/** @param {any} place */
function clearError(place) {
  const line = place.querySelector('.calculator__error');
  line.textContent = '';
  line.hidden = true;
  for (const input of place.querySelectorAll('[aria-invalid]')) input.removeAttribute('aria-invalid');
}

/** @param {any} place a box, a list or a row @param {Fault} fault */
function showError(place, fault) {
  const holder = place.matches('[data-row]') ? place.parentElement.parentElement : place;
  const line = holder.querySelector('.calculator__error');
  line.append(make('span', { class: 'visually-hidden' }, '错误：'), fault.message);
  line.hidden = false;
  const input = holder.matches('[data-field]') ? inputOf(holder) : null;
  if (input) input.setAttribute('aria-invalid', 'true');
  for (const choice of fault.choices || []) {
    line.append(' ', button(choice.label, () => {
      const unit = holder.querySelector('.calculator__control select');
      if (unit) unit.value = '';
      input.value = choice.value;
      clearError(holder);
      input.focus();
    }));
  }
  for (let details = holder.closest('details'); details; details = details.parentElement.closest('details')) details.open = true;
}

/** Label into view first, so that it is read before the field. @param {any} place */
function goTo(place) {
  const target = place.matches('[data-field]') ? inputOf(place) : place.matches('[data-row]') ? place.querySelector('input') : place;
  (place.querySelector('label, legend') || place).scrollIntoView();
  target.focus({ preventScroll: true });
}

/** @param {Map<string, Fault>} faults */
function showErrors(faults) {
  const found = [...faults].map(([path, fault]) => ({ place: placeOf(path) || panel(), fault }));
  found.sort((a, b) => (a.place.compareDocumentPosition(b.place) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
  const list = make('ul');
  for (const { place, fault } of found) {
    if (place !== panel()) showError(place, fault);
    const target = place.matches('[data-field]') ? inputOf(place) : place;
    const link = make('a', { href: '#' + (target.id || 'yq-form') }, fault.message);
    link.addEventListener('click', (/** @type {Event} */ event) => {
      event.preventDefault();
      goTo(place);
    });
    list.append(make('li', null, link));
  }
  summary.append(make('div', { role: 'alert' }, make('h2', null, '有几处要改'), list));
  summary.hidden = false;
  document.title = '错误：' + pageTitle;
  result.hidden = true;
  summary.focus();
}

// results

/** @param {string[][]} pairs @param {string} name */
const listed = (pairs, name) => make('dl', { class: name }, ...pairs.map(([term, value]) => make('div', { class: 'overdue__pair' }, make('dt', null, term), make('dd', null, value))));
const title = (/** @type {string} */ text) => make('h3', null, text);

/** @param {string} caption @param {string[]} columns @param {string[][]} rows @param {number[]} numbers which columns hold numbers */
function table(caption, columns, rows, numbers) {
  const right = (/** @type {number} */ at) => (numbers.includes(at) ? { class: 'ledger__number' } : {});
  const head = columns.map((column, at) => make('th', { scope: 'col', ...right(at) }, column));
  const body = rows.map((row) => make('tr', null, ...row.map((cell, at) => make(at ? 'td' : 'th', { ...(at ? {} : { scope: 'row' }), 'data-label': columns[at], ...right(at) }, cell))));
  return make('table', { class: 'ledger ledger--wide' }, make('caption', null, caption), make('thead', null, make('tr', null, ...head)), make('tbody', null, ...body));
}

/** What was given, each with a way back to its field. @param {Json} request @param {string[][]} inputs */
function given(request, inputs) {
  const names = tables.fields[request.mode].map((/** @type {Json} */ field) => field.name).filter((/** @type {string} */ name) => name in request && name !== 'claimed');
  const list = listed(inputs, 'calculator__given');
  [...list.querySelectorAll('dd')].forEach((line, at) => {
    const back = button('改', () => {
      const place = placeOf(names[at]);
      const details = place.closest('details');
      if (details) details.open = true;
      goTo(place);
    });
    back.setAttribute('aria-label', '改：' + inputs[at][0]);
    line.append(' ', back);
  });
  return [title('你填的'), list];
}

/** The total of later days: `[day, total in 分]`, as far as the rules reach. @param {Json} request @returns {{points: {date: string, days: number, total: string}[], why: string}} */
function growth(request) {
  const points = [];
  const from = /** @type {number} */ (parseDate(request.as_of));
  for (const days of AHEAD) {
    const date = formatDate(from + days);
    const answer = calculate(Object.assign({}, request, { as_of: date }), tables);
    if (!answer.ok) return { points, why: answer.errors[0].message };
    const total = request.mode === 'private' ? answer.lower : answer.total;
    if (total !== null) points.push({ date, days, total });
  }
  return { points, why: '' };
}

/** @param {Json} request */
function grown(request) {
  const { points, why } = growth(request);
  if (points.length < 2) return why && request.mode === 'judgment' ? [title('拖下去会怎样'), make('p', null, why)] : [];
  const caption = '一直不还，合计会变成多少';
  const now = Number(points[0].total);
  const rows = points.map(({ date, days, total }) => [date, days ? days + ' 天后' : '截止日', grouped(total), grouped((Number(total) - now).toFixed(2))]);
  return [title('拖下去会怎样'), chart(points, caption), table(caption, ['日期', '什么时候', '合计（元）', '多出（元）'], rows, [2, 3]), ...(why ? [make('p', null, why)] : [])];
}

/** A line through the totals; its text is the table below it. @param {{days: number, total: string}[]} points @param {string} caption */
function chart(points, caption) {
  const draw = (/** @type {string} */ tag, /** @type {Json} */ attributes, text = '') => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
    element.textContent = text;
    return element;
  };
  const most = Math.max(...points.map(({ total }) => Number(total)), 1);
  const last = points[points.length - 1].days;
  const spots = points.map(({ days, total }) => [20 + (280 * days) / last, 130 - (100 * Number(total)) / most]);
  const picture = draw('svg', { viewBox: '0 0 320 150', role: 'img', 'aria-label': caption + '，数字见下表', class: 'calculator__chart' });
  picture.append(
    draw('line', { x1: 20, y1: 130, x2: 305, y2: 130 }),
    draw('polyline', { points: spots.map((spot) => spot.map((part) => part.toFixed(1)).join(',')).join(' ') }),
    ...spots.map(([cx, cy]) => draw('circle', { cx, cy, r: 3 })),
    draw('text', { x: 20, y: 146 }, '0 天'),
    draw('text', { x: 300, y: 146, 'text-anchor': 'end' }, last + ' 天'),
    draw('text', { x: 20, y: spots[0][1] - 8 }, grouped(points[0].total)),
    draw('text', { x: 300, y: 14, 'text-anchor': 'end' }, grouped(points[points.length - 1].total)),
  );
  return picture;
}

/** @param {Json} answer */
function otherWays(answer) {
  if (!answer.conventions.length) return [];
  const what = { card: '（下个账单日的合计）', private: '（约定和上限取低的）' }[/** @type {'card'} */ (answer.mode)] || '';
  const rows = answer.conventions.map((/** @type {Json} */ it) => [it.label, grouped(it.total), (it.difference > '0.00' ? '+' : '') + grouped(it.difference)]);
  return [title('口径不同差多少'), table('只换一种口径，别的不变' + what, ['换成', '合计（元）', '相差（元）'], rows, [1, 2])];
}

/** The gap finder, a few tries at a time so that the page stays alive. @param {Json} request @param {number} own this calculation's turn */
function gap(request, own) {
  const search = gapSearch(request, tables);
  if (!search) return [];
  const box = make('div', { role: 'status' }, make('p', null, '正在比对各种口径…'));
  const go = () => {
    if (own !== turn) return;
    if (search.step(TRIES_AT_ONCE)) showGap(box, search.answer());
    else setTimeout(go, 0);
  };
  setTimeout(go, 0);
  return [title('对方说欠 ' + grouped(readAmount(request.claimed, '').value) + ' 元'), box];
}

/** @param {any} box @param {Json} found */
function showGap(box, found) {
  box.textContent = '';
  box.append(make('p', null, '按你填的口径是 ' + grouped(found.own) + ' 元，相差 ' + grouped(found.difference) + ' 元。' + found.text));
  for (const answer of found.answers) {
    const rest = answer.difference === '0.00' ? '' : '，还差 ' + grouped(answer.difference) + ' 元';
    box.append(make('p', { class: 'calculator__found' }, (answer.choices.map((/** @type {Json} */ it) => it.label).join('；') || '按你填的口径') + '：' + grouped(answer.total) + ' 元' + rest));
    if (answer.choices.length) box.append(make('ul', null, ...answer.choices.map((/** @type {Json} */ it) => make('li', null, '可以问：' + it.ask))));
  }
  box.append(make('p', null, found.paper));
}

/** Ways to take the result along. @param {Json} request @param {import('./report.js').Report} made */
function takeaway(request, made) {
  const area = make('textarea', { readonly: '', rows: '8', 'aria-label': '可以选中复制的文字', hidden: '' });
  const told = make('p', { role: 'status' });
  const copy = (/** @type {string} */ text, /** @type {string} */ done) => {
    area.value = text;
    area.hidden = false;
    const byHand = () => {
      area.focus();
      area.select();
      told.textContent = '文字在下面，已经选中，长按或按 Ctrl+C 复制。';
    };
    if (navigator.clipboard) navigator.clipboard.writeText(text).then(() => (told.textContent = done), byHand);
    else byHand();
  };
  const method = new URL(root.dataset.method, location.href).href;
  const buttons = [
    button('复制文字', () => copy(textOf(made, method), '已复制。')),
    button('复制带数字的链接', () => copy(location.href.split('#')[0] + '#' + fragmentOf(request, tables), '已复制。链接里有你的数字，发给谁谁就看得到。')),
  ];
  const wechat = /MicroMessenger/i.test(navigator.userAgent);
  if (!wechat && 'download' in HTMLAnchorElement.prototype && typeof URL.createObjectURL === 'function') buttons.push(button('下载明细（CSV）', () => download(csvOf(made))));
  if (!wechat && typeof window.print === 'function') buttons.push(button('打印', () => window.print()));
  return [make('div', { class: 'calculator__take' }, title('留一份'), make('p', null, '带数字的链接里有你的数字，发给谁谁就看得到。'), make('p', { class: 'calculator__buttons' }, ...buttons), told, area)];
}

/** @param {string} text */
function download(text) {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = make('a', { href: address, download: '逾期明细-' + today() + '.csv' });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}

/** @param {Json} request @param {Json} answer @param {boolean} move whether the focus goes to the result */
function showResult(request, answer, move) {
  const plain = Object.assign({}, request);
  delete plain.claimed;
  const made = report(request, answer, tables);
  const heading = byId('result-title');
  heading.textContent = made.sentence;
  const body = byId('result-body');
  body.textContent = '';
  const ledgers = made.ledgers.map((ledger) => table(ledger.caption, made.columns, ledger.rows, [2, 4, 5, 6]));
  body.append(
    listed(made.figures, 'overdue__figures'),
    ...made.notes.map((note) => make('p', { class: 'overdue__note' }, note)),
    title('怎么算的'),
    make('ul', null, ...made.formulas.map((line) => make('li', null, line))),
    ...ledgers,
    ...grown(plain),
    ...otherWays(answer),
    ...gap(request, turn),
    ...given(request, made.inputs),
    ...takeaway(request, made),
  );
  for (const list of byId('next').querySelectorAll('ul')) {
    const { mode, first, last } = list.dataset;
    list.hidden = mode ? mode !== request.mode : request.mode === 'judgment' || request.mode === 'private' || answer.days < +first || answer.days > +last;
  }
  byId('printed').textContent = '计算于 ' + today() + '。';
  result.hidden = false;
  say('算好了。' + made.sentence);
  if (!move) return;
  heading.scrollIntoView();
  heading.focus({ preventScroll: true });
}

/** @param {boolean} move */
function compute(move) {
  turn += 1;
  clearErrors();
  byId('notice').textContent = '';
  const { request, faults } = collect();
  const plain = Object.assign({}, request);
  delete plain.claimed;
  const answer = calculate(faults.size ? request : plain, tables);
  for (const { field, message } of answer.ok ? [] : answer.errors) if (!faults.has(field)) faults.set(field, { message });
  if (faults.size) showErrors(faults);
  else showResult(request, answer, move);
}

// the form's life

function showMode() {
  for (const each of form.querySelectorAll('div[data-mode]')) /** @type {any} */ (each).hidden = each !== panel();
  turn += 1;
  clearErrors();
  result.hidden = true;
}

/** @param {any} list */
function addRow(list) {
  const row = list.querySelector('template').content.firstElementChild.cloneNode(true);
  rowNumber += 1;
  for (const element of row.querySelectorAll('*')) {
    for (const { name, value } of [...element.attributes]) if (value.includes('__at__')) element.setAttribute(name, value.replace(/__at__/g, 'r' + rowNumber));
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
const numberRows = (list) => [...list.querySelectorAll('[data-row] > legend')].forEach((legend, at) => (legend.textContent = '第 ' + (at + 1) + ' 条'));

/** Put a request into the form. @param {Json} request */
function fill(request) {
  clearForm();
  /** @type {any} */ (form.elements.namedItem('mode')).value = request.mode;
  showMode();
  for (const field of tables.fields[request.mode]) {
    const value = request[field.name];
    if (value === undefined) continue;
    if (field.kind !== 'list') inputOf(boxOf(panel(), field.name)).value = String(value);
    else {
      for (const item of value) {
        const row = addRow(panel().querySelector('[data-list="' + field.name + '"]'));
        for (const [name, text] of Object.entries(item)) inputOf(boxOf(row, name)).value = text;
      }
    }
    const details = placeOf(field.name).closest('details');
    if (details) details.open = true;
  }
}

/** @param {any} box */
function echoOf(box) {
  const kinds = tables.fields[currentMode()].flatMap((/** @type {Json} */ field) => [field, ...(field.fields || [])]);
  const name = box.dataset.field.split('.').pop();
  const field = kinds.find((/** @type {Json} */ each) => each.name === name && each.kind === box.dataset.kind);
  showEcho(box, (field && readBox(field, box, '').echo) || '');
}

function clearForm() {
  for (const row of form.querySelectorAll('[data-row]')) row.remove();
  for (const echo of form.querySelectorAll('.calculator__echo')) showEcho(echo.parentElement, '');
  for (const details of form.querySelectorAll('details')) details.open = false;
  for (const field of form.querySelectorAll('input:not([type="radio"]), select')) /** @type {any} */ (field).value = '';
  byId('result-body').textContent = '';
}

/** Take a request out of the address, once. @param {boolean} move whether the reader asked for it just now */
function readAddress(move) {
  const found = requestFrom(location.hash.slice(1), tables);
  if (!found) return;
  history.replaceState(null, '', location.pathname + location.search);
  if (found.request) {
    fill(found.request);
    compute(move);
    byId('notice').textContent = '已按链接里的数字填好。换成你的，再按「算一算」。';
  } else byId('notice').textContent = '这个链接里的数字读不出来，可能不完整或者版本不同。请自己填一遍。';
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
      showMode();
      byId('notice').textContent = '';
      say('已清除。');
      /** @type {any} */ (form.querySelector('input[name="mode"]')).focus();
    }, 0);
  });
  form.addEventListener('change', (event) => {
    if (/** @type {any} */ (event.target).name === 'mode') showMode();
  });
  // The echo follows the typing: were it to come on leaving the field, it would move the very
  // button the reader is about to press.
  form.addEventListener('input', (event) => {
    const box = /** @type {any} */ (event.target).closest('[data-field]');
    if (box) echoOf(box);
    if (box && !result.hidden) say('数字改过了，按「算一算」重新算。');
  });
  for (const add of form.querySelectorAll('[data-add]')) add.addEventListener('click', () => addRow(add.closest('[data-list]')).querySelector('input').focus());
  for (const box of form.querySelectorAll('[data-field="as_of"]')) {
    box.append(button('填今天（' + today() + '）', () => {
      inputOf(box).value = today();
      showEcho(box, '');
      say('计算截止日填了 ' + today());
    }));
  }
  for (const each of form.querySelectorAll('.calculator__actions button')) /** @type {any} */ (each).disabled = false;
  window.addEventListener('hashchange', () => readAddress(true));
  window.addEventListener('beforeprint', () => {
    for (const details of result.querySelectorAll('details')) details.open = true;
  });
  showMode();
  readAddress(false);
}

start();
