// An answer in the reader's words, the twin of generator/calculator/report.py and fragment.py, and
// what can be taken away of it: a link, a text, a CSV table. No DOM; all words come with the tables.

import { has, isGiven } from './engine.js';

/** @typedef {{[name: string]: any}} Json */
/** @typedef {{inputs: string[][], sentence: string, figures: string[][], formulas: string[], columns: string[], ledgers: {caption: string, rows: string[][]}[], notes: string[]}} Report */

const MOST_LINES = 12;
const PREFIX = 'v=1&';
const LONGEST = 20000;
const MOST_ITEMS = 400;

/** `10225.00` → `10,225.00`. @param {string} amount */
const grouped = (amount) => amount.replace(/([0-9])(?=(?:[0-9]{3})+\.)/g, '$1,');
const empty = (/** @type {any} */ value) => !isGiven(value);
/** @param {string} text @param {Json} [parts] */
const filled = (text, parts = {}) => text.replace(/\{(\w+)\}/g, (whole, name) => (name in parts ? String(parts[name]) : whole));

/** What a field is called where it stands alone and not in a list's row. @param {string} name @param {Json} tables @returns {string} */
const fieldLabel = (name, tables) => tables.wording.shown['field.' + name] || tables.wording.labels[name];

/** @param {Json} request @param {Json} tables */
function wordsFor(request, tables) {
  const { shown, choices, labels } = tables.wording;
  /** @param {string} key @param {Json} [parts] */
  const say = (key, parts) => filled(shown[key + '.' + request.mode] || shown[key] || key, parts);
  const yuan = (/** @type {any} */ amount) => say('yuan', { amount: grouped(String(amount)) });
  const kind = (/** @type {string} */ name) => say('part.' + name);
  const daily = (/** @type {string} */ day, /** @type {string} */ year) => say('penalty_rate.value', { daily: day, annual: year });
  /** @param {Json} field @param {any} value @returns {string} */
  const written = (field, value) => {
    if (Array.isArray(value)) return value.map((entry) => item(field, entry)).join('；');
    if (field.kind === 'choice' || field.kind === 'flag') return choices[field.name + '.' + value] || String(value);
    if (field.kind === 'amount' || field.kind === 'amount0') return yuan(value.includes('.') ? value : value + '.00');
    return field.kind === 'count' ? say('days.value', { days: value }) : String(value);
  };
  /** @param {Json} field @param {Json} entry */
  const item = (field, entry) =>
    field.fields
      .filter((/** @type {Json} */ part) => !empty(entry[part.name]))
      .map((/** @type {Json} */ part) => labels[part.name] + ' ' + written(part, entry[part.name]))
      .join('，');
  return { say, yuan, kind, daily, written, choices };
}

/** @typedef {ReturnType<typeof wordsFor>} Words */

/** What is to be paid, null where too little is known. @param {Json} answer @returns {string | null} */
const toSettle = (answer) => (answer.mode === 'private' ? answer.lower : answer.total);

/** @param {Json} request @param {Json} answer @param {Words} words */
function sentenceOf({ mode, due, last_day }, answer, { say }) {
  const total = toSettle(answer);
  if (total === null) return say('sentence.unknown');
  const first = answer.days ? (mode === 'loan' && due) || (mode === 'judgment' && last_day) || '' : '';
  const { as_of, days } = answer;
  return say(first ? 'sentence.days' : 'sentence', { from: first, as_of, days, noun: say('noun'), total: grouped(total) });
}

/** The key figures a mode has of its own. @type {{[mode: string]: (answer: Json, words: Words) => [string, any][]}} */
const FIGURES = {
  loan: ({ arrears, days, stage, rates, annual_cost }, { say, yuan, daily }) => [
    [say('arrears'), arrears && yuan(arrears)],
    [say('days'), say('days.value', { days })],
    [say('stage'), stage && stage.label],
    [say('penalty_rate'), daily(rates.penalty_daily, rates.penalty_annual)],
    [say('annual_cost'), annual_cost],
  ],
  card: ({ total, late_fee, next_statement, rates }, { say, yuan, daily }) => [
    [say('part.fee'), total === null && yuan(late_fee)],
    [say('next_statement', next_statement || {}), next_statement && yuan(next_statement.total)],
    [say('card_rate'), daily(rates.daily, rates.annual)],
  ],
  private: ({ agreed, at_cap, difference, per_day_at_cap, rates }, { say, yuan }) => [
    [say('agreed'), yuan(agreed)],
    [say('at_cap', rates), yuan(at_cap)],
    [say('difference'), yuan(difference)],
    [say('per_day_at_cap'), yuan(per_day_at_cap)],
  ],
  judgment: ({ doubled_per_day, rates }, { say, yuan, daily }) => [
    [say('doubled_per_day'), yuan(doubled_per_day)],
    [say('doubled_rate'), daily(rates.doubled_daily, rates.doubled_annual)],
  ],
};

