// The overdue calculator's engine, the twin of generator/calculator: same names, same order, same
// requests and answers, to the 分. No DOM, no clock, no import. Money is BigInt 分, an exact
// charge BigInt 1/SCALE 分, a day a Number of days since 1970. Why each rule is as it is stands
// in the Python modules; a comment here only says what JavaScript needs.

/** @typedef {{[name: string]: any}} Json */
/** @typedef {{unit: string, value: bigint}} Rate value over RATE_ONE per unit */
/** @typedef {{kind: string, first: number, days: number, base: bigint, rate: bigint, amount: bigint}} Row */
/** @typedef {{field: string, value: any, code: string}} Option */

// money

const RATE_ONE = 100000000n;
const MULTIPLIER_ONE = 10000n;
const DAY_FACTOR = 26280n;
const SCALE = RATE_ONE * MULTIPLIER_ONE * DAY_FACTOR;
const AMOUNT_LIMIT = 10000000000n;

const min = (/** @type {any} */ a, /** @type {any} */ b) => (a < b ? a : b);
const max = (/** @type {any} */ a, /** @type {any} */ b) => (a > b ? a : b);
const sumOf = (/** @type {any[]} */ items, /** @type {(item: any) => bigint} */ of) =>
  items.reduce((sum, item) => sum + of(item), 0n);

/** @param {string} text @returns {bigint | string} 分, or the code of what is wrong */
function parseAmount(text) {
  const found = /^([0-9]{1,15})(?:\.([0-9]{1,15}))?$/.exec(text);
  if (!found) return 'amount_format';
  const decimals = found[2] || '';
  if (decimals.length > 2) return 'amount_decimals';
  const fen = BigInt(found[1]) * 100n + BigInt(decimals.padEnd(2, '0'));
  return fen < AMOUNT_LIMIT ? fen : 'amount_big';
}

/** @param {bigint} fen */
function formatAmount(fen) {
  const whole = fen < 0n ? -fen : fen;
  return (fen < 0n ? '-' : '') + whole / 100n + '.' + String(whole % 100n).padStart(2, '0');
}

/** Halves away from zero. @param {bigint} exact @param {bigint} [unit] */
function halfUp(exact, unit = SCALE) {
  const rounded = (2n * (exact < 0n ? -exact : exact) + unit) / (2n * unit);
  return exact < 0n ? -rounded : rounded;
}

const yuan = (/** @type {bigint} */ exact) => formatAmount(halfUp(exact));

// dates

const DAY = 86400000;
const FIRST_DAY = Date.UTC(1980, 0, 1) / DAY;
const LAST_DAY = Date.UTC(2099, 11, 31) / DAY;

const monthDays = (/** @type {number} */ year, /** @type {number} */ month) =>
  month === 2 ? (year % 4 || (year % 100 === 0 && year % 400) ? 28 : 29) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;

/** @param {string} text @returns {number | string} */
function parseDate(text) {
  const found = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text);
  if (!found) return 'date_format';
  const [year, month, day] = found.slice(1).map(Number);
  if (!year || !month || month > 12 || !day || day > monthDays(year, month)) return 'date_real';
  // Date.UTC takes years below 100 for 19xx; they are out of range in any case.
  const number = Date.UTC(year, month - 1, day) / DAY;
  return year > 1900 && FIRST_DAY <= number && number <= LAST_DAY ? number : 'date_range';
}

const formatDate = (/** @type {number} */ day) => new Date(day * DAY).toISOString().slice(0, 10);

/** @param {number} day @param {number} months */
function addMonths(day, months) {
  const start = new Date(day * DAY);
  const count = start.getUTCMonth() + months;
  const year = start.getUTCFullYear() + Math.floor(count / 12);
  const month = count % 12;
  return Date.UTC(year, month, Math.min(start.getUTCDate(), monthDays(year, month + 1))) / DAY;
}

// rates

/** @type {{[sign: string]: string}} */
const UNITS = { 日: 'day', 月: 'month', 年: 'year' };
/** @type {{[unit: string]: bigint}} */
const LIMITS = { day: RATE_ONE / 100n, month: (RATE_ONE * 3n) / 10n, year: RATE_ONE };

/** @param {Rate} rate @param {number} basis @param {bigint} [multiplier] over SCALE */
function perDay(rate, basis, multiplier = MULTIPLIER_ONE) {
  const divisor = { day: 1, month: 30, year: basis, year_by_month: 12 }[rate.unit];
  return rate.value * (DAY_FACTOR / BigInt(/** @type {number} */ (divisor))) * multiplier;
}

const monthTakenForDay = (/** @type {Rate} */ rate) => ({
  unit: rate.unit === 'year' ? 'year_by_month' : 'day',
  value: rate.value,
});

const scaled = (/** @type {RegExpExecArray} */ found, /** @type {number} */ at, /** @type {number} */ decimals) =>
  BigInt(found[at] + (found[at + 1] || '').padEnd(decimals, '0'));

/** @param {string} text @returns {Rate | string} */
function parseRate(text) {
  const myriad = /^日 ?万分之([0-9]{1,4})(?:\.([0-9]{1,4}))?$/.exec(text);
  if (myriad) return limited('day', scaled(myriad, 1, 4));
  const found = /^([日月年]) ?([0-9]{1,4})(?:\.([0-9]{1,6}))?%$/.exec(text);
  return found ? limited(UNITS[found[1]], scaled(found, 2, 6)) : 'rate_format';
}

/** @param {string} unit @param {bigint} value */
function limited(unit, value) {
  return value <= LIMITS[unit] ? { unit, value } : 'rate_' + unit + '_high';
}

/** @param {string} text @returns {bigint | string} */
function parseMultiplier(text) {
  const found = /^([0-9]{1,4})(?:\.([0-9]{1,4}))?$/.exec(text);
  if (!found) return 'multiplier_format';
  const value = scaled(found, 1, 4);
  return MULTIPLIER_ONE <= value && value <= 5n * MULTIPLIER_ONE ? value : 'multiplier_range';
}

/** @param {string} text @returns {bigint | string} */
function parsePercent(text) {
  const found = /^([0-9]{1,4})(?:\.([0-9]{1,6}))?%$/.exec(text);
  if (!found) return 'percent_format';
  const value = scaled(found, 1, 6);
  return value <= RATE_ONE ? value : 'percent_range';
}

/** @param {bigint} value @param {number} decimals */
function trimmed(value, decimals) {
  const digits = String(value).padStart(decimals + 1, '0');
  return (digits.slice(0, -decimals) + '.' + digits.slice(-decimals)).replace(/\.?0+$/, '');
}

const formatMultiplier = (/** @type {bigint} */ value) => trimmed(value, 4);
const formatRate = (/** @type {Rate} */ rate) =>
  ({ day: '日', month: '月', year: '年' }[rate.unit] + ' ' + trimmed(rate.value, 6) + '%');
const dailyPercent = (/** @type {bigint} */ rate) => trimmed(halfUp(rate, SCALE / RATE_ONE), 6) + '%';
const annualPercent = (/** @type {bigint} */ rate) => trimmed(halfUp(rate * 365n, SCALE / 1000000n), 4) + '%';

// ledger

const KINDS = ['interest', 'penalty', 'compound', 'overdue_interest', 'doubled'];

/** @param {string} kind @param {number} first @param {number} days @param {bigint} base @param {bigint} rate @param {string} [rounding] @returns {Row} */
function row(kind, first, days, base, rate, rounding) {
  let oneDay = base * rate;
  if (rounding === 'daily') oneDay = halfUp(oneDay) * SCALE;
  else if (rounding === 'daily_truncated') oneDay = (oneDay / SCALE) * SCALE;
  return { kind, first, days, base, rate, amount: oneDay * BigInt(days) };
}

/** @param {Row[]} rows @returns {Row[]} */
function merged(rows) {
  /** @type {Row[]} */ const done = [];
  /** @type {Map<string, number>} */ const openEnds = new Map();
  const key = (/** @type {Row} */ item, /** @type {number} */ day) => [item.kind, item.base, item.rate, day].join();
  const order = (/** @type {Row} */ a, /** @type {Row} */ b) =>
    a.first - b.first || KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || a.days - b.days || Number(a.base - b.base);
  for (const item of rows.slice().sort(order)) {
    const start = key(item, item.first);
    let index = openEnds.get(start);
    openEnds.delete(start);
    if (index === undefined) index = done.push(item) - 1;
    else {
      const before = done[index];
      done[index] = Object.assign({}, before, { days: before.days + item.days, amount: before.amount + item.amount });
    }
    openEnds.set(key(item, done[index].first + done[index].days), index);
  }
  return done;
}

const weight = (/** @type {Row[]} */ rows) =>
  sumOf(rows.filter((item) => item.kind !== 'compound'), (item) => item.base * BigInt(item.days));
