// An answer in the reader's words, the twin of generator/calculator/report.py and fragment.py, and
// what can be taken away of it: a link, a text, a CSV table. No DOM; all words come with the tables.

import { copy, grouped, has, isAmount, isGiven, readRequest, words } from './engine.js';

/** @typedef {{[name: string]: any}} Json */
/** @typedef {{inputs: string[][], sentence: string, figures: string[][], formulas: string[], columns: string[], ledgers: {caption: string, rows: string[][]}[], notes: string[]}} Report */

const MOST_LINES = 12;
const COLUMNS = ['from', 'to', 'days', 'kind', 'base', 'rate', 'amount'];
const PREFIX = 'v=2&';
const LONGEST = 20000;
/** Faults of the shape of a request, which no reader can mend in the form. */
const MISSHAPEN = /^(choice|flag|list|list_long|object|type|unknown)$/;

/** What a field is called where it stands alone and not in a list's row. @param {string} name @param {Json} tables @returns {string} */
const fieldLabel = (name, tables) => tables.wording.shown['field.' + name] || tables.wording.labels[name];

/** What is to be paid, null where too little is known. @param {Json} answer @returns {string | null} */
const toSettle = (answer) => (answer.mode === 'private' ? answer.lower : answer.total);

/** @param {Json} request @param {Json} answer one that is ok @param {Json} tables @returns {Report} */
function report(request, answer, tables) {
  const { mode, rates, ledger, parts, stage, next_statement: bill } = answer;
  const { shown, choices, labels } = tables.wording;
  /** @type {Json[]} */ const fields = tables.fields[mode];
  const total = toSettle(answer);

  /** Words of the group `shown`; a form for the mode goes first. @type {(key: string, parts?: Json) => string} */
  const say = (key, values) => words(tables, 'shown', has(shown, key + '.' + mode) ? key + '.' + mode : key, values);
  const yuan = (/** @type {string} */ amount) => say('yuan', { amount });
  const kind = (/** @type {string} */ name) => say('part.' + name);
  const given = (/** @type {Json} */ field) => isGiven(request[field.name]);
  /** The parts that are not 0. @type {[string, string][]} */
  const summands = Object.entries(/** @type {{[name: string]: string}} */ (parts || {})).filter(([, amount]) => amount !== '0.00');

  /** @param {Json} field @param {any} value @returns {string} */
  function written(field, value) {
    if (field.kind === 'list') return value.map((/** @type {Json} */ entry) => item(field, entry)).join('；');
    if (field.kind === 'choice' || field.kind === 'flag') return choices[field.name + '.' + value];
    if (/^amount/.test(field.kind)) return yuan(value.includes('.') ? value : value + '.00');
    return field.kind === 'count' ? say('days.value', { days: value }) : value;
  }

  /** @param {Json} field @param {Json} entry @returns {string} */
  const item = (field, entry) =>
    field.fields
      .filter((/** @type {Json} */ part) => isGiven(entry[part.name]))
      .map((/** @type {Json} */ part) => labels[part.name] + ' ' + written(part, entry[part.name]))
      .join('，');

  /** Term and value of every key figure there is. */
  function figures() {
    /** Everything a figure may speak of, by name. @type {Json} */
    const known = copy(answer, rates, { stage: stage && stage.label }, bill && { date: bill.date, next_statement: bill.total });
    if (!parts) known['part.fee'] = answer.late_fee;
    for (const [name, amount] of summands) known['part.' + name] = amount;
    /** @type {(key: string) => string[]} */
    const figure = (key) => {
      const value = known[key];
      if (has(shown, key + '.value')) return [say(key, known), say(key + '.value', known)];
      return [say(key, known), isAmount(value) ? yuan(value) : value];
    };
    return tables.figures[mode].map(figure).filter((/** @type {string[]} */ pair) => pair[1]);
  }

  /** The formula with the numbers in it. */
  function formulas() {
    const found = [];
    if (mode === 'loan' && !isGiven(request.penalty_rate)) found.push(say('formula.penalty_rate', copy(rates, { multiplier: request.multiplier || '1.5' })));
    for (const row of ledger.slice(0, MOST_LINES)) found.push(say('formula.row', copy(row, { kind: kind(row.kind) })));
    if (ledger.length > MOST_LINES) found.push(say('formula.more', { n: ledger.length - MOST_LINES }));
    const sum = summands.map(([name, amount]) => grouped(amount) + '（' + kind(name) + '）').join('＋');
    if (answer.total !== null) found.push(say('formula.sum', { parts: sum, total: answer.total }), say('formula.rounding'));
    return found;
  }

  /** The conventions that were chosen, where they can matter. */
  function chosen() {
    const matters = (/** @type {Json} */ { name, vary }) =>
      vary &&
      !/^(basis|multiplier)$/.test(name) &&
      (name !== 'allocation' || isGiven(request.payments)) &&
      (name !== 'grace_retroactive' || +request.grace_days > 0);
    return fields.filter(matters).map((field) => choices[field.name + '.' + (given(field) ? request[field.name] : field.default)]);
  }

  function ledgers() {
    const captions = mode === 'private' ? { ledger: 'ledger.agreed', ledger_at_cap: 'ledger.cap' } : { ledger: 'ledger' };
    const cells = (/** @type {Json} */ row) => COLUMNS.map((name) => (name === 'kind' ? kind(row.kind) : grouped(String(row[name]))));
    return Object.entries(captions)
      .filter(([name]) => answer[name].length)
      .map(([name, caption]) => ({ caption: say(caption), rows: answer[name].map(cells) }));
  }

  function sentence() {
    if (total === null) return say('sentence.unknown');
    // The single due day of the form with one; none where there are several.
    const from = answer.days && { loan: request.due, judgment: request.last_day }[/** @type {'loan'} */ (mode)];
    return say(from ? 'sentence.days' : 'sentence', copy(answer, { from, noun: say('noun'), total }));
  }

  return {
    inputs: fields
      .filter((field) => field.name !== 'claimed' && given(field))
      .map((field) => [fieldLabel(field.name, tables), written(field, request[field.name])]),
    sentence: sentence(),
    figures: figures(),
    formulas: formulas().concat(chosen()),
    ledgers: ledgers(),
    columns: COLUMNS.map((name) => say('column.' + name)),
    notes: [...(answer.missing || []), ...answer.notes, ...(answer.reference ? [answer.reference] : [])].map(({ text }) => text),
  };
}

/** The fragment of an address that carries a request. @param {Json} request */
const fragmentOf = (request) => PREFIX + encodeURIComponent(JSON.stringify(request));

/**
 * The request a fragment carries: null if it carries none, `request` null if it cannot be trusted.
 * @param {string} fragment without its # @param {Json} tables
 * @returns {{request: Json | null} | null}
 */
function requestFrom(fragment, tables) {
  if (!/^v=/.test(fragment)) return null;
  let request = null;
  try {
    if (fragment.startsWith(PREFIX) && fragment.length < LONGEST) request = JSON.parse(decodeURIComponent(fragment.slice(PREFIX.length)));
  } catch (error) {
    // Not ours: as good as none.
  }
  const wrong = readRequest(request, tables).faults.some(({ field, code }) => field === 'mode' || MISSHAPEN.test(code));
  return { request: wrong ? null : request };
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

export { report, fieldLabel, fragmentOf, requestFrom, csvOf, textOf, toSettle };
