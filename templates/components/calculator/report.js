// An answer in the reader's words, the twin of generator/calculator/report.py and fragment.py, and
// what can be taken away of it: a link, a text, a CSV table. No DOM, no import; all words come with
// the tables.

/** @typedef {{[name: string]: any}} Json */
/** @typedef {{inputs: string[][], sentence: string, figures: string[][], formulas: string[], columns: string[], ledgers: {caption: string, rows: string[][]}[], notes: string[]}} Report */

const MOST_LINES = 12;
const PREFIX = 'v=1&';
const LONGEST = 20000;
const MOST_ITEMS = 400;

/** `10225.00` → `10,225.00`. @param {string} amount */
const grouped = (amount) => amount.replace(/([0-9])(?=(?:[0-9]{3})+\.)/g, '$1,');
/** @param {any} value */
const empty = (value) => value === undefined || value === null || value === '' || (Array.isArray(value) && !value.length);
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
  return { say, yuan, kind, written, choices };
}

/** @param {Json} request @param {Json} answer @param {Json} tables @returns {Report} */
function report(request, answer, tables) {
  const { say, yuan, kind, written, choices } = wordsFor(request, tables);
  const { mode } = request;
  /** @type {Json[]} */ const fields = tables.fields[mode];
  const parts = Object.entries(answer.parts || {}).filter(([, amount]) => amount !== '0.00');

  const sentence = () => {
    const total = mode === 'private' ? answer.lower : answer.total;
    if (total === null) return say('sentence.unknown');
    const first = (answer.days && request[{ loan: 'due', judgment: 'last_day' }[/** @type {'loan'} */ (mode)] || '']) || '';
    const { as_of, days } = answer;
    return say(first ? 'sentence.days' : 'sentence', { from: first, as_of, days, noun: say('noun'), total: grouped(total) });
  };
  const daily = (/** @type {string} */ day, /** @type {string} */ year) => say('penalty_rate.value', { daily: day, annual: year });
  const { rates } = answer;
  /** @type {{[mode: string]: () => [string, string][]}} */
  const own = {
    loan: () => [
      [say('arrears'), answer.arrears && yuan(answer.arrears)],
      [say('days'), say('days.value', { days: answer.days })],
      [say('stage'), answer.stage && answer.stage.label],
      [say('penalty_rate'), daily(rates.penalty_daily, rates.penalty_annual)],
      [say('annual_cost'), answer.annual_cost],
    ],
    card: () => [
      [say('part.fee'), answer.total === null ? yuan(answer.late_fee) : ''],
      [say('next_statement', answer.next_statement || {}), answer.next_statement && yuan(answer.next_statement.total)],
      [say('card_rate'), daily(rates.daily, rates.annual)],
    ],
    private: () => [
      [say('agreed'), yuan(answer.agreed)],
      [say('at_cap', rates), yuan(answer.at_cap)],
      [say('difference'), yuan(answer.difference)],
      [say('per_day_at_cap'), yuan(answer.per_day_at_cap)],
    ],
    judgment: () => [
      [say('doubled_per_day'), yuan(answer.doubled_per_day)],
      [say('doubled_rate'), daily(rates.doubled_daily, rates.doubled_annual)],
    ],
  };
  const figures = [
    [say('total'), mode !== 'private' && answer.total && yuan(answer.total)],
    ...parts.map(([name, amount]) => [kind(name), yuan(amount)]),
    [say('per_day'), yuan(answer.per_day)],
    ...own[mode](),
  ].filter((pair) => pair[1]);

  const matters = (/** @type {Json} */ field) =>
    field.vary &&
    !['basis', 'multiplier'].includes(field.name) &&
    (field.name !== 'allocation' || !empty(request.payments)) &&
    (field.name !== 'grace_retroactive' || !(empty(request.grace_days) || request.grace_days === '0'));
  const formulas = () => {
    const found = [];
    if (mode === 'loan' && empty(request.penalty_rate)) {
      const { contract_daily: contract, penalty_daily: penalty } = rates;
      found.push(say('formula.penalty_rate', { contract, penalty, multiplier: request.multiplier || '1.5' }));
    }
    for (const row of answer.ledger.slice(0, MOST_LINES)) {
      const { rate, days } = row;
      found.push(say('formula.row', { kind: kind(row.kind), base: grouped(row.base), rate, days, amount: grouped(row.amount) }));
    }
    if (answer.ledger.length > MOST_LINES) found.push(say('formula.more', { n: answer.ledger.length - MOST_LINES }));
    if (answer.total !== null) {
      const summands = parts.map(([name, amount]) => grouped(amount) + '（' + kind(name) + '）').join('＋');
      found.push(say('formula.sum', { parts: summands, total: grouped(answer.total) }), say('formula.rounding'));
    }
    const chosen = fields.filter(matters).map((field) => choices[field.name + '.' + (empty(request[field.name]) ? field.default : request[field.name])]);
    return found.concat(chosen);
  };

  const row = (/** @type {Json} */ it) => [it.from, it.to, String(it.days), kind(it.kind), grouped(it.base), it.rate, grouped(it.amount)];
  const names = mode === 'private' ? { ledger: 'ledger.agreed', ledger_at_cap: 'ledger.cap' } : { ledger: 'ledger' };
  const notes = [...(answer.missing || []), ...answer.notes].map((note) => note.text);
  return {
    inputs: fields
      .filter((field) => field.name !== 'claimed' && !empty(request[field.name]))
      .map((field) => [fieldLabel(field.name, tables), written(field, request[field.name])]),
    sentence: sentence(),
    figures,
    formulas: formulas(),
    ledgers: Object.entries(names)
      .filter(([name]) => answer[name].length)
      .map(([name, caption]) => ({ caption: say(caption), rows: answer[name].map(row) })),
    columns: ['from', 'to', 'days', 'kind', 'base', 'rate', 'amount'].map((name) => say('column.' + name)),
    notes: answer.reference ? notes.concat(answer.reference.text) : notes,
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
  if (at !== undefined || Object.prototype.hasOwnProperty.call(target, name)) return false;
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

export { report, fieldLabel, grouped, fragmentOf, requestFrom, csvOf, textOf };