const charged = (/** @type {Row[]} */ rows) => sumOf(rows, (item) => item.amount);
const shown = (/** @type {Row[]} */ rows) =>
  rows.map((item) => ({
    kind: item.kind,
    from: formatDate(item.first),
    to: formatDate(item.first + item.days - 1),
    days: item.days,
    base: formatAmount(item.base),
    rate: dailyPercent(item.rate),
    amount: yuan(item.amount),
  }));

// tables

const has = (/** @type {object} */ object, /** @type {string} */ key) => Object.prototype.hasOwnProperty.call(object, key);

/** @param {Json} tables @param {string} group @param {string} key @param {Json} [parts] @returns {string} */
function words(tables, group, key, parts = {}) {
  const found = tables.wording[group];
  return Object.keys(parts).reduce(
    (text, name) => text.split('{' + name + '}').join(String(parts[name])),
    has(found, key) ? found[key] : key,
  );
}

const day = (/** @type {string} */ text) => /** @type {number} */ (parseDate(text));
const starts = (/** @type {Json} */ table) => day(table.rows[0].from);

/** @param {Json} table @param {number} on @returns {Json | null} the row in force */
function rowOn(table, on) {
  if (on > day(table.verified_through)) return null;
  const found = table.rows.filter((/** @type {Json} */ item) => day(item.from) <= on).pop();
  return found && (found.to === null || on <= day(found.to)) ? found : null;
}

// fields

const MAX_ITEMS = 400;

class Faults {
  /** @param {Json} tables */
  constructor(tables) {
    this.tables = tables;
    /** @type {Map<string, Json>} */ this.found = new Map();
  }

  /** @param {string} field @param {string} code @param {string} label @param {Json} [parts] */
  add(field, code, label, parts) {
    if (this.found.has(field)) return;
    const message = words(this.tables, 'messages', code, Object.assign({ label }, parts));
    this.found.set(field, { field, code, message });
  }
}

const isObject = (/** @type {any} */ value) => value !== null && typeof value === 'object' && !Array.isArray(value);
const isEmpty = (/** @type {any} */ value) => value === undefined || value === null || value === '';

class Fields {
  /** @param {Json} data @param {Faults} faults @param {string} [path] @param {string} [owner] */
  constructor(data, faults, path = '', owner = '') {
    this.data = data;
    this.faults = faults;
    this.path = path;
    this.owner = owner;
    this.known = new Set();
  }

  /** @param {string} name @param {string} code @param {Json} [parts] */
  fault(name, code, parts) {
    const label = this.owner + words(this.faults.tables, 'labels', name);
    this.faults.add(this.path + name, code, label, parts);
  }

  /** @param {string} name */
  given(name) {
    const value = this.data[name];
    return !isEmpty(value) && !(Array.isArray(value) && !value.length);
  }

  /** @param {string} name */
  skip(name) {
    this.known.add(name);
  }

  /** @param {string} name @returns {any} */
  value(name) {
    this.known.add(name);
    return this.data[name];
  }

  /** @param {string} name @returns {string | null} */
  text(name) {
    const value = this.value(name);
    if (isEmpty(value)) return null;
    if (typeof value === 'string') return value;
    this.fault(name, 'type');
    return null;
  }

  /** @param {string} name @param {(text: string) => any} parse @param {boolean} [required] @param {Json} [parts] */
  parsed(name, parse, required, parts) {
    const text = this.text(name);
    if (text === null) {
      if (required) this.fault(name, 'missing');
      return null;
    }
    const value = parse(text);
    if (typeof value !== 'string') return value;
    this.fault(name, value, parts);
    return null;
  }

  /** @param {string} name @param {boolean} [required] @param {boolean} [zero] @returns {bigint} */
  amount(name, required, zero) {
    const value = this.parsed(name, parseAmount, required);
    if (value === 0n && !zero) this.fault(name, 'amount_zero');
    return value || 0n;
  }

  /** @param {string} name @param {boolean} [required] @returns {number | null} */
  date(name, required) {
    return this.parsed(name, parseDate, required);
  }

  /** @param {string} name @param {boolean} [required] @returns {Rate | null} */
  rate(name, required) {
    return this.parsed(name, parseRate, required);
  }

  /** @param {string} name @param {number} limit @returns {number} */
  count(name, limit) {
    const parse = (/** @type {string} */ text) => {
      if (!/^[0-9]{1,9}$/.test(text)) return 'count_format';
      return Number(text) <= limit ? Number(text) : 'count_range';
    };
    return this.parsed(name, parse, false, { limit }) || 0;
  }

  /** @param {string} name @param {string[]} options @param {string} fallback */
  choice(name, options, fallback) {
    const text = this.text(name);
    if (text === null) return fallback;
    if (options.includes(text)) return text;
    this.fault(name, 'choice', { options: options.join('、') });
    return fallback;
  }

  /** @param {string} name @param {boolean} fallback @returns {boolean} */
  flag(name, fallback) {
    const value = this.value(name);
    if (typeof value === 'boolean') return value;
    if (value !== undefined && value !== null) this.fault(name, 'flag');
    return fallback;
  }

  /** @param {string} name @returns {Fields[]} */
  items(name) {
    const values = this.value(name);
    if (values === undefined || values === null) return [];
    if (!Array.isArray(values)) this.fault(name, 'list');
    else if (values.length > MAX_ITEMS) this.fault(name, 'list_long', { limit: MAX_ITEMS });
    else return this.objects(name, values);
    return [];
  }

  /** @param {string} name @param {any[]} values */
  objects(name, values) {
    /** @type {Fields[]} */ const found = [];
    values.forEach((value, index) => {
      const owner = words(this.faults.tables, 'labels', name + '.item', { n: index + 1 });
      const path = this.path + name + '.' + index;
      if (isObject(value)) found.push(new Fields(value, this.faults, path + '.', owner));
      else this.faults.add(path, 'object', owner);
    });
    return found;
  }

  /** The fields of the form that is not used. @param {string} list @param {string[]} names */
  eitherForm(list, names) {
    if (!this.given(list)) return false;
    for (const name of names) {
      if (this.given(name)) this.fault(name, 'either_form');
      this.skip(name);
    }
    return true;
  }

  finish() {
    for (const key of Object.keys(this.data).sort()) {
      if (!this.known.has(key)) this.faults.add(this.path + key, 'unknown', key);
    }
  }
}

// payments

/** @param {Fields} fields @param {number | null} first @param {number | null} last */
function readPayments(fields, first, last) {
  /** @type {{day: number, amount: bigint}[]} */ const found = [];
  for (const item of fields.items('payments')) {
    const on = item.date('date', true);
    const amount = item.amount('amount', true);
    item.finish();
    if (on === null) continue;
    if (first !== null && on < first) item.fault('date', 'payment_early', { first: formatDate(first) });
    else if (last !== null && on > last) item.fault('date', 'payment_late', { last: formatDate(last) });
    else found.push({ day: on, amount });
  }
  return found.sort((a, b) => a.day - b.day);
}

/** @param {{day: number, amount: bigint}[]} payments @returns {Map<number, bigint>} */
function byDay(payments) {
  const paid = new Map();
  for (const item of payments) paid.set(item.day, (paid.get(item.day) || 0n) + item.amount);
  return paid;
}

/** @param {{[name: string]: bigint}} owed @param {string[]} order @param {bigint} pool @returns {[bigint, {[name: string]: bigint}]} */
function settle(owed, order, pool) {
  /** @type {{[name: string]: bigint}} */ const taken = {};
  for (const name of order) {
    taken[name] = min(pool, owed[name] / SCALE);
    owed[name] -= taken[name] * SCALE;
    pool -= taken[name];
  }
  return [pool, taken];
}

/** Settle whole 分 of one property of each line. @param {any[]} lines @param {string} name @param {bigint} pool @param {(line: any, part: bigint) => void} [then] */
function settleLines(lines, name, pool, then) {
  for (const line of lines) {
    const part = min(pool, line[name]);
    line[name] -= part;
    pool -= part;
    if (then) then(line, part);
  }
  return pool;
}

/** @param {{[name: string]: bigint}} parts @param {bigint} credit */
function absorbed(parts, credit) {
  let left = credit * SCALE;
  for (const name of Object.keys(parts)) {
    const part = min(left, parts[name]);
    parts[name] -= part;
    left -= part;
  }
  return left / SCALE;
}

const totalOf = (/** @type {{[name: string]: bigint}} */ parts) => sumOf(Object.keys(parts), (name) => parts[name]);
const ascending = (/** @type {Iterable<number>} */ days, /** @type {(day: number) => boolean} */ kept) =>
  Array.from(new Set(days)).filter(kept).sort((a, b) => a - b);

// loan

const BASES = ['overdue', 'overdue_with_interest', 'accelerated'];
const COMPOUNDING = ['none', 'on_interest', 'monthly'];
const ROUNDING = ['exact', 'daily', 'daily_truncated'];
const END_POINTS = ['difference', 'both_ends'];
const ALLOCATION = ['interest_first', 'principal_first'];
const USUAL_MULTIPLIER = 15000n;