/** The parts that are not 0. @param {Json} answer */
const partsOf = (answer) => Object.entries(answer.parts || {}).filter(([, amount]) => amount !== '0.00');

/** @param {Json} answer @param {Words} words */
function figuresOf(answer, words) {
  const { say, yuan, kind } = words;
  const found = [
    [say('total'), answer.mode !== 'private' && answer.total && yuan(answer.total)],
    ...partsOf(answer).map(([name, amount]) => [kind(name), yuan(amount)]),
    [say('per_day'), yuan(answer.per_day)],
    ...FIGURES[answer.mode](answer, words),
  ];
  return found.filter((pair) => pair[1]);
}

/** @param {Json} request @param {Json} answer @param {Words} words */
function formulasOf(request, answer, { say, kind }) {
  const { ledger, rates, total } = answer;
  const found = [];
  if (request.mode === 'loan' && empty(request.penalty_rate)) {
    const { contract_daily: contract, penalty_daily: penalty } = rates;
    found.push(say('formula.penalty_rate', { contract, penalty, multiplier: request.multiplier || '1.5' }));
  }
  for (const { kind: name, base, rate, days, amount } of ledger.slice(0, MOST_LINES)) {
    found.push(say('formula.row', { kind: kind(name), base: grouped(base), rate, days, amount: grouped(amount) }));
  }
  if (ledger.length > MOST_LINES) found.push(say('formula.more', { n: ledger.length - MOST_LINES }));
  if (total !== null) {
    const parts = partsOf(answer).map(([name, amount]) => grouped(amount) + '（' + kind(name) + '）').join('＋');
    found.push(say('formula.sum', { parts, total: grouped(total) }), say('formula.rounding'));
  }
  return found;
}

/** The conventions that were chosen, where they can matter. @param {Json} request @param {Json[]} fields @param {Json} choices */
function chosen(request, fields, choices) {
  const matters = (/** @type {Json} */ field) =>
    field.vary &&
    !['basis', 'multiplier'].includes(field.name) &&
    (field.name !== 'allocation' || !empty(request.payments)) &&
    (field.name !== 'grace_retroactive' || !(empty(request.grace_days) || request.grace_days === '0'));
  return fields.filter(matters).map(({ name, default: usual }) => choices[name + '.' + (empty(request[name]) ? usual : request[name])]);
}

/** @param {Json} answer @param {Words} words */
function ledgersOf(answer, { say, kind }) {
  const row = (/** @type {Json} */ it) => [it.from, it.to, String(it.days), kind(it.kind), grouped(it.base), it.rate, grouped(it.amount)];
  const names = answer.mode === 'private' ? { ledger: 'ledger.agreed', ledger_at_cap: 'ledger.cap' } : { ledger: 'ledger' };
  return Object.entries(names)
    .filter(([name]) => answer[name].length)
    .map(([name, caption]) => ({ caption: say(caption), rows: answer[name].map(row) }));
}

/** @param {Json} request @param {Json} answer one that is ok @param {Json} tables @returns {Report} */
function report(request, answer, tables) {
  const words = wordsFor(request, tables);
  /** @type {Json[]} */ const fields = tables.fields[request.mode];
  const notes = [...(answer.missing || []), ...answer.notes, ...(answer.reference ? [answer.reference] : [])];
  return {
    inputs: fields
      .filter(({ name }) => name !== 'claimed' && !empty(request[name]))
      .map((field) => [fieldLabel(field.name, tables), words.written(field, request[field.name])]),
    sentence: sentenceOf(request, answer, words),
    figures: figuresOf(answer, words),
    formulas: formulasOf(request, answer, words).concat(chosen(request, fields, words.choices)),
    ledgers: ledgersOf(answer, words),
    columns: ['from', 'to', 'days', 'kind', 'base', 'rate', 'amount'].map((name) => words.say('column.' + name)),
    notes: notes.map((note) => note.text),
  };
}