const contractPerDay = (/** @type {Json} */ loan) => perDay(loan.contract, loan.basis);
const calledOn = (/** @type {Json} */ loan) => (loan.base === 'accelerated' ? loan.accelerated_on : null);
const needsBasis = (/** @type {Json} */ loan) =>
  loan.contract.unit === 'year' || (loan.penalty !== null && loan.penalty.unit === 'year');

/** @param {Json} loan */
function penaltyPerDay(loan) {
  const own = loan.penalty ? perDay(loan.penalty, loan.basis) : perDay(loan.contract, loan.basis, loan.multiplier);
  return own + (loan.stacked ? contractPerDay(loan) : 0n);
}

/** Run a loan to the end of its as-of day: generator/calculator/account.py. @param {Json} loan */
function runLoan(loan) {
  const called = calledOn(loan);
  const rate = penaltyPerDay(loan);
  const withInterest = loan.base === 'overdue_with_interest';
  const runsFrom = loan.instalments[loan.instalments.length - 1].due;
  const firstDue = loan.instalments[0].due;
  const paid = byDay(loan.payments);
  const owed = { fee: 0n, penalty: 0n, compound: 0n, running: 0n, remaining: loan.remaining * SCALE };
  /** @type {Row[]} */ const rows = [];
  /** @type {any[]} */ let lines = [];
  let waiting = loan.instalments.map(newLine);
  const anniversaries = new Set();
  let capitalised = 0n;
  let feeDue = loan.fee;
  let credit = 0n;
  let today = firstDue - 1;

  /** @param {{due: number, principal: bigint, interest: bigint}} item */
  function newLine(item) {
    const start = item.due + (loan.grace_retroactive ? 0 : loan.grace_days) - (loan.end_points === 'both_ends' ? 1 : 0);
    const decision = item.due + loan.grace_days;
    return { due: item.due, principal: item.principal, interest: item.interest, start, decision, decided: false, held: [] };
  }

  const isOpen = (/** @type {any} */ line) => line.principal + line.interest > 0n;
  const interestOf = (/** @type {any[]} */ of) => sumOf(of, (line) => line.interest);
  const principalOf = (/** @type {any[]} */ of) => sumOf(of, (line) => line.principal);
  const decided = () => lines.filter((line) => line.decided);
  const release = (/** @type {bigint} */ part) => {
    capitalised = max(0n, capitalised - part);
  };

  /** @param {any[]} of @param {number} days */
  function penalRows(of, days) {
    const interest = interestOf(of);
    const base = principalOf(of) + (withInterest ? interest : 0n);
    let compound = loan.compounding === 'on_interest' ? interest : 0n;
    if (loan.compounding === 'monthly' && of.some((line) => line.decided)) compound = capitalised;
    const found = [];
    if (base > 0n) found.push(row('penalty', today + 1, days, base, rate, loan.rounding));
    if (compound > 0n) found.push(row('compound', today + 1, days, compound, rate, loan.rounding));
    return found;
  }

  /** @param {number} days */
  function runningRows(days) {
    const base = owed.remaining / SCALE;
    if (base === 0n || today < runsFrom) return [];
    return [row('interest', today + 1, days, base, contractPerDay(loan), loan.rounding)];
  }

  /** @param {Row[]} found */
  function post(found) {
    for (const item of found) {
      owed[/** @type {'penalty'} */ (item.kind === 'interest' ? 'running' : item.kind)] += item.amount;
      rows.push(item);
    }
  }

  /** @param {number} until */
  function charge(until) {
    const days = until - today;
    post(penalRows(decided(), days));
    for (const line of lines.concat(waiting)) {
      if (!line.decided && line.start <= today) line.held.push(...penalRows([line], days));
    }
    post(runningRows(days));
    today = until;
  }

  function fallDue() {
    lines = lines.concat(waiting.filter((/** @type {any} */ line) => line.due <= today));
    waiting = waiting.filter((/** @type {any} */ line) => line.due > today);
    if (today !== called) return;
    const interest = owed.running / SCALE;
    const line = newLine({ due: today, principal: owed.remaining / SCALE, interest });
    owed.running -= interest * SCALE;
    owed.remaining = 0n;
    line.start = max(line.start, today);
    lines.push(line);
  }

  /** @param {bigint} pool */
  function payCharges(pool) {
    pool = settle(owed, ['fee'], pool)[0];
    pool = settleLines(lines, 'interest', pool, (line, part) => {
      if (line.decided && !withInterest) release(part);
    });
    const [left, taken] = settle(owed, ['penalty', 'compound'], pool);
    release(taken.penalty + taken.compound);
    return left;
  }

  /** @param {bigint} pool */
  function pay(pool) {
    const payPrincipal = (/** @type {bigint} */ left) => settleLines(lines, 'principal', left);
    pool = loan.allocation === 'principal_first' ? payCharges(payPrincipal(pool)) : payPrincipal(payCharges(pool));
    if (waiting.length) return pool;
    const [left, taken] = settle(owed, ['running', 'remaining'], pool);
    release(taken.running);
    return left;
  }

  function decide() {
    for (const line of lines) {
      if (line.decided || line.decision > today) continue;
      line.decided = true;
      if (!isOpen(line)) continue;
      post(line.held);
      owed.fee += feeDue * SCALE;
      feeDue = 0n;
    }
  }

  function capitalise() {
    if (!anniversaries.has(today)) return;
    const unpaid = owed.running + owed.penalty + owed.compound;
    capitalised = (unpaid + (withInterest ? 0n : SCALE * interestOf(decided()))) / SCALE;
  }

  if (loan.compounding === 'monthly') {
    for (let months = 1; addMonths(firstDue, months) <= loan.as_of; months += 1) anniversaries.add(addMonths(firstDue, months));
  }
  const days = [loan.as_of, runsFrom, ...anniversaries, ...paid.keys()];
  for (const line of waiting) days.push(line.start, line.due, line.decision);
  if (called !== null) days.push(called, called + loan.grace_days);
  const start = today;
  for (const until of ascending(days, (on) => start < on && on <= loan.as_of)) {
    charge(until);
    fallDue();
    credit = pay(credit + (paid.get(until) || 0n));
    if (until < loan.as_of) decide();
    capitalise();
  }

  const parts = {
    principal: SCALE * principalOf(lines),
    remaining: owed.remaining,
    interest: SCALE * interestOf(lines) + owed.running,
    penalty: owed.penalty,
    compound: owed.compound,
    fee: owed.fee,
  };
  const due = lines.filter(isOpen);
  const inGrace = due.filter((line) => !line.decided && line.decision > line.due).map((line) => line.decision);
  const tomorrow = lines.filter((line) => line.decided || (isOpen(line) && line.decision <= loan.as_of));
  for (const line of tomorrow) line.decided = true;
  return {
    parts,
    rows: merged(rows),
    perDay: charged(penalRows(tomorrow, 1).concat(runningRows(1))),
    days: due.length ? loan.as_of - due[0].due : 0,
    graceUntil: inGrace.length ? Math.min(...inGrace) : null,
    surplus: absorbed(parts, credit),
    ahead: owed.remaining + owed.running,
    feeCharged: loan.fee - feeDue,
    total: totalOf(parts),
  };
}

// judgment

/** generator/calculator/judgment.py. @param {Json} terms */
function runJudgment(terms) {
  const shift = terms.end_points === 'both_ends' ? 1 : 0;
  const paid = byDay(terms.payments);
  const owed = { ordinary: terms.ordinary * SCALE, running: 0n, doubled: 0n };
  const sums = terms.sums.map((/** @type {any} */ item) => ({ due: item.due, left: item.amount }));
  /** @type {Row[]} */ const rows = [];
  let lateBefore = terms.as_of;
  let credit = 0n;
  let today = 0;
  const left = (/** @type {any[]} */ of) => sumOf(of, (item) => item.left);

  /** @param {number} days @returns {Row[]} */
  function nextRows(days) {
    if (days === 0) return [];
    const first = today + 1;
    const found = [];
    const running = terms.running;
    if (running && running.start <= today) {
      found.push(row('interest', first, days, min(running.base, left(sums)), perDay(running.rate, terms.basis)));
    }
    let late = left(sums.filter((/** @type {any} */ item) => item.due - shift <= today && item.due < lateBefore));
    if (late && terms.on_everything) late += owed.ordinary / SCALE;
    if (!terms.excluded.some((/** @type {number[]} */ span) => span[0] <= first && first <= span[1])) {
      found.push(row('doubled', first, days, late, terms.daily));
    }
    return found.filter((item) => item.base > 0n);
  }

  const days = [terms.as_of, ...paid.keys()];
  for (const item of sums) days.push(item.due - shift);
  for (const span of terms.excluded) days.push(span[0] - 1, span[1]);
  if (terms.running) days.push(terms.running.start);
  const events = ascending(days, (on) => on <= terms.as_of);
  today = events[0];
  for (const until of events) {
    for (const item of nextRows(until - today)) {
      owed[item.kind === 'interest' ? 'running' : 'doubled'] += item.amount;
      rows.push(item);
    }
    today = until;
    let pool = credit + (paid.get(until) || 0n);
    if (terms.allocation === 'principal_first') pool = settleLines(sums, 'left', pool);
    pool = settle(owed, ['ordinary', 'running'], pool)[0];
    pool = settleLines(sums, 'left', pool);
    credit = settle(owed, ['doubled'], pool)[0];
  }
  const parts = { judged: SCALE * left(sums), ordinary: owed.ordinary + owed.running, doubled: owed.doubled };
  lateBefore += 1;
  const tomorrow = nextRows(1);
  const unpaid = sums.filter((/** @type {any} */ item) => item.left);
  return {
    parts,
    rows: merged(rows),
    perDay: charged(tomorrow),
    doubledPerDay: charged(tomorrow.filter((item) => item.kind === 'doubled')),
    days: unpaid.length ? Math.max(0, terms.as_of - unpaid[0].due) : 0,
    surplus: absorbed(parts, credit),
    total: totalOf(parts),
  };
}

// private

const overdueFee = (/** @type {Json} */ loan) => (loan.due !== null && loan.as_of > loan.due ? loan.fee : 0n);

/** generator/calculator/private.py. @param {Json} loan */
function runPrivate(loan) {
  const owed = { principal: loan.principal * SCALE, interest: 0n, overdue_interest: 0n, fee: overdueFee(loan) * SCALE };
  const paid = byDay(loan.payments);
  /** @type {Row[]} */ const rows = [];
  let credit = 0n;
  let today = loan.arrived_on - (loan.end_points === 'both_ends' ? 1 : 0);
  const order = ['interest', 'overdue_interest'];
  if (loan.allocation === 'principal_first') order.unshift('principal');
  else order.push('principal');

  /** @param {number} days */
  function nextRow(days) {
    const late = loan.due !== null && today >= loan.due;
    const rate = perDay(late ? loan.overdue : loan.term, loan.basis);
    return row(late ? 'overdue_interest' : 'interest', today + 1, days, owed.principal / SCALE, rate);
  }

  const days = [loan.arrived_on, loan.as_of, loan.due === null ? loan.as_of : loan.due, ...paid.keys()];
  for (const until of ascending(days, (on) => on <= loan.as_of)) {
    if (until > today && loan.as_of > loan.arrived_on) {
      const item = nextRow(until - today);
      owed[/** @type {'interest'} */ (item.kind)] += item.amount;
      rows.push(item);
    }
    today = until;
    credit = settle(owed, order, credit + (paid.get(until) || 0n))[0];
  }
  const left = settle(owed, ['fee'], credit)[0];
  const parts = Object.assign({}, owed);
  return {
    parts,
    rows: merged(rows.filter((item) => item.amount)),
    late: rows.filter((item) => item.kind === 'overdue_interest'),
    perDay: nextRow(1).amount,
    surplus: absorbed(parts, left),
    total: totalOf(parts),
  };
}

const atCap = (/** @type {Json} */ loan) => Object.assign({}, loan, { term: loan.cap, overdue: loan.cap, fee: 0n });

/** @param {Json} loan */
function eachPeriodCapped(loan) {
  const of = (/** @type {Rate} */ rate) => perDay(rate, loan.basis);
  const lower = (/** @type {Rate} */ rate) => (of(rate) <= of(loan.cap) ? rate : loan.cap);
  const overdue = lower(loan.overdue);
  const held = Object.assign({}, loan, { term: lower(loan.term), overdue, fee: 0n });
  const room = (weight(runPrivate(held).late) * (of(loan.cap) - of(overdue))) / SCALE;
  return Object.assign(held, { fee: min(overdueFee(loan), room) });
}

// card

const INTEREST_ON = ['full', 'unpaid'];
const CARD_COMPOUNDING = ['monthly', 'none'];
const CARD_ALLOCATION = ['interest_first', 'principal_first_after_90'];

/** @param {Json} card @param {number} through */
function billsOf(card, through) {
  const found = card.statements.slice();
  const last = found[found.length - 1];
  for (let months = 1; found[found.length - 1].day < through; months += 1) {
    found.push({ day: addMonths(last.day, months), due: addMonths(last.due, months), minimum: null });
  }
  return found;
}

const nextStatement = (/** @type {Json} */ card) =>
  billsOf(card, card.as_of).find((/** @type {any} */ item) => item.day >= card.as_of).day;

/** generator/calculator/revolving.py. @param {Json} card @param {boolean} [atStatement] */
function runCard(card, atStatement) {
  const counted = card.statement_day_counted ? 1 : 0;
  const until = atStatement ? nextStatement(card) + counted : card.as_of;
  const paid = byDay(card.payments);
  const owed = { fee: 0n, interest: 0n };
  /** @type {any[]} */ let lots = [];
  /** @type {any[]} */ let open = [];
  const coming = billsOf(card, until).map((/** @type {any} */ item) => ({
    statement: item,
    cut: item.day + counted,
    decision: item.due + card.tolerance_days + 1,
    balance: 0n,
    paid: 0n,
  }));
  /** @type {Row[]} */ let rows = [];
  /** @type {number[]} */ const undecided = [];
  /** @type {number | null} */ let missed = null;
  let unbilled = 0n;
  let interest = 0n;
  let credit = 0n;
  let fees = 0n;
  let next = 0;
  let today = card.lots[0].posted;
  const left = () => sumOf(lots, (lot) => lot.left);

  /** @param {number} days */
  function liveRows(days) {
    const base = sumOf(lots.filter((lot) => lot.live), (lot) => lot.left);
    const billed = card.compounding === 'monthly' ? owed.interest / SCALE : 0n;
    const found = [];
    if (base > 0n) found.push(row('interest', today, days, base, card.daily));
    if (billed > 0n) found.push(row('compound', today, days, billed, card.daily));
    return found;
  }

  /** @param {Row[]} found */
  function post(found) {
    rows = rows.concat(found);
    unbilled += charged(found);
  }

  /** @param {number} end */
  function charge(end) {
    const days = end - today;
    if (days > 0) {
      post(liveRows(days));
      for (const lot of lots) {
        if (!lot.live && lot.left) lot.held.push(row('interest', today, days, lot.left, card.daily));
      }
    }
    today = end;
  }

  /** @param {bigint} pool */
  function settleCard(pool) {
    if (missed !== null && today - missed > 90 && card.allocation === 'principal_first_after_90') {
      pool = settleLines(lots, 'left', pool);
    }
    return settleLines(lots, 'left', settle(owed, ['fee', 'interest'], pool)[0]);
  }

  function cut() {
    for (; next < coming.length && coming[next].cut <= today; next += 1) {
      const billed = halfUp(unbilled);
      interest += billed;
      owed.interest += billed * SCALE;
      unbilled = 0n;
      credit = settleCard(credit);
      coming[next].balance = (owed.fee + owed.interest) / SCALE + left() - credit;
      open.push(coming[next]);
    }
  }

  /** @param {any} bill @param {bigint} unpaid */
  function lateFee(bill, unpaid) {
    let short = unpaid;
    if (card.fee_on !== 'balance') {
      if (bill.statement.minimum === null) {
        undecided.push(bill.statement.day);
        return;
      }
      short = bill.statement.minimum - bill.paid;
    }
    if (short <= 0n) return;
    if (missed === null) missed = bill.statement.due;
    let fee = max(halfUp(short * card.fee_rate), card.fee_min);
    if (card.fee_max !== null) fee = min(fee, card.fee_max);
    owed.fee += fee * SCALE;
    fees += fee;
  }

  /** @param {any} bill */
  function decide(bill) {
    const unpaid = bill.balance - bill.paid;
    const full = unpaid <= card.tolerance;
    for (const lot of lots) {
      if (lot.live || lot.posted > bill.statement.day) continue;
      if (full) lot.held = [];
      else {
        lot.live = true;
        post(
          card.interest_on === 'full'
            ? lot.held
            : lot.left
              ? lot.held.map((/** @type {Row} */ item) => row(item.kind, item.first, item.days, lot.left, item.rate))
              : [],
        );
      }
    }
    if (!full) lateFee(bill, unpaid);
  }

  function happen() {
    if (counted) cut();
    for (const bill of open) if (bill.decision <= today) decide(bill);
    open = open.filter((bill) => bill.decision > today);
    for (const lot of card.lots) {
      if (lot.posted === today) lots.push({ posted: lot.posted, left: lot.amount, live: lot.cash, held: [] });
    }
    const amount = paid.get(today) || 0n;
    for (const bill of open) bill.paid += amount;
    credit = settleCard(credit + amount);
    if (!counted) cut();
  }

  const days = [until, ...paid.keys()];
  for (const lot of card.lots) days.push(lot.posted);
  for (const bill of coming) days.push(bill.cut, bill.decision);
  const start = today;
  for (const on of ascending(days, (at) => start <= at && at <= until)) {
    charge(on);
    if (on === until && atStatement && counted) cut();
    else happen();
  }
  const last = halfUp(unbilled);
  const parts = { principal: SCALE * left(), interest: owed.interest + last * SCALE, fee: owed.fee };
  const free = open.filter((bill) => bill.balance - bill.paid > card.tolerance);
  return {
    parts,
    rows: merged(rows),
    interest: interest + last,
    fees,
    perDay: charged(liveRows(1)),
    days: missed !== null && totalOf(parts) ? Math.max(0, today - missed) : 0,
    freeUntil: free.length ? free[free.length - 1].decision - 1 : null,
    undecided,
    surplus: absorbed(parts, credit),
    total: totalOf(parts),
  };
}