/** The fragment of an address that carries a request. @param {Json} request @param {Json} tables */
function fragmentOf(request, tables) {
  const pairs = ['mode=' + request.mode];
  /** @param {Json} field @param {any} value @param {string} name */
  const add = (field, value, name) => {
    if (empty(value)) return;
    if (!Array.isArray(value)) pairs.push(name + '=' + encodeURIComponent(String(value)).replace(/[!'()*]/g, (sign) => '%' + sign.charCodeAt(0).toString(16).toUpperCase()));
    else value.forEach((entry, at) => field.fields.forEach((/** @type {Json} */ part) => add(part, entry[part.name], name + '.' + at + '.' + part.name)));
  };
  for (const field of tables.fields[request.mode]) add(field, request[field.name], field.name);
  return PREFIX + pairs.join('&');
}

/**
 * The request a fragment carries: null if it carries none, `request` null if it cannot be trusted.
 * @param {string} fragment without its # @param {Json} tables
 * @returns {{request: Json | null} | null}
 */
function requestFrom(fragment, tables) {
  if (!/^v=/.test(fragment)) return null;
  const bad = { request: null };
  if (!fragment.startsWith(PREFIX) || fragment.length > LONGEST) return bad;
  /** @type {Json} */ const request = {};
  /** @type {{[name: string]: Json}} */ let fields = {};
  for (const pair of fragment.slice(PREFIX.length).split('&')) {
    const at = pair.indexOf('=');
    const path = pair.slice(0, at).split('.');
    let value;
    try {
      value = decodeURIComponent(pair.slice(at + 1));
    } catch (error) {
      return bad;
    }
    if (at < 1 || !value || value.length > 60) return bad;
    if (!request.mode) {
      if (path[0] !== 'mode' || path.length > 1 || !Object.keys(tables.fields).includes(value)) return bad;
      request.mode = value;
      fields = byName(tables.fields[value]);
    } else if (!put(request, fields, path, value)) return bad;
  }
  return request.mode ? { request } : bad;
}

/** @param {Json[]} fields @returns {{[name: string]: Json}} */
const byName = (fields) => Object.assign(Object.create(null), ...fields.map((field) => ({ [field.name]: field })));

/** Whether a value could be put where the path says. @param {Json} target @param {{[name: string]: Json}} fields @param {string[]} path @param {string} value @returns {boolean} */
function put(target, fields, [name, at, ...rest], value) {
  const field = fields[name];
  if (!field) return false;
  if (field.kind === 'list') {
    const list = target[name] || (target[name] = []);
    if (!/^[0-9]{1,3}$/.test(at || '') || +at > list.length || +at >= MOST_ITEMS || rest.length !== 1) return false;
    if (+at === list.length) list.push({});
    return put(list[+at], byName(field.fields), [rest[0]], value);
  }
  if (at !== undefined || has(target, name)) return false;
  if (field.kind === 'flag' && !/^(true|false)$/.test(value)) return false;
  target[name] = field.kind === 'flag' ? value === 'true' : value;
  return true;
}

/** The ledgers as CSV, one line for each stretch of days. @param {Report} made */
function csvOf(made) {
  const quoted = (/** @type {string} */ cell) => '"' + cell.replace(/,(?=[0-9]{3})/g, '').replace(/"/g, '""') + '"';
  const lines = [];
  for (const ledger of made.ledgers) lines.push([ledger.caption], made.columns, ...ledger.rows);
  return '\ufeff' + lines.map((line) => line.map(quoted).join(',')).join('\r\n') + '\r\n';
}

/** What can be sent to the lender. @param {Report} made @param {string} address */
function textOf(made, address) {
  const pairs = (/** @type {string[][]} */ list) => list.map(([term, value]) => term + '：' + value);
  const rows = made.ledgers.map(({ caption, rows: lines }) => [caption + '（' + made.columns.join('，') + '）', ...lines.map((line) => line.join('，'))].join('\n'));
  const blocks = [made.sentence, pairs(made.inputs).join('\n'), pairs(made.figures).join('\n'), ['怎么算的', ...made.formulas].join('\n'), ...rows, ...made.notes];
  return blocks.join('\n\n') + '\n\n算法和出处：' + address + '\n';
}

export { report, fieldLabel, grouped, fragmentOf, requestFrom, csvOf, textOf, toSettle };