// variants

const MULTIPLIERS = [10000n, 13000n, 15000n];

/** @param {string} field @param {any[]} values @returns {Option[]} */
function optionsOf(field, ...values) {
  return values.map((value) => ({
    field,
    value,
    code: field === 'multiplier' ? formatMultiplier(value) : String(value),
  }));
}

/** @param {Json} terms @returns {Option[][]} */
function choices(terms) {
  if (terms.mode === 'loan') return loanChoices(terms);
  if (terms.mode === 'card') {
    return [
      optionsOf('statement_day_counted', true, false),
      optionsOf('interest_on', ...INTEREST_ON),
      optionsOf('compounding', ...CARD_COMPOUNDING),
    ];
  }
  const found = [];
  if (terms.mode === 'private' || (terms.running && terms.running.rate.unit === 'year')) {
    found.push(optionsOf('basis', 360, 365));
  }
  found.push(optionsOf('end_points', ...END_POINTS));
  if (terms.payments.length) found.push(optionsOf('allocation', ...ALLOCATION));
  return found;
}

/** @param {Json} loan */
function loanChoices(loan) {
  const found = needsBasis(loan) ? [optionsOf('basis', 360, 365)] : [];
  found.push(optionsOf('end_points', ...END_POINTS));
  const withInterest = loan.instalments.some((/** @type {any} */ item) => item.interest);
  const bases = BASES.filter((_, index) => [true, withInterest, loan.accelerated_on !== null][index]);
  found.push(optionsOf('compounding', ...COMPOUNDING.filter((name) => withInterest || name !== 'on_interest')));
  if (bases.length > 1) found.push(optionsOf('base', ...bases));
  if (!loan.penalty) {
    const values = MULTIPLIERS.includes(loan.multiplier) ? MULTIPLIERS : MULTIPLIERS.concat(loan.multiplier);
    found.push(optionsOf('multiplier', ...values.slice().sort((a, b) => Number(a - b))));
  }
  found.push(optionsOf('rounding', ...ROUNDING));
  if (loan.payments.length) found.push(optionsOf('allocation', ...ALLOCATION));
  if (loan.grace_days) found.push(optionsOf('grace_retroactive', true, false));
  return found;
}

/** @param {Json} terms @param {bigint} written */
function mistakes(terms, written) {
  const found = [];
  if (terms.mode === 'loan') {
    found.push('stacked', 'on_balance');
    if (terms.contract.unit !== 'day') found.push('month_for_day');
  } else if (terms.mode === 'card') found.push('on_balance');
  else if (terms.mode === 'judgment') {
    found.push('doubled_twice');
    if (terms.ordinary) found.push('on_everything');
  } else if (written > terms.principal) return [{ field: 'mistake', value: written, code: 'on_written' }];
  return optionsOf('mistake', ...found);
}

/** @param {Option[][]} groups @returns {Option[][]} */
const product = (groups) =>
  groups.reduce(
    (/** @type {Option[][]} */ done, group) =>
      done.reduce((/** @type {Option[][]} */ all, start) => all.concat(group.map((item) => start.concat([item]))), []),
    [[]],
  );

/** @param {Json} terms */
function scopes(terms) {
  if (terms.mode === 'card') return [optionsOf('scope', 'total', 'next_statement')];
  if (terms.mode === 'private') return [optionsOf('scope', 'total', 'at_cap')];
  return terms.mode === 'loan' && terms.remaining && calledOn(terms) === null ? [optionsOf('scope', 'total', 'arrears')] : [];
}

/** Every variant the gap finder tries. @param {Json} terms @param {bigint} [written] @returns {Option[][]} */
function combinations(terms, written = 0n) {
  const groups = choices(terms)
    .filter((group) => group[0].field !== 'allocation' && group[0].field !== 'grace_retroactive')
    .concat(scopes(terms));
  let found = product(groups);
  const wrong = mistakes(terms, written);
  if (wrong.length) {
    const basic = groups.filter((group) => ['basis', 'end_points', 'multiplier', 'scope'].includes(group[0].field));
    found = found.concat(product(basic.concat([wrong])));
  }
  const holds = (/** @type {Option[]} */ variant, /** @type {string} */ code) => variant.some((item) => item.code === code);
  return found.filter((variant) => !(holds(variant, 'overdue_with_interest') && holds(variant, 'on_interest')));
}

/** @param {Json} terms @param {Option[]} variant */
const changed = (terms, variant) =>
  variant.filter((item) =>
    item.field === 'scope' || item.field === 'mistake' ? item.code !== 'total' : terms[item.field] !== item.value,
  );

/** @param {Json} terms @param {Option} item */
function mistaken(terms, item) {
  /** @type {Json} */
  const change = {
    month_for_day: () => ({ contract: monthTakenForDay(terms.contract) }),
    stacked: () => ({ stacked: true }),
    on_balance: () => (terms.mode === 'card' ? { fee_on: 'balance' } : { on_balance: true }),
    doubled_twice: () => ({ daily: 2n * terms.daily }),
    on_everything: () => ({ on_everything: true }),
    on_written: () => ({ principal: item.value }),
  };
  return Object.assign({}, terms, change[item.code]());
}

/** What a variant comes to, exact. @param {Json} terms @param {Option[]} [variant] @returns {bigint} */
function total(terms, variant = []) {
  let scope = 'total';
  /** @type {Json} */ const fields = {};
  for (const item of variant) {
    if (item.field === 'scope') scope = item.code;
    else if (item.field === 'mistake') terms = mistaken(terms, item);
    else fields[item.field] = item.value;
  }
  terms = Object.assign({}, terms, fields);
  if (terms.mode === 'card') return runCard(terms, scope === 'next_statement').total;
  if (terms.mode === 'judgment') return runJudgment(terms).total;
  if (terms.mode === 'private') return runPrivate(scope === 'at_cap' ? atCap(terms) : terms).total;
  const outcome = runLoan(terms);
  const whole = scope === 'arrears' ? max(0n, outcome.total - outcome.ahead) : outcome.total;
  return whole + (terms.on_balance ? (outcome.parts.principal + outcome.parts.remaining) / 20n : 0n);
}

/** @param {Json} terms @param {Option[]} [variant] */
function headline(terms, variant = []) {
  const scoped = (/** @type {string} */ code) => total(terms, variant.concat(optionsOf('scope', code)));
  if (terms.mode === 'card') return scoped('next_statement');
  return terms.mode === 'private' ? min(total(terms, variant), scoped('at_cap')) : total(terms, variant);
}

// conventions and gap

/** @param {Option} item @param {Json} tables */
const labelOf = (item, tables) => words(tables, 'choices', item.field + '.' + item.code, { value: item.code });

/** @param {Json} terms @param {Json} tables @returns {Json[]} */
function conventions(terms, tables) {
  const own = halfUp(headline(terms));
  /** @type {Json[]} */ const found = [];
  for (const item of /** @type {Option[]} */ ([]).concat(...choices(terms))) {
    if (terms[item.field] === item.value) continue;
    const other = halfUp(headline(terms, [item]));
    found.push({
      field: item.field,
      value: item.code,
      label: labelOf(item, tables),
      total: formatAmount(other),
      difference: formatAmount(other - own),
    });
  }
  return found;
}

/** One try of the gap finder. @param {Json} terms @param {Option[]} variant */
const evaluate = (terms, variant) => ({ changes: changed(terms, variant), total: halfUp(total(terms, variant)) });

const distance = (/** @type {bigint} */ a, /** @type {bigint} */ b) => (a > b ? a - b : b - a);

/** @param {{changes: Option[], total: bigint}[]} found @param {bigint} claimed @param {bigint} own @param {Json} tables @returns {Json} */
function report(found, claimed, own, tables) {
  /** @type {{changes: Option[], total: bigint}[]} */ let answers = [];
  const keys = (/** @type {{changes: Option[]}} */ item) => item.changes.map((change) => change.field + '.' + change.code);
  const within = (/** @type {any} */ one, /** @type {any} */ other) => {
    const all = keys(other);
    return keys(one).every((key) => all.includes(key));
  };
  const simplest = found.slice().sort((a, b) => a.changes.length - b.changes.length);
  for (const item of simplest) {
    if (item.total === claimed && !answers.some((kept) => within(kept, item))) answers.push(item);
  }
  let status = answers.length ? 'explained' : 'nearest';
  if (own === claimed) [answers, status] = [[], 'same'];
  if (status === 'nearest') {
    const near = simplest.sort((a, b) => Number(distance(a.total, claimed) - distance(b.total, claimed)));
    for (const item of near) {
      if (answers.length < 3 && !answers.some((kept) => kept.total === item.total)) answers.push(item);
    }
  }
  return {
    status,
    claimed: formatAmount(claimed),
    own: formatAmount(own),
    difference: formatAmount(claimed - own),
    tried: found.length,
    answers: answers.map((item) => ({
      total: formatAmount(item.total),
      difference: formatAmount(claimed - item.total),
      choices: item.changes.map((change) => ({
        field: change.field,
        value: change.code,
        label: labelOf(change, tables),
        ask: words(tables, 'texts', 'ask_' + (change.field === 'mistake' ? change.code : change.field)),
      })),
    })),
    text: words(tables, 'texts', 'gap_' + status),
    paper: words(tables, 'texts', 'gap_paper'),
  };
}

// answers

/** @param {{[name: string]: bigint}} parts */
function sums(parts) {
  const whole = halfUp(totalOf(parts));
  /** @type {{[name: string]: string}} */ const display = {};
  for (const name of Object.keys(parts)) display[name] = yuan(parts[name]);
  const gap = whole - sumOf(Object.keys(parts), (name) => halfUp(parts[name]));
  return { total: formatAmount(whole), parts: display, rounding_gap: formatAmount(gap) };
}

/** @param {Row[]} rows @param {bigint} charges @param {string} mode @param {number} asOf @param {Json} tables */
function reference(rows, charges, mode, asOf, tables) {
  const found = rowOn(tables.guidance, asOf);
  if (!found) {
    return { amount: null, text: words(tables, 'texts', 'guidance_stale', { through: tables.guidance.verified_through }) };
  }
  const rate = /** @type {Rate} */ (parseRate(found.value));
  const amount = weight(rows) * perDay(rate, 365);
  return {
    rate: formatRate(rate),
    basis: '365',
    amount: yuan(amount),
    charged: yuan(charges),
    over: formatAmount(max(0n, halfUp(charges) - halfUp(amount))),
    source: found.source,
    text: words(tables, 'texts', 'guidance_' + mode, { amount: yuan(amount) }),
  };
}

/** Notes by code, those without a condition met left out. @param {Json} tables @param {[any, string, Json?][]} found */
const notes = (tables, found) =>
  found.filter((item) => item[0]).map((item) => ({ code: item[1], text: words(tables, 'texts', item[1], item[2]) }));

/** Prepared work of the gap finder for a page that does it in pieces. @typedef {{terms: Json, written: bigint, claimed: bigint | null}} Case */

/** @param {Case} work @param {Json} tables */
function compared(work, tables) {
  const { terms, written, claimed } = work;
  const gap =
    claimed === null
      ? null
      : report(combinations(terms, written).map((variant) => evaluate(terms, variant)), claimed, halfUp(total(terms)), tables);
  return { conventions: conventions(terms, tables), gap };
}

const dateOrNull = (/** @type {number | null} */ on) => (on === null ? null : formatDate(on));

/** @param {Fields} fields @returns {Json | null} */
function readLoan(fields) {
  const one = (/** @type {Fields} */ item) => {
    const principal = item.amount('principal', true);
    const due = item.date('due', true);
    const interest = item.amount('interest', false, true);
    return due === null ? null : { due, principal, interest };
  };
  const listed = fields.items('instalments');
  /** @type {any[]} */ let instalments = listed.map(one);
  for (const item of listed) item.finish();
  if (!fields.eitherForm('instalments', ['principal', 'interest', 'due'])) instalments = [one(fields)];
  instalments = instalments.filter((item) => item).sort((a, b) => a.due - b.due);
  const as_of = fields.date('as_of', true);
  const contract = fields.rate('rate', true);
  const multiplier = fields.parsed('multiplier', parseMultiplier);
  const penalty = fields.rate('penalty_rate');
  const basis = fields.choice('basis', ['360', '365'], '');
  /** @type {Json} */
  const loan = {
    mode: 'loan',
    instalments,
    as_of,
    contract,
    basis: Number(basis || 365),
    multiplier: multiplier || USUAL_MULTIPLIER,
    penalty,
    base: fields.choice('base', BASES, 'overdue'),
    compounding: fields.choice('compounding', COMPOUNDING, 'none'),
    rounding: fields.choice('rounding', ROUNDING, 'exact'),
    end_points: fields.choice('end_points', END_POINTS, 'difference'),
    allocation: fields.choice('allocation', ALLOCATION, 'interest_first'),
    grace_days: fields.count('grace_days', 90),
    grace_retroactive: fields.flag('grace_retroactive', true),
    remaining: fields.amount('remaining', false, true),
    accelerated_on: fields.date('accelerated_on'),
    fee: fields.amount('fee', false, true),
    payments: readPayments(fields, instalments.length ? instalments[0].due : null, as_of),
  };
  if (multiplier !== null && penalty !== null) fields.fault('penalty_rate', 'one_penalty');
  if (as_of === null || contract === null || !instalments.length) return null;
  if (needsBasis(loan) && !basis) fields.fault('basis', 'basis_missing');
  checkLoan(fields, loan);
  return loan;
}

/** @param {Fields} fields @param {Json} loan */
function checkLoan(fields, loan) {
  const last = loan.instalments[loan.instalments.length - 1].due;
  const called = loan.accelerated_on;
  if (loan.as_of < last) fields.fault('as_of', 'as_of_early', { due: formatDate(last) });
  if (loan.base === 'overdue_with_interest' && loan.compounding === 'on_interest') {
    fields.fault('compounding', 'interest_twice');
  }
  if (loan.base === 'accelerated') {
    if (!loan.remaining) fields.fault('remaining', 'call_needs_remaining');
    if (called === null) fields.fault('accelerated_on', 'call_needs_day');
  } else if (called !== null) fields.fault('base', 'call_needs_base');
  if (called !== null && !(last <= called && called <= loan.as_of)) {
    fields.fault('accelerated_on', 'call_outside', { first: formatDate(last), last: formatDate(loan.as_of) });
  }
}

/** @param {Case} work @param {Fields} fields @param {Json} tables @returns {Json} */
function answerLoan(work, fields, tables) {
  const loan = work.terms;
  const outcome = runLoan(loan);
  const whole = sums(outcome.parts);
  const weighted = weight(outcome.rows);
  const charges = charged(outcome.rows);
  const stage = tables.stages.find(
    (/** @type {Json} */ item) => item.first <= outcome.days && (item.last === null || outcome.days <= item.last),
  );
  const ahead = loan.remaining && calledOn(loan) === null;
  return Object.assign(whole, {
    as_of: formatDate(loan.as_of),
    days: outcome.days,
    stage: stage ? { label: stage.label, source: stage.source } : null,
    arrears: ahead ? yuan(max(0n, outcome.total - outcome.ahead)) : null,
    per_day: yuan(outcome.perDay),
    later: [30, 90, 365].map((days) => ({
      days,
      as_of: formatDate(loan.as_of + days),
      total: yuan(runLoan(Object.assign({}, loan, { as_of: loan.as_of + days })).total),
    })),
    rates: {
      contract_daily: dailyPercent(contractPerDay(loan)),
      penalty_daily: dailyPercent(penaltyPerDay(loan)),
      penalty_annual: annualPercent(penaltyPerDay(loan)),
    },
    annual_cost: weighted ? formatAmount(halfUp(charges * 3650000n, weighted * SCALE)) + '%' : null,
    instalments: loan.instalments.map((/** @type {any} */ item) => ({
      due: formatDate(item.due),
      days: loan.as_of - item.due,
      principal: formatAmount(item.principal),
      interest: formatAmount(item.interest),
    })),
    ledger: shown(outcome.rows),
    reference: reference(outcome.rows, charges + outcome.feeCharged * SCALE, 'loan', loan.as_of, tables),
    grace_until: dateOrNull(outcome.graceUntil),
    surplus: formatAmount(outcome.surplus),
    ...compared(work, tables),
    notes: notes(tables, [
      [!fields.given('multiplier') && !fields.given('penalty_rate'), 'multiplier_assumed'],
      [loan.compounding !== 'none', 'compounding_' + loan.compounding],
      [outcome.graceUntil !== null, 'in_grace', { until: dateOrNull(outcome.graceUntil) }],
      [outcome.surplus, 'surplus', { amount: formatAmount(outcome.surplus) }],
      [whole.rounding_gap !== '0.00', 'rounding_gap'],
    ]),
  });
}

/** @param {Fields} fields @param {Json} tables @returns {Json | null} */
function readCard(fields, tables) {
  const statements = readStatements(fields);
  const lots = readLots(fields, statements);
  const as_of = fields.date('as_of', true);
  const rate = fields.rate('daily_rate', true);
  if (rate !== null && rate.unit !== 'day') fields.fault('daily_rate', 'rate_daily');
  const share = fields.parsed('late_fee_rate', parsePercent);
  const usual = tables.late_fee.rows[tables.late_fee.rows.length - 1].value;
  /** @type {Json} */
  const card = {
    mode: 'card',
    lots,
    statements,
    as_of,
    daily: rate && perDay(rate, 365),
    fee_rate: (share === null ? /** @type {bigint} */ (parsePercent(usual)) : share) * MULTIPLIER_ONE * DAY_FACTOR,
    fee_min: fields.amount('late_fee_min', false, true),
    fee_max: fields.amount('late_fee_max') || null,
    tolerance_days: fields.count('tolerance_days', 31),
    tolerance: fields.amount('tolerance_amount', false, true),
    statement_day_counted: fields.flag('statement_day_counted', true),
    interest_on: fields.choice('interest_on', INTEREST_ON, 'full'),
    compounding: fields.choice('compounding', CARD_COMPOUNDING, 'monthly'),
    allocation: fields.choice('allocation', CARD_ALLOCATION, 'interest_first'),
    payments: readPayments(fields, lots.length ? lots[0].posted : null, as_of),
  };
  if (card.fee_max !== null && card.fee_max < card.fee_min) fields.fault('late_fee_max', 'fee_order');
  if (as_of === null || rate === null || !lots.length || !statements.length) return null;
  const last = lots[lots.length - 1].posted;
  if (lots[0].posted > statements[0].day) fields.fault('statement_date', 'statement_early', { first: formatDate(lots[0].posted) });
  if (as_of < last) fields.fault('as_of', 'as_of_early', { due: formatDate(last) });
  return card;
}

/** @param {Fields} fields */
function readStatements(fields) {
  const one = (/** @type {Fields} */ item) => {
    const on = item.date('statement_date', true);
    const due = item.date('due', true);
    const minimum = item.given('minimum_due') ? item.amount('minimum_due', false, true) : null;
    item.skip('minimum_due');
    if (on === null || due === null) return null;
    if (due <= on) item.fault('due', 'due_before_statement', { day: formatDate(on) });
    return { day: on, due, minimum };
  };
  /** @type {any[]} */
  let found = fields.items('statements').map((item) => {
    const statement = one(item);
    item.finish();
    return statement;
  });
  if (!fields.eitherForm('statements', ['statement_date', 'due', 'minimum_due'])) found = [one(fields)];
  found = found.filter((item) => item).sort((a, b) => a.day - b.day);
  found.slice(1).forEach((after, index) => {
    if (after.day <= found[index].due) fields.fault('statements', 'statements_overlap', { day: formatDate(after.day) });
  });
  return found;
}

/** @param {Fields} fields @param {any[]} statements */
function readLots(fields, statements) {
  /** @type {{posted: number, amount: bigint, cash: boolean}[]} */ const found = [];
  for (const name of ['purchases', 'cash_advances']) {
    for (const item of fields.items(name)) {
      const amount = item.amount('amount', true);
      const posted = item.date('posted', true);
      item.finish();
      if (posted !== null) found.push({ posted, amount, cash: name === 'cash_advances' });
    }
  }
  if (fields.given('amount')) {
    const amount = fields.amount('amount', true);
    let posted = fields.date('posted');
    if (fields.given('purchases')) fields.fault('amount', 'either_form');
    if (posted === null && statements.length) posted = statements[0].day;
    if (posted !== null) found.push({ posted, amount, cash: false });
  } else if (!fields.given('purchases') && !fields.given('cash_advances')) fields.fault('amount', 'missing');
  fields.skip('amount');
  fields.skip('posted');
  return found.sort((a, b) => a.posted - b.posted);
}

/** @param {Case} work @param {Fields} fields @param {Json} tables @returns {Json} */
function answerCard(work, fields, tables) {
  const card = work.terms;
  const now = runCard(card);
  const bill = runCard(card, true);
  const free = dateOrNull(now.freeUntil);
  const known = !fields.given('amount') || fields.given('posted');
  const undecided = bill.undecided.length ? bill.undecided : now.undecided;
  const missing = [];
  if (!known) missing.push({ field: 'posted', text: words(tables, 'texts', 'missing_posted') });
  if (undecided.length) {
    const days = undecided.map(formatDate).join('、');
    missing.push({ field: 'minimum_due', text: words(tables, 'texts', 'missing_minimum', { days }) });
  }
  /** @type {Json} */
  const answer = {
    ...sums(now.parts),
    as_of: formatDate(card.as_of),
    days: now.days,
    interest: formatAmount(now.interest),
    late_fee: formatAmount(now.fees),
    next_statement: {
      date: formatDate(nextStatement(card)),
      ...sums(bill.parts),
      interest: formatAmount(bill.interest),
      late_fee: formatAmount(bill.fees),
      ledger: shown(bill.rows),
    },
    per_day: yuan(now.perDay),
    rates: { daily: dailyPercent(card.daily), annual: annualPercent(card.daily) },
    ledger: shown(now.rows),
    reference: reference(now.rows, charged(now.rows) + now.fees * SCALE, 'card', card.as_of, tables),
    free_until: free,
    surplus: formatAmount(now.surplus),
    missing,
    ...compared(work, tables),
    notes: notes(tables, [
      [true, 'card_fee_once'],
      [free !== null, 'card_free', { until: free }],
      [card.interest_on === 'unpaid', 'card_unpaid_only'],
      [card.allocation !== 'interest_first', 'card_order'],
      [now.surplus, 'surplus', { amount: formatAmount(now.surplus) }],
    ]),
  };
  const kept = ['as_of', 'days', 'late_fee', 'per_day', 'rates', 'free_until', 'surplus', 'missing', 'notes'];
  for (const name of Object.keys(answer)) {
    if (!known && !kept.includes(name)) answer[name] = Array.isArray(answer[name]) ? [] : null;
  }
  return answer;
}

/** @param {Fields} fields @param {Json} tables @returns {Json | null} */
function readPrivate(fields, tables) {
  const principal = fields.amount('amount_arrived', true);
  const arrived = fields.date('arrived_on', true);
  const due = fields.date('due');
  const as_of = fields.date('as_of', true);
  const agreed = fields.rate('agreed_rate');
  let overdue = fields.rate('overdue_rate');
  /** @type {Json} */
  const loan = {
    mode: 'private',
    principal,
    arrived_on: arrived,
    as_of,
    term: agreed || { unit: 'year', value: 0n },
    due,
    fee: fields.amount('overdue_fee', false, true),
    basis: Number(fields.choice('basis', ['360', '365'], '365')),
    allocation: fields.choice('allocation', ALLOCATION, 'interest_first'),
    end_points: fields.choice('end_points', END_POINTS, 'difference'),
    payments: readPayments(fields, arrived, as_of),
  };
  if (arrived === null || as_of === null) return null;
  loan.cap = readCap(fields, arrived, tables);
  if (as_of < arrived) fields.fault('as_of', 'as_of_early', { due: formatDate(arrived) });
  if (due !== null && due < arrived) fields.fault('due', 'due_early', { first: formatDate(arrived) });
  if (overdue === null) overdue = agreed;
  if (overdue === null) {
    if (due === null || as_of <= due) overdue = loan.term;
    else {
      const found = rowOn(tables.lpr, due + 1);
      if (found) overdue = /** @type {Rate} */ (parseRate(found.value));
      else fields.fault('due', 'lpr_stale', { through: tables.lpr.verified_through });
    }
  }
  loan.overdue = overdue;
  return loan.cap && overdue ? loan : null;
}

/** @param {Fields} fields @param {number} arrived @param {Json} tables */
function readCap(fields, arrived, tables) {
  const start = starts(tables.private_cap);
  if (arrived < start) {
    fields.fault('arrived_on', 'private_old', { start: formatDate(start) });
    return null;
  }
  const multiple = rowOn(tables.private_cap, arrived);
  const lpr = rowOn(tables.lpr, arrived);
  if (!multiple || !lpr) {
    const through = min(tables.private_cap.verified_through, tables.lpr.verified_through);
    fields.fault('arrived_on', 'lpr_stale', { through });
    return null;
  }
  return { unit: 'year', value: BigInt(multiple.value) * /** @type {Rate} */ (parseRate(lpr.value)).value };
}

/** @param {Case} work @param {Fields} fields @param {Json} tables @returns {Json} */
function answerPrivate(work, fields, tables) {
  const loan = work.terms;
  const agreed = runPrivate(loan);
  const cap = runPrivate(atCap(loan));
  const lower = min(halfUp(agreed.total), halfUp(cap.total));
  const periods = halfUp(runPrivate(eachPeriodCapped(loan)).total);
  const late = loan.due !== null && loan.as_of > loan.due;
  const nothing = late && !fields.given('agreed_rate') && !fields.given('overdue_rate');
  return {
    ...sums(agreed.parts),
    as_of: formatDate(loan.as_of),
    days: late ? loan.as_of - loan.due : 0,
    agreed: yuan(agreed.total),
    at_cap: yuan(cap.total),
    lower: formatAmount(lower),
    difference: formatAmount(halfUp(agreed.total) - lower),
    each_period: formatAmount(min(periods, lower)),
    per_day: yuan(agreed.perDay),
    per_day_at_cap: yuan(cap.perDay),
    rates: {
      cap: formatRate(loan.cap),
      term_annual: annualPercent(perDay(loan.term, loan.basis)),
      overdue_annual: annualPercent(perDay(loan.overdue, loan.basis)),
    },
    ledger: shown(agreed.rows),
    ledger_at_cap: shown(cap.rows),
    surplus: formatAmount(agreed.surplus),
    ...compared(work, tables),
    notes: notes(tables, [
      [true, 'private_scope'],
      [work.written > loan.principal, 'private_deducted', { amount: formatAmount(work.written - loan.principal) }],
      [nothing, 'private_nothing_agreed', { rate: formatRate(loan.overdue) }],
      [periods < lower, 'private_periods', { amount: formatAmount(periods) }],
      [agreed.surplus, 'surplus', { amount: formatAmount(agreed.surplus) }],
    ]),
  };
}

/** @param {Fields} fields @param {Json} tables @returns {Json | null} */
function readJudgment(fields, tables) {
  const amountOf = (/** @type {Fields} */ item) => {
    const due = item.date('last_day', true);
    const amount = item.amount('amount', true);
    item.finish();
    return { due, amount };
  };
  /** @type {any[]} */ let parts = fields.items('instalments').map(amountOf);
  if (!fields.eitherForm('instalments', ['judged_sum', 'last_day'])) {
    const amount = fields.amount('judged_sum', true);
    parts = [{ due: fields.date('last_day', true), amount }];
  }
  parts = parts.filter((item) => item.due !== null).sort((a, b) => a.due - b.due);
  const as_of = fields.date('as_of', true);
  const ordinary = fields.amount('ordinary_interest', false, true);
  const running = readRunning(fields, sumOf(parts, (item) => item.amount));
  const basis = fields.choice('basis', ['360', '365'], '');
  /** @type {Json} */
  const terms = {
    mode: 'judgment',
    sums: parts,
    as_of,
    ordinary,
    running,
    basis: Number(basis || 365),
    excluded: readExcluded(fields),
    allocation: fields.choice('allocation', ALLOCATION, 'interest_first'),
    end_points: fields.choice('end_points', END_POINTS, 'difference'),
    payments: readPayments(fields, null, as_of),
  };
  if (running && running.rate.unit === 'year' && !basis) fields.fault('basis', 'basis_missing');
  if (as_of === null || !parts.length) return null;
  if (running && running.start > as_of) fields.fault('running_from', 'after_as_of', { as_of: formatDate(as_of) });
  const found = readDoubled(fields, parts[0].due, as_of, tables.delayed_interest);
  terms.daily = found && perDay(/** @type {Rate} */ (parseRate(found.value)), 365);
  return found ? terms : null;
}

/** @param {Fields} fields @param {bigint} judged */
function readRunning(fields, judged) {
  const rate = fields.rate('running_rate');
  const start = fields.date('running_from');
  const base = fields.amount('running_base');
  if (rate === null && !fields.given('running_rate')) {
    if (fields.given('running_from') || fields.given('running_base')) fields.fault('running_rate', 'running_needs_rate');
    return null;
  }
  if (start === null) fields.fault('running_from', 'missing');
  return rate === null || start === null ? null : { rate, start, base: base || judged };
}

/** @param {Fields} fields */
function readExcluded(fields) {
  /** @type {number[][]} */ const found = [];
  for (const item of fields.items('excluded')) {
    const first = item.date('from', true);
    const last = item.date('to', true);
    item.finish();
    if (first === null || last === null) continue;
    if (last < first) item.fault('to', 'excluded_order', { first: formatDate(first) });
    found.push([first, last]);
  }
  return found;
}

/** @param {Fields} fields @param {number} first @param {number} asOf @param {Json} table */
function readDoubled(fields, first, asOf, table) {
  const start = starts(table);
  if (asOf < first) fields.fault('as_of', 'as_of_early', { due: formatDate(first) });
  else if (first < start) {
    fields.fault(fields.given('instalments') ? 'instalments' : 'last_day', 'judgment_old', { start: formatDate(start) });
  } else if (asOf > day(table.verified_through)) {
    fields.fault('as_of', 'judgment_stale', { through: table.verified_through });
  } else if (rowOn(table, first) !== rowOn(table, asOf)) fields.fault('as_of', 'judgment_rate_changed');
  return rowOn(table, asOf);
}

/** @param {Case} work @param {Fields} fields @param {Json} tables @returns {Json} */
function answerJudgment(work, fields, tables) {
  const terms = work.terms;
  const judged = runJudgment(terms);
  const whole = sums(judged.parts);
  return Object.assign(whole, {
    as_of: formatDate(terms.as_of),
    days: judged.days,
    per_day: yuan(judged.perDay),
    doubled_per_day: yuan(judged.doubledPerDay),
    rates: { doubled_daily: dailyPercent(terms.daily), doubled_annual: annualPercent(terms.daily) },
    ledger: shown(judged.rows),
    surplus: formatAmount(judged.surplus),
    ...compared(work, tables),
    notes: notes(tables, [
      [true, 'judgment_base'],
      [terms.excluded.length, 'judgment_excluded'],
      [judged.surplus, 'surplus', { amount: formatAmount(judged.surplus) }],
      [whole.rounding_gap !== '0.00', 'rounding_gap'],
    ]),
  });
}

// request

/** @type {{[mode: string]: [(fields: Fields, tables: Json) => Json | null, (work: Case, fields: Fields, tables: Json) => Json]}} */
const MODES = {
  loan: [readLoan, answerLoan],
  card: [readCard, answerCard],
  private: [readPrivate, answerPrivate],
  judgment: [readJudgment, answerJudgment],
};

/**
 * Answer one request; never throws, whatever the request is (generator/calculator/request.py).
 * @param {any} request @param {Json} tables @returns {Json}
 */
function calculate(request, tables) {
  const faults = new Faults(tables);
  if (!isObject(request)) faults.add('', 'object', words(tables, 'labels', 'request'));
  else {
    const fields = new Fields(request, faults);
    const mode = fields.choice('mode', Object.keys(MODES), '');
    if (!mode) fields.fault('mode', 'missing');
    else {
      const work = readCase(mode, fields, tables);
      if (work && !faults.found.size) return { ok: true, mode, ...MODES[mode][1](work, fields, tables) };
    }
  }
  return { ok: false, errors: Array.from(faults.found.values()) };
}

/** @param {string} mode @param {Fields} fields @param {Json} tables @returns {Case | null} */
function readCase(mode, fields, tables) {
  const terms = MODES[mode][0](fields, tables);
  const written = mode === 'private' ? fields.amount('amount_written') : 0n;
  const amount = fields.amount('claimed');
  fields.finish();
  return terms && { terms, written, claimed: fields.given('claimed') ? amount : null };
}

/**
 * The gap finder in pieces: `step(n)` does n more tries and says whether all are done, `answer()`
 * gives the report on those done. Null where the request has faults or claims nothing.
 * @param {any} request @param {Json} tables
 */
function gapSearch(request, tables) {
  const faults = new Faults(tables);
  const mode = isObject(request) ? request.mode : '';
  if (typeof mode !== 'string' || !has(MODES, mode)) return null;
  const fields = new Fields(request, faults);
  fields.skip('mode');
  const work = readCase(mode, fields, tables);
  if (!work || faults.found.size || work.claimed === null) return null;
  const { terms, claimed } = work;
  const tries = combinations(terms, work.written);
  /** @type {{changes: Option[], total: bigint}[]} */ const found = [];
  return {
    size: tries.length,
    /** @param {number} count */
    step(count) {
      for (const variant of tries.slice(found.length, found.length + count)) found.push(evaluate(terms, variant));
      return found.length === tries.length;
    },
    answer: () => report(found, claimed, halfUp(total(terms)), tables),
  };
}

export { calculate, gapSearch, parseAmount, formatAmount, parseDate, formatDate, addMonths, parseRate, formatRate };
