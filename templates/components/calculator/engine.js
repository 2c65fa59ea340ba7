// The overdue calculator's engine, the twin of generator/calculator: same names, same order, same
// requests and answers, to the 分. No DOM, no clock, no import. Money is BigInt 分, an exact
// charge BigInt 1/SCALE 分, a day a Number of days since 1970. Why each rule is as it is stands
// in the Python modules; a comment here only says what JavaScript needs. Fields, choices, rates
// and words come with the tables (Tables.to_json), so that they are written once.

/** @typedef {{[name: string]: any}} Json */
/** @typedef {{unit: string, value: bigint}} Rate value over RATE_ONE per unit */
/** @typedef {{kind: string, first: number, days: number, base: bigint, rate: bigint, amount: bigint}} Row */
/** @typedef {{field: string, value: any, code: string}} Option */
/** @typedef {{day: number, amount: bigint}} Payment */

// money

const RATE_ONE = 100000000n;
const MULTIPLIER_ONE = 10000n;
const DAY_FACTOR = 26280n;
const SCALE = RATE_ONE * MULTIPLIER_ONE * DAY_FACTOR;

/** @type {(a: any, b: any) => any} */
const min = (a, b) => (a < b ? a : b);
/** @type {(a: any, b: any) => any} */
const max = (a, b) => (a > b ? a : b);
/** @type {(...parts: any[]) => Json} */
const copy = (...parts) => Object.assign({}, ...parts);
/** @type {(items: any[], name: string) => bigint} */
const sumOf = (items, name) => items.reduce((sum, item) => sum + item[name], 0n);

/** A plain decimal over 10 ** `decimals`, null for anything else. @param {string} text @param {number} decimals @param {number} [whole] how many digits before the point */
function decimal(text, decimals, whole = 4) {
  const [, digits = '', part = ''] = /^([0-9]+)(?:\.([0-9]+))?$/.exec(text) || [];
  return digits && digits.length <= whole && part.length <= decimals ? BigInt(digits + part.padEnd(decimals, '0')) : null;
}

/** @param {string} text @returns {bigint | string} 分, or the code of what is wrong */
function parseAmount(text) {
  const fen = decimal(text, 2, 15);
  if (fen === null) return decimal(text, 15, 15) === null ? 'amount_format' : 'amount_decimals';
  return fen < 10000000000n ? fen : 'amount_big';
}

/** @param {bigint} fen */
function formatAmount(fen) {
  const digits = String(fen < 0n ? -fen : fen).padStart(3, '0');
  return (fen < 0n ? '-' : '') + digits.slice(0, -2) + '.' + digits.slice(-2);
}

/** Halves away from zero. @type {(exact: bigint, unit?: bigint) => bigint} `unit` is even */
const halfUp = (exact, unit = SCALE) => (exact < 0n ? -halfUp(-exact, unit) : (exact + unit / 2n) / unit);

const yuan = (/** @type {bigint} */ exact) => formatAmount(halfUp(exact));

// dates

const DAY = 86400000;
/** @type {(year: number, month: number, day: number) => number} months from 0, may run over */
const dayNumber = (year, month, day) => Date.UTC(year, month, day) / DAY;
const formatDate = (/** @type {number} */ day) => new Date(day * DAY).toISOString().slice(0, 10);
const dateOrNull = (/** @type {number | null} */ day) => (day === null ? null : formatDate(day));

/** @param {string} text @returns {number | string} */
function parseDate(text) {
  const found = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text);
  if (!found) return 'date_format';
  const number = dayNumber(+found[1], +found[2] - 1, +found[3]);
  if (formatDate(number) !== text) return 'date_real';
  return text >= '1980' && text < '2100' ? number : 'date_range';
}

/** @param {number} day @param {number} months */
function addMonths(day, months) {
  const start = new Date(day * DAY);
  const [year, month] = [start.getUTCFullYear(), start.getUTCMonth() + months];
  return Math.min(dayNumber(year, month, start.getUTCDate()), dayNumber(year, month + 1, 0));
}

// rates

/** @type {{[sign: string]: string}} */
const UNITS = { 日: 'day', 月: 'month', 年: 'year' };
/** @type {{[unit: string]: bigint}} */
const LIMITS = { day: RATE_ONE / 100n, month: (RATE_ONE * 3n) / 10n, year: RATE_ONE };

/** @param {Rate} rate @param {number} basis @param {bigint} [multiplier] over SCALE */
function perDay(rate, basis, multiplier = MULTIPLIER_ONE) {
  /** @type {{[unit: string]: number}} */
  const divisor = { day: 1, month: 30, year: basis, year_by_month: 12 };
  return rate.value * (DAY_FACTOR / BigInt(divisor[rate.unit])) * multiplier;
}

/** @param {string} text @returns {Rate | string} */
function parseRate(text) {
  const found = /^(?:([日月年]) ?(.+)%|日 ?万分之(.+))$/.exec(text);
  const value = found && (found[1] ? decimal(found[2], 6) : decimal(found[3], 4));
  if (!found || value === null) return 'rate_format';
  const unit = UNITS[found[1] || '日'];
  return value > LIMITS[unit] ? 'rate_' + unit + '_high' : { unit, value };
}

/** @param {string} text @returns {bigint | string} */
function parseMultiplier(text) {
  const value = decimal(text, 4);
  if (value === null) return 'multiplier_format';
  return value < MULTIPLIER_ONE || value > 5n * MULTIPLIER_ONE ? 'multiplier_range' : value;
}

/** @param {string} text @returns {bigint | string} */
function parsePercent(text) {
  const value = /%$/.test(text) ? decimal(text.slice(0, -1), 6) : null;
  if (value === null) return 'percent_format';
  return value > RATE_ONE ? 'percent_range' : value;
}

/** @param {bigint} value @param {number} decimals */
function trimmed(value, decimals) {
  const digits = String(value).padStart(decimals + 1, '0');
  return (digits.slice(0, -decimals) + '.' + digits.slice(-decimals)).replace(/\.?0+$/, '');
}

const formatRate = (/** @type {Rate} */ rate) =>
  Object.keys(UNITS).find((sign) => UNITS[sign] === rate.unit) + ' ' + trimmed(rate.value, 6) + '%';
const dailyPercent = (/** @type {bigint} */ rate) => trimmed(halfUp(rate, SCALE / RATE_ONE), 6) + '%';
const annualPercent = (/** @type {bigint} */ rate) => trimmed(halfUp(rate * 365n, SCALE / 1000000n), 4) + '%';

// ledger

const KINDS = ['interest', 'penalty', 'compound', 'overdue_interest', 'doubled'];

/** @param {string} kind @param {number} first @param {number} days @param {bigint} base @param {bigint} rate @param {string} [rounding] @returns {Row} */
function row(kind, first, days, base, rate, rounding) {
  let oneDay = base * rate;
  if (rounding === 'daily') oneDay = halfUp(oneDay) * SCALE;
  if (rounding === 'daily_truncated') oneDay -= oneDay % SCALE;
  return { kind, first, days, base, rate, amount: oneDay * BigInt(days) };
}

/** @param {Row[]} rows @returns {Row[]} */
function merged(rows) {
  /** @type {Row[]} */ const done = [];
  const order = (/** @type {Row} */ a, /** @type {Row} */ b) =>
    a.first - b.first || KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || a.days - b.days || Number(a.base - b.base);
  for (const item of rows.slice().sort(order)) {
    const before = done.find(
      (one) => one.first + one.days === item.first && one.kind === item.kind && one.base === item.base && one.rate === item.rate,
    );
    if (before) {
      before.days += item.days;
      before.amount += item.amount;
    } else done.push(/** @type {Row} */ (copy(item)));
  }
  return done;
}

const charged = (/** @type {Row[]} */ rows) => sumOf(rows, 'amount');
/** @type {(rows: Row[]) => bigint} */
const weight = (rows) =>
  rows.reduce((sum, item) => (item.kind === 'compound' ? sum : sum + item.base * BigInt(item.days)), 0n);
const shownRows = (/** @type {Row[]} */ rows) =>
  merged(rows).map((item) => ({
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

const isAmount = (/** @type {any} */ text) => /^-?[0-9]+\.[0-9]{2}$/.test(text);
/** `10225.00` → `10,225.00`; what is no amount stays as it is. @type {(text: string) => string} */
const grouped = (text) => (isAmount(text) ? text.replace(/\B(?=([0-9]{3})+\.)/g, ',') : text);

/** @param {Json} tables @param {string} group @param {string} key @param {Json} [parts] @returns {string} */
function words(tables, group, key, parts = {}) {
  const found = tables.wording[group];
  const text = has(found, key) ? found[key] : key;
  return text.replace(/\{(\w+)\}/g, (/** @type {string} */ whole, /** @type {string} */ name) => (has(parts, name) ? grouped(String(parts[name])) : whole));
}

/** @param {Json} table @param {number} on @returns {Json | undefined} the row in force */
function rowOn(table, on) {
  const day = formatDate(on);
  if (day > table.verified_through) return undefined;
  const found = table.rows.filter((/** @type {Json} */ item) => item.from <= day).pop();
  return found && (found.to === null || day <= found.to) ? found : undefined;
}

const rateOf = (/** @type {Json | undefined} */ found) => found && /** @type {Rate} */ (parseRate(found.value));

// fields

const MAX_ITEMS = 400;
/** @type {{[kind: string]: (text: string) => any}} */
const PARSERS = {
  amount: parseAmount,
  amount0: parseAmount,
  date: parseDate,
  rate: parseRate,
  multiplier: parseMultiplier,
  percent: parsePercent,
};

const isObject = (/** @type {any} */ value) => value !== null && typeof value === 'object' && !Array.isArray(value);
const isGiven = (/** @type {any} */ value) =>
  value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && !value.length);

/**
 * Reads objects by the lists of their fields and collects the faults, one for each field, in order.
 * @param {Json} tables
 */
function reader(tables) {
  /** @type {Json[]} */ const faults = [];
  /** @type {(key: string, parts?: Json) => string} */
  const labelOf = (key, parts) => words(tables, 'labels', key, parts);

  /** @param {string} field @param {string} code @param {string} label @param {Json} [parts] */
  function add(field, code, label, parts) {
    if (faults.some((one) => one.field === field)) return;
    faults.push({ field, code, message: words(tables, 'messages', code, copy({ label }, parts)) });
  }

  /** What was written, and what is wrong with it. @param {Json} field @param {any} value @param {string} path @returns {[any, any?]} */
  function parsed({ name, kind, options, limit, fields }, value, path) {
    if (kind === 'flag') return [value, typeof value !== 'boolean' && 'flag'];
    if (kind === 'list') {
      if (!Array.isArray(value)) return [0, 'list'];
      if (value.length > MAX_ITEMS) return [0, 'list_long'];
      const found = value.map((item, at) => {
        const label = labelOf(name + '.item', { n: at + 1 });
        const place = path + name + '.' + at;
        return isObject(item) ? read(item, fields, place + '.', label) : add(place, 'object', label);
      });
      return [found.filter(isObject)];
    }
    if (typeof value !== 'string') return [0, 'type'];
    if (kind === 'choice') return [value, !options.includes(value) && 'choice'];
    if (kind === 'count') return [+value, /^[0-9]{1,9}$/.test(value) ? +value > limit && 'count_range' : 'count_format'];
    const found = PARSERS[kind](value);
    return [found, typeof found === 'string' ? found : kind === 'amount' && !found && 'amount_zero'];
  }

  /** Null where empty or wrong. @param {Json} data @param {Json[]} fields @param {string} [path] @param {string} [owner] @returns {Json} */
  function read(data, fields, path = '', owner = '') {
    /** @type {Json} */
    const values = {
      /** @param {string} name @param {string} code @param {Json} [parts] */
      fault: (name, code, parts) => add(path + name, code, owner + labelOf(name), parts),
    };
    for (const field of fields) {
      const { name, kind, options = [], limit = MAX_ITEMS } = field;
      const value = data[name];
      values[name] = kind === 'list' ? [] : field.default;
      let [found, code] = [values[name], ''];
      if (field.unless && isGiven(data[field.unless])) code = isGiven(value) ? 'either_form' : '';
      else if (value === undefined || value === null || value === '') code = field.required ? 'missing' : '';
      else [found, code] = parsed(field, value, path);
      if (code) values.fault(name, code, { limit, options: options.join('、') });
      else values[name] = found;
    }
    for (const key of Object.keys(data).sort()) {
      if ((key !== 'mode' || path) && !fields.some((field) => field.name === key)) add(path + key, 'unknown', key);
    }
    return values;
  }

  return { faults, add, read, labelOf };
}

// payments

/** @param {Json} values @param {number | null} first @param {number | null} last @returns {Map<number, bigint>} 分 paid on each day */
function readPayments(values, first, last) {
  const paid = new Map();
  for (const item of values.payments) {
    const { date, amount } = item;
    if (date === null || amount === null) continue;
    if (first !== null && date < first) item.fault('date', 'payment_early', { first: formatDate(first) });
    else if (last !== null && date > last) item.fault('date', 'payment_late', { last: formatDate(last) });
    else paid.set(date, (paid.get(date) || 0n) + amount);
  }
  return paid;
}

/** @param {Json} owed @param {string[]} order @param {bigint} pool @returns {bigint} what is left; whole 分 are settled */
function settle(owed, order, pool) {
  for (const name of order) {
    if (!pool) break;
    // To divide is what costs most in a long run, so not where the pool ends here.
    const part = pool * SCALE <= owed[name] ? pool : owed[name] / SCALE;
    owed[name] -= part * SCALE;
    pool -= part;
  }
  return pool;
}

/** @param {Json[]} lines @param {string} name @param {bigint} pool */
function settleLines(lines, name, pool) {
  for (const line of lines) {
    const part = min(pool, line[name]);
    line[name] -= part;
    pool -= part;
  }
  return pool;
}

/** @param {Json} owed @param {Row[]} rows @param {Row[]} found */
function post(owed, rows, found) {
  for (const item of found) owed[item.kind] += item.amount;
  rows.push(...found);
}

/** @param {Json} parts @param {bigint} credit @returns {bigint} exact */
function absorbed(parts, credit) {
  let left = credit * SCALE;
  for (const name of Object.keys(parts)) {
    const part = min(left, parts[name]);
    parts[name] -= part;
    left -= part;
  }
  return left - (left % SCALE);
}

/** @type {(parts: Json) => bigint} */
const totalOf = (parts) => Object.keys(parts).reduce((sum, name) => sum + parts[name], 0n);
/** @type {(days: number[], first: number, last: number) => number[]} */
const between = (days, first, last) =>
  Array.from(new Set(days)).filter((day) => first <= day && day <= last).sort((a, b) => a - b);
const byDue = (/** @type {Json} */ a, /** @type {Json} */ b) => a.due - b.due;

// variants

/**
 * What each kind of debt is to the rest: `read` gives its terms, `answer` the answer; `applies` says
 * whether a choice can matter, `mistakes` what each known mistake changes in the terms, `totals` what
 * the terms come to (with the reader's own). A page of one kind is served without the parts of the
 * others, from `// only KIND` to the next such line or `// all kinds`: nothing outside may name them.
 * @type {{[mode: string]: {
 *   read: (values: Json, tables: Json) => Json | null, answer: (terms: Json, tables: Json) => Json,
 *   applies: (terms: Json, field: string, code: string) => any, mistakes: (terms: Json) => Json,
 *   totals: (terms: Json, own: Json) => {[scope: string]: bigint}}}}
 */
const MODES = {};


/** Interest inside the base may not bear interest a second time. */
const TWICE = ['overdue_with_interest', 'on_interest'];

/** What a code of a choice stands for in the terms. @param {string} field @param {string} code */
function coded(field, code) {
  if (field === 'multiplier') return parseMultiplier(code);
  if (field === 'basis') return +code;
  return code === 'true' || (code !== 'false' && code);
}

/** @param {string} field @param {string[]} codes @returns {Option[]} */
const optionsOf = (field, codes) => codes.map((code) => ({ field, code, value: coded(field, code) }));

/** @param {Json} terms @returns {Option[][]} */
function choices(terms) {
  /** @type {Option[][]} */ const found = [];
  for (const field of terms.fields) {
    const group = optionsOf(field.name, field.vary || []).filter(
      ({ code, value }) => terms[field.name] === value || (field.name === 'allocation' ? terms.payments.length : MODES[terms.mode].applies(terms, field.name, code)),
    );
    if (field.name === 'multiplier' && group.length && !group.some((item) => item.value === terms.multiplier)) {
      group.push(...optionsOf('multiplier', [trimmed(terms.multiplier, 4)]));
    }
    if (group.length > 1) found.push(group);
  }
  return found;
}

/** @type {(groups: Option[][]) => Option[][]} */
const product = (groups) =>
  groups.reduce(
    (/** @type {Option[][]} */ done, group) =>
      done.reduce((/** @type {Option[][]} */ all, start) => all.concat(group.map((item) => start.concat([item]))), []),
    [[]],
  );

/** Every variant the gap finder tries. @param {Json} terms @returns {Option[][]} */
function combinations(terms) {
  const groups = choices(terms).filter((group) => !['allocation', 'grace_retroactive'].includes(group[0].field));
  const basic = groups.filter((group) => ['basis', 'end_points', 'multiplier'].includes(group[0].field));
  return product(groups)
    .concat(product(basic.concat([optionsOf('mistake', Object.keys(MODES[terms.mode].mistakes(terms)))])))
    .filter((variant) => !TWICE.every((code) => variant.some((item) => item.code === code)));
}

/** @param {Json} terms @param {Option[]} variant */
const changed = (terms, variant) => variant.filter(({ field, value }) => field === 'mistake' || terms[field] !== value);

/** What a variant comes to, exact, for each of our totals that a claim may be. @param {Json} terms @param {Option[]} [variant] @returns {{[scope: string]: bigint}} */
function totals(terms, variant = []) {
  const { mistakes, totals: run } = MODES[terms.mode];
  /** @type {Json} */ const fields = {};
  for (const { field, code, value } of variant) {
    if (field === 'mistake') Object.assign(fields, mistakes(terms)[code]);
    else fields[field] = value;
  }
  return run(copy(terms, fields), terms);
}

/** @param {Json} terms @param {Option[]} [variant] */
function headline(terms, variant) {
  const { total, next_statement, at_cap } = totals(terms, variant);
  return next_statement === undefined ? (at_cap < total ? at_cap : total) : next_statement;
}

// conventions and gap

/** @param {Option} item @param {Json} tables */
const labelled = (item, tables) => ({
  field: item.field,
  value: item.code,
  label: words(tables, 'choices', item.field + '.' + item.code),
});

/** @param {Json} terms @param {Json} tables @returns {Json[]} */
function conventions(terms, tables) {
  const own = halfUp(headline(terms));
  /** @type {Option[]} */ const all = [];
  return all
    .concat(...choices(terms))
    .filter((item) => terms[item.field] !== item.value)
    .filter((item) => !TWICE.every((code) => [terms.base, terms.compounding, item.code].includes(code)))
    .map((item) => {
      const other = halfUp(headline(terms, [item]));
      return copy(labelled(item, tables), { total: formatAmount(other), difference: formatAmount(other - own) });
    });
}

/** @typedef {{changes: Option[], total: bigint}} Found */

/** The tries of the gap finder that one run of the terms answers. @param {Json} terms @param {Option[]} variant @returns {Found[]} */
function evaluate(terms, variant) {
  const found = totals(terms, variant);
  return Object.keys(found).map((scope) => ({
    changes: changed(terms, variant).concat(scope === 'total' ? [] : optionsOf('scope', [scope])),
    total: halfUp(found[scope]),
  }));
}

/** @param {Found[]} found @param {Json} terms @param {Json} tables @returns {Json} */
function gapReport(found, terms, tables) {
  const { claimed } = terms;
  const own = halfUp(totals(terms).total);
  /** @type {Found[]} */ let answers = [];
  const within = (/** @type {Found} */ one, /** @type {Found} */ other) =>
    one.changes.every((a) => other.changes.some((b) => a.field === b.field && a.code === b.code));
  const simplest = found.slice().sort((a, b) => a.changes.length - b.changes.length);
  for (const item of simplest) {
    if (item.total === claimed && !answers.some((kept) => within(kept, item))) answers.push(item);
  }
  let status = answers.length ? 'explained' : 'nearest';
  if (own === claimed) [answers, status] = [[], 'same'];
  if (status === 'nearest') {
    const distance = (/** @type {Found} */ item) => Math.abs(Number(item.total - claimed));
    for (const item of simplest.sort((a, b) => distance(a) - distance(b))) {
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
      choices: item.changes.map((change) =>
        copy(labelled(change, tables), {
          ask: words(tables, 'texts', 'ask_' + (change.field === 'mistake' ? change.code : change.field)),
        }),
      ),
    })),
    text: words(tables, 'texts', 'gap_' + status),
    paper: words(tables, 'texts', 'gap_paper'),
  };
}

// answers

/** @param {Json} parts */
function sums(parts) {
  const whole = halfUp(totalOf(parts));
  /** @type {Json} */ const shown = {};
  let gap = whole;
  for (const name of Object.keys(parts)) {
    shown[name] = yuan(parts[name]);
    gap -= halfUp(parts[name]);
  }
  return { total: formatAmount(whole), parts: shown, rounding_gap: formatAmount(gap) };
}

/** What every answer has: totals, surplus, conventions, the gap, and the notes whose condition holds. @param {Json} terms @param {Json} outcome @param {[any, string, Json?][]} found @param {Json} tables @returns {Json} */
function answerOf(terms, outcome, found, tables) {
  const whole = sums(outcome.parts);
  const { claimed } = terms;
  const surplus = yuan(outcome.surplus);
  /** @type {Found[]} */ const none = [];
  const gap = () => gapReport(none.concat(...combinations(terms).map((one) => evaluate(terms, one))), terms, tables);
  return copy(whole, {
    as_of: formatDate(terms.as_of),
    per_day: yuan(outcome.per_day),
    surplus,
    ledger: shownRows(outcome.rows),
    conventions: conventions(terms, tables),
    gap: claimed === null ? null : gap(),
    notes: found
      .concat([
        [outcome.surplus, 'surplus', { amount: surplus }],
        [whole.rounding_gap !== '0.00', 'rounding_gap'],
      ])
      .filter((item) => item[0])
      .map((item) => ({ code: item[1], text: words(tables, 'texts', item[1], item[2]) })),
  });
}

/** @param {Json} terms @param {Row[]} rows @param {bigint} charges exact @param {Json} tables @returns {Json} */
function reference(terms, rows, charges, tables) {
  const { guidance } = tables;
  const found = rowOn(guidance, terms.as_of);
  const rate = rateOf(found);
  if (!found || !rate) return { amount: null, text: words(tables, 'texts', 'guidance_stale', { through: guidance.verified_through }) };
  const amount = weight(rows) * perDay(rate, 365);
  return {
    rate: formatRate(rate),
    basis: '365',
    amount: yuan(amount),
    charged: yuan(charges),
    over: formatAmount(max(0n, halfUp(charges) - halfUp(amount))),
    source: found.source,
    text: words(tables, 'texts', 'guidance_' + terms.mode, { amount: yuan(amount) }),
  };
}

// only loan

const contractPerDay = (/** @type {Json} */ loan) => perDay(loan.rate, loan.basis);
const calledOn = (/** @type {Json} */ loan) => (loan.base === 'accelerated' ? loan.accelerated_on : null);
const needsBasis = (/** @type {Json} */ loan) => [loan.rate, loan.penalty_rate].some((rate) => rate && rate.unit === 'year');

/** @param {Json} loan */
function penaltyPerDay(loan) {
  const own = loan.penalty_rate ? perDay(loan.penalty_rate, loan.basis) : perDay(loan.rate, loan.basis, loan.multiplier);
  return own + (loan.stacked ? contractPerDay(loan) : 0n);
}

/** Run a loan to the end of its as-of day: generator/calculator/account.py. @param {Json} loan */
function runLoan(loan) {
  const { as_of, rounding, compounding } = loan;
  const called = calledOn(loan);
  const rate = penaltyPerDay(loan);
  const contract = contractPerDay(loan);
  const withInterest = loan.base === 'overdue_with_interest';
  const firstDue = loan.instalments[0].due;
  const runsFrom = loan.instalments[loan.instalments.length - 1].due;
  /** @type {Json} */ const owed = { fee: 0n, penalty: 0n, compound: 0n, interest: 0n, remaining: loan.remaining * SCALE };
  /** @type {Row[]} */ const rows = [];
  /** @type {Json[]} */ let lines = [];
  /** @type {Json[]} */ let waiting = loan.instalments.map(newLine);
  let pending = waiting;
  /** Lines whose grace is over. @type {Json[]} */ const decided = [];
  /** @type {Set<number>} */ const anniversaries = new Set();
  let capitalised = 0n;
  let feeDue = loan.fee;
  let credit = 0n;
  let today = firstDue - 1;

  /** @param {Json} item @returns {Json} */
  function newLine({ due, principal, interest }) {
    const start = due + (loan.grace_retroactive ? 0 : loan.grace_days) - (loan.end_points === 'both_ends' ? 1 : 0);
    return { due, principal, interest: interest || 0n, start, decision: due + loan.grace_days, decided: false, held: [] };
  }

  const isOpen = (/** @type {Json} */ line) => line.principal + line.interest > 0n;
  const released = () => (capitalised && !withInterest ? sumOf(decided, 'interest') : 0n);
  const release = (/** @type {bigint} */ part) => {
    capitalised = max(0n, capitalised - part);
  };
  /** @type {(into: Row[], kind: string, days: number, base: bigint, rate: bigint) => void} nothing costs nothing */
  const add = (into, kind, days, base, rate) => {
    if (base > 0n) into.push(row(kind, today + 1, days, base, rate, rounding));
  };

  /** @param {Row[]} into @param {Json[]} of @param {number} days */
  function addPenal(into, of, days) {
    let [base, interest, compound] = [0n, 0n, 0n];
    for (const line of of) {
      base += line.principal;
      interest += line.interest;
      if (line.decided) compound = capitalised;
    }
    if (withInterest) base += interest;
    if (compounding === 'on_interest') compound = interest;
    add(into, 'penalty', days, base, rate);
    add(into, 'compound', days, compound, rate);
  }

  /** @param {Json[]} of @param {number} days @returns {Row[]} */
  function nextRows(of, days) {
    /** @type {Row[]} */ const found = [];
    addPenal(found, of, days);
    if (today >= runsFrom) add(found, 'interest', days, owed.remaining / SCALE, contract);
    return found;
  }

  /** @param {number} until */
  function charge(until) {
    const days = until - today;
    for (const line of pending) if (line.start <= today) addPenal(line.held, [line], days);
    post(owed, rows, nextRows(decided, days));
    today = until;
  }

  function fallDue() {
    if (!waiting.length && today !== called) return;
    lines = lines.concat(waiting.filter((line) => line.due <= today));
    waiting = waiting.filter((line) => line.due > today);
    if (today !== called) return;
    const interest = owed.interest / SCALE;
    const line = newLine({ due: today, principal: owed.remaining / SCALE, interest });
    owed.interest -= interest * SCALE;
    owed.remaining = 0n;
    line.start = max(line.start, today);
    lines.push(line);
    pending = pending.concat([line]);
  }

  /** @param {bigint} pool */
  function payCharges(pool) {
    const before = released();
    const left = settleLines(lines, 'interest', settle(owed, ['fee'], pool));
    release(before - released());
    return settleReleasing(['penalty', 'compound'], left);
  }

  /** @param {string[]} order @param {bigint} pool */
  function settleReleasing(order, pool) {
    const left = settle(owed, order, pool);
    release(pool - left);
    return left;
  }

  /** @param {bigint} pool */
  function pay(pool) {
    const payPrincipal = (/** @type {bigint} */ left) => settleLines(lines, 'principal', left);
    const left = loan.allocation === 'principal_first' ? payCharges(payPrincipal(pool)) : payPrincipal(payCharges(pool));
    return waiting.length ? left : settle(owed, ['remaining'], settleReleasing(['interest'], left));
  }

  function decide() {
    for (const line of pending) {
      if (line.decision > today) continue;
      line.decided = true;
      decided.push(line);
      if (!isOpen(line)) continue;
      post(owed, rows, line.held);
      owed.fee += feeDue * SCALE;
      feeDue = 0n;
    }
    pending = pending.filter((line) => !line.decided);
  }

  function capitalise() {
    if (!anniversaries.has(today)) return;
    const interest = withInterest ? 0n : sumOf(decided, 'interest');
    capitalised = interest + (owed.interest + owed.penalty + owed.compound) / SCALE;
  }

  for (let day = firstDue, months = 1; compounding === 'monthly' && day <= as_of; months += 1) {
    day = addMonths(firstDue, months);
    anniversaries.add(day);
  }
  const days = [as_of, runsFrom, ...anniversaries, ...loan.paid.keys()];
  for (const line of waiting) days.push(line.start, line.due, line.decision);
  if (called !== null) days.push(called, called + loan.grace_days);
  for (const until of between(days, firstDue, as_of)) {
    charge(until);
    fallDue();
    const pool = credit + (loan.paid.get(until) || 0n);
    if (pool) credit = pay(pool);
    if (until < as_of && pending.length) decide();
    capitalise();
  }

  const parts = {
    principal: SCALE * sumOf(lines, 'principal'),
    remaining: owed.remaining,
    interest: SCALE * sumOf(lines, 'interest') + owed.interest,
    penalty: owed.penalty,
    compound: owed.compound,
    fee: owed.fee,
  };
  const due = lines.filter(isOpen);
  const inGrace = due.filter((line) => !line.decided && line.decision > line.due).map((line) => line.decision);
  const tomorrow = lines.filter((line) => line.decided || (isOpen(line) && line.decision <= as_of));
  for (const line of tomorrow) line.decided = true;
  return {
    parts,
    rows,
    per_day: charged(nextRows(tomorrow, 1)),
    days: due.length ? as_of - due[0].due : 0,
    grace_until: inGrace.length ? Math.min(...inGrace) : null,
    surplus: absorbed(parts, credit),
    ahead: owed.remaining + owed.interest,
    fee_charged: /** @type {any} */ (loan.fee - feeDue),
    total: totalOf(parts),
  };
}

/** @param {Json} values @returns {Json | null} */
function readLoan(values) {
  const { as_of, rate, base, fault } = values;
  const instalments = (values.instalments.length ? values.instalments : [values])
    .filter((/** @type {Json} */ item) => item.due !== null && item.principal !== null)
    .sort(byDue);
  const [first, last] = [instalments[0], instalments[instalments.length - 1]];
  if (values.multiplier !== null && values.penalty_rate) fault('penalty_rate', 'one_penalty');
  const paid = readPayments(values, first ? first.due : null, as_of);
  if (as_of === null || !rate || !first) return null;
  if (needsBasis(values) && !values.basis) fault('basis', 'basis_missing');
  if (as_of < last.due) fault('as_of', 'as_of_early', { due: formatDate(last.due) });
  if (TWICE.every((code) => [base, values.compounding].includes(code))) fault('compounding', 'interest_twice');
  const called = values.accelerated_on;
  if (base === 'accelerated') {
    if (!values.remaining) fault('remaining', 'call_needs_remaining');
    if (called === null) fault('accelerated_on', 'call_needs_day');
  } else if (called !== null) fault('base', 'call_needs_base');
  if (called !== null && (called < last.due || called > as_of)) {
    fault('accelerated_on', 'call_outside', { first: formatDate(last.due), last: formatDate(as_of) });
  }
  return {
    instalments,
    paid,
    basis: +values.basis || 365,
    assumed: values.multiplier === null && !values.penalty_rate,
    multiplier: values.multiplier || 15000n,
    grace_days: values.grace_days || 0,
    remaining: values.remaining || 0n,
    fee: values.fee || 0n,
  };
}

/** @param {Json} loan @param {Json} tables @returns {Json} */
function answerLoan(loan, tables) {
  const outcome = runLoan(loan);
  const { days, rows } = outcome;
  const charges = charged(rows);
  const until = dateOrNull(outcome.grace_until);
  const stage = tables.stages.find((/** @type {Json} */ one) => one.first <= days && (one.last === null || days <= one.last));
  const answer = answerOf(loan, outcome, [
    [loan.assumed, 'multiplier_assumed'],
    [loan.compounding !== 'none', 'compounding_' + loan.compounding],
    [until, 'in_grace', { until }],
  ], tables);
  return copy(answer, {
    days,
    stage: stage ? { label: stage.label, source: stage.source } : null,
    arrears: loan.remaining && calledOn(loan) === null ? yuan(max(0n, outcome.total - outcome.ahead)) : null,
    later: [30, 90, 365].map((more) => {
      const as_of = loan.as_of + more;
      return { days: more, as_of: formatDate(as_of), total: yuan(runLoan(copy(loan, { as_of })).total) };
    }),
    rates: {
      contract_daily: dailyPercent(contractPerDay(loan)),
      penalty_daily: dailyPercent(penaltyPerDay(loan)),
      penalty_annual: annualPercent(penaltyPerDay(loan)),
    },
    annual_cost: weight(rows) ? formatAmount(halfUp(charges * 3650000n, weight(rows) * SCALE)) + '%' : null,
    instalments: loan.instalments.map((/** @type {Json} */ item) => ({
      due: formatDate(item.due),
      days: loan.as_of - item.due,
      principal: formatAmount(item.principal),
      interest: formatAmount(item.interest || 0n),
    })),
    reference: reference(loan, rows, charges + outcome.fee_charged * SCALE, tables),
    grace_until: until,
  });
}

/** @param {Json} loan @param {string} field @param {string} code */
function appliesToLoan(loan, field, code) {
  if (field === 'basis') return needsBasis(loan);
  if (field === 'multiplier') return !loan.penalty_rate;
  if (field === 'grace_retroactive') return loan.grace_days;
  if (TWICE.includes(code)) return loan.instalments.some((/** @type {Json} */ item) => item.interest);
  return code !== 'accelerated' || loan.accelerated_on !== null;
}

/** @param {Json} loan @param {Json} own */
function totalsOfLoan(loan, own) {
  const { total, ahead, parts } = runLoan(loan);
  const more = loan.on_balance ? (parts.principal + parts.remaining) / 20n : 0n;
  return copy({ total: total + more }, own.remaining && calledOn(own) === null && { arrears: max(0n, total - ahead) + more });
}

MODES.loan = {
  read: readLoan,
  answer: answerLoan,
  applies: appliesToLoan,
  mistakes: ({ rate: { unit, value } }) =>
    copy(
      { stacked: { stacked: true }, on_balance: { on_balance: true } },
      unit !== 'day' && { month_for_day: { rate: { unit: unit === 'year' ? 'year_by_month' : 'day', value } } },
    ),
  totals: totalsOfLoan,
};

// only card

/** @param {Json} card @param {number} through @returns {Json[]} */
function billsOf(card, through) {
  const found = card.bills.slice();
  const last = found[found.length - 1];
  for (let months = 1; found[found.length - 1].day < through; months += 1) {
    found.push({ day: addMonths(last.day, months), due: addMonths(last.due, months), minimum: null });
  }
  return found;
}

const nextStatement = (/** @type {Json} */ card) =>
  /** @type {Json} */ (billsOf(card, card.as_of).find((item) => item.day >= card.as_of)).day;

/** generator/calculator/revolving.py. @param {Json} card @param {boolean} [atStatement] */
function runCard(card, atStatement) {
  const counted = card.statement_day_counted ? 1 : 0;
  const until = atStatement ? nextStatement(card) + counted : card.as_of;
  /** @type {Json} */ const owed = { fee: 0n, interest: 0n };
  /** @type {Json[]} */ const lots = [];
  /** @type {Json[]} */ let open = [];
  const coming = billsOf(card, until).map(({ day, due, minimum }) => ({
    day, due, minimum, cut: day + counted, decision: due + (card.tolerance_days || 0) + 1, balance: 0n, paid: 0n,
  }));
  /** @type {Row[]} */ const rows = [];
  /** @type {number[]} */ const undecided = [];
  let [unbilled, interest, credit, fees] = [0n, 0n, 0n, 0n];
  /** @type {number | null} */ let missed = null;
  let today = card.lots[0].posted;
  const left = () => sumOf(lots, 'left');

  /** @param {number} days */
  const liveRows = (days) =>
    [
      row('interest', today, days, sumOf(lots.filter((lot) => lot.live), 'left'), card.daily),
      row('compound', today, days, card.compounding === 'monthly' ? owed.interest / SCALE : 0n, card.daily),
    ].filter((item) => item.base && days);

  /** @param {Row[]} found */
  function add(found) {
    rows.push(...found);
    unbilled += charged(found);
  }

  /** @param {number} end */
  function charge(end) {
    const days = end - today;
    add(liveRows(days));
    for (const lot of lots) {
      if (!lot.live && lot.left && days) lot.held.push(row('interest', today, days, lot.left, card.daily));
    }
    today = end;
  }

  /** @param {bigint} pool */
  function settleCard(pool) {
    const late = missed !== null && today - missed > 90 && card.allocation === 'principal_first_after_90';
    if (late) pool = settleLines(lots, 'left', pool);
    return settleLines(lots, 'left', settle(owed, ['fee', 'interest'], pool));
  }

  function cut() {
    for (; coming.length && coming[0].cut <= today; open.push(/** @type {Json} */ (coming.shift()))) {
      const billed = halfUp(unbilled);
      interest += billed;
      owed.interest += billed * SCALE;
      unbilled = 0n;
      credit = settleCard(credit);
      coming[0].balance = (owed.fee + owed.interest) / SCALE + left() - credit;
    }
  }

  /** @param {Json} bill @param {bigint} unpaid */
  function lateFee(bill, unpaid) {
    const onBalance = card.fee_on === 'balance';
    if (!onBalance && bill.minimum === null) undecided.push(bill.day);
    /** @type {any} */ const short = onBalance ? unpaid : bill.minimum === null ? 0n : bill.minimum - bill.paid;
    if (short <= 0n) return;
    if (missed === null) missed = bill.due;
    let fee = max(halfUp(/** @type {any} */ (short * card.fee_rate)), card.late_fee_min || 0n);
    if (card.late_fee_max) fee = min(fee, card.late_fee_max);
    owed.fee += fee * SCALE;
    fees += fee;
  }

  /** @param {Json} bill */
  function decide(bill) {
    /** @type {any} */ const unpaid = bill.balance - bill.paid;
    const full = unpaid <= (card.tolerance_amount || 0n);
    for (const lot of lots) {
      if (lot.live || lot.posted > bill.day) continue;
      lot.live = !full;
      if (full) lot.held = [];
      else if (card.interest_on === 'full') add(lot.held);
      else if (lot.left) add(lot.held.map((/** @type {Row} */ one) => row(one.kind, one.first, one.days, lot.left, one.rate)));
    }
    if (!full) lateFee(bill, unpaid);
  }

  function happen() {
    if (counted) cut();
    for (const bill of open) if (bill.decision <= today) decide(bill);
    open = open.filter((bill) => bill.decision > today);
    for (const lot of card.lots) {
      if (lot.posted === today) lots.push({ posted: today, left: lot.amount, live: lot.cash, held: [] });
    }
    const amount = card.paid.get(today) || 0n;
    for (const bill of open) bill.paid += amount;
    credit = settleCard(credit + amount);
    if (!counted) cut();
  }

  const days = [until, ...card.paid.keys()];
  for (const lot of card.lots) days.push(lot.posted);
  for (const bill of coming) days.push(bill.cut, bill.decision);
  for (const day of between(days, today, until)) {
    charge(day);
    if (day === until && atStatement && counted) cut();
    else happen();
  }
  const last = halfUp(unbilled);
  const parts = { principal: SCALE * left(), interest: owed.interest + last * SCALE, fee: owed.fee };
  const held = (/** @type {Json} */ bill) => lots.some((lot) => !lot.live && lot.posted <= bill.day && (lot.left || lot.held.length));
  const free = open.filter((bill) => bill.balance - bill.paid > (card.tolerance_amount || 0n) && held(bill)).pop();
  return {
    parts,
    rows,
    interest: (interest + last) * SCALE,
    late_fee: fees * SCALE,
    per_day: charged(liveRows(1)),
    days: missed !== null && totalOf(parts) ? today - missed : 0,
    free_until: free ? free.decision - 1 : null,
    undecided,
    surplus: absorbed(parts, credit),
    total: totalOf(parts),
  };
}

/** @param {Json} values @param {Json} tables @returns {Json | null} */
function readCard(values, tables) {
  const { as_of, posted, amount, fault, late_fee_max } = values;
  const rate = values.daily_rate;
  /** @type {Json[]} */ const bills = [];
  for (const item of values.statements.length ? values.statements : [values]) {
    const { statement_date, due } = item;
    if (statement_date === null || due === null) continue;
    if (due <= statement_date) item.fault('due', 'due_before_statement', { day: formatDate(statement_date) });
    bills.push({ day: statement_date, due, minimum: item.minimum_due });
  }
  bills.sort((a, b) => a.day - b.day);
  bills.forEach((after, index) => {
    if (index && after.day <= bills[index - 1].due) fault('statements', 'statements_overlap', { day: formatDate(after.day) });
  });
  /** @type {Json[]} */ const lots = [];
  for (const name of ['purchases', 'cash_advances']) {
    for (const item of values[name]) {
      if (item.amount !== null && item.posted !== null) lots.push({ posted: item.posted, amount: item.amount, cash: name !== 'purchases' });
    }
  }
  if (amount !== null) {
    if (bills.length) lots.push({ posted: posted === null ? bills[0].day : posted, amount, cash: false });
  } else if (posted !== null || !(values.purchases.length || values.cash_advances.length)) fault('amount', 'missing');
  lots.sort((a, b) => a.posted - b.posted);
  if (rate && rate.unit !== 'day') fault('daily_rate', 'rate_daily');
  const [first, last] = lots.length ? [lots[0].posted, lots[lots.length - 1].posted] : [null, null];
  const paid = readPayments(values, first, as_of);
  if (late_fee_max !== null && late_fee_max < (values.late_fee_min || 0n)) fault('late_fee_max', 'fee_order');
  if (as_of === null || !rate || !lots.length || !bills.length) return null;
  if (first > bills[0].day) fault('statement_date', 'statement_early', { first: formatDate(first) });
  if (as_of < last) fault('as_of', 'as_of_early', { due: formatDate(last) });
  const usual = parsePercent(tables.late_fee.rows[tables.late_fee.rows.length - 1].value);
  const share = values.late_fee_rate === null ? usual : values.late_fee_rate;
  return { bills, lots, paid, daily: perDay(rate, 365), fee_rate: share * MULTIPLIER_ONE * DAY_FACTOR };
}

/** @param {Json} card @param {Json} tables @returns {Json} */
function answerCard(card, tables) {
  const now = runCard(card);
  const bill = runCard(card, true);
  const until = dateOrNull(now.free_until);
  const unknown = card.amount !== null && card.posted === null;
  const undecided = bill.undecided.length ? bill.undecided : now.undecided;
  const missing = [
    unknown && { field: 'posted', text: words(tables, 'texts', 'missing_posted') },
    undecided.length && {
      field: 'minimum_due',
      text: words(tables, 'texts', 'missing_minimum', { days: undecided.map(formatDate).join('、') }),
    },
  ].filter((item) => item);
  const answer = answerOf(card, now, [
    [true, 'card_fee_once'],
    [until, 'card_free', { until }],
    [card.interest_on === 'unpaid', 'card_unpaid_only'],
    [card.allocation !== 'interest_first', 'card_order'],
  ], tables);
  Object.assign(answer, {
    days: now.days,
    interest: yuan(now.interest),
    late_fee: yuan(now.late_fee),
    next_statement: copy(sums(bill.parts), {
      date: formatDate(nextStatement(card)),
      interest: yuan(bill.interest),
      late_fee: yuan(bill.late_fee),
      ledger: shownRows(bill.rows),
    }),
    rates: { daily: dailyPercent(card.daily), annual: annualPercent(card.daily) },
    reference: reference(card, now.rows, charged(now.rows) + now.late_fee, tables),
    free_until: until,
    missing,
  });
  for (const name of ['total', 'parts', 'rounding_gap', 'interest', 'next_statement', 'ledger', 'reference', 'conventions', 'gap']) {
    if (unknown) answer[name] = Array.isArray(answer[name]) ? [] : null;
  }
  return answer;
}

MODES.card = {
  read: readCard,
  answer: answerCard,
  applies: () => true,
  mistakes: () => ({ on_balance: { fee_on: 'balance' } }),
  totals: (card) => ({ total: runCard(card).total, next_statement: runCard(card, true).total }),
};

// only private

const isLate = (/** @type {Json} */ loan) => loan.due !== null && loan.as_of > loan.due;
const overdueFee = (/** @type {Json} */ loan) => (isLate(loan) ? loan.fee : 0n);

/** generator/calculator/private.py. @param {Json} loan */
function runPrivate(loan) {
  const { as_of, arrived_on, due } = loan;
  /** @type {Json} */
  const parts = { principal: loan.principal * SCALE, interest: 0n, overdue_interest: 0n, fee: overdueFee(loan) * SCALE };
  /** @type {Row[]} */ const rows = [];
  const order = ['interest', 'overdue_interest'];
  order.splice(loan.allocation === 'principal_first' ? 0 : 2, 0, 'principal');
  let credit = 0n;
  let today = arrived_on - (loan.end_points === 'both_ends' ? 1 : 0);

  /** @param {number} days */
  function nextRow(days) {
    const late = due !== null && today >= due;
    const rate = perDay(late ? loan.overdue : loan.term, loan.basis);
    return row(late ? 'overdue_interest' : 'interest', today + 1, days, parts.principal / SCALE, rate);
  }

  const days = [arrived_on, as_of, due === null ? as_of : due, ...loan.paid.keys()];
  for (const until of between(days, arrived_on, as_of)) {
    if (until > today && as_of > arrived_on) {
      post(parts, rows, [nextRow(until - today)]);
    }
    today = until;
    credit = settle(parts, order, credit + (loan.paid.get(until) || 0n));
  }
  const per_day = nextRow(1).amount;
  return {
    parts,
    rows: rows.filter((item) => item.amount),
    late: rows.filter((item) => item.kind === 'overdue_interest'),
    per_day,
    surplus: absorbed(parts, settle(parts, ['fee'], credit)),
    total: totalOf(parts),
  };
}

const atCap = (/** @type {Json} */ loan) => copy(loan, { term: loan.cap, overdue: loan.cap, fee: 0n });

/** @param {Json} loan */
function eachPeriodCapped(loan) {
  const of = (/** @type {Rate} */ rate) => perDay(rate, loan.basis);
  const lower = (/** @type {Rate} */ rate) => (of(rate) <= of(loan.cap) ? rate : loan.cap);
  const held = copy(loan, { term: lower(loan.term), overdue: lower(loan.overdue), fee: 0n });
  const room = (weight(runPrivate(held).late) * (of(loan.cap) - of(held.overdue))) / SCALE;
  return copy(held, { fee: min(overdueFee(loan), room) });
}

/** @param {Json} values @param {Json} tables @returns {Json | null} */
function readPrivate(values, tables) {
  const { arrived_on, as_of, due, fault, agreed_rate } = values;
  const { lpr, private_cap } = tables;
  const paid = readPayments(values, arrived_on, as_of);
  if (arrived_on === null || as_of === null) return null;
  const multiple = rowOn(private_cap, arrived_on);
  const formed = rateOf(rowOn(lpr, arrived_on));
  const start = private_cap.rows[0].from;
  if (formatDate(arrived_on) < start) fault('arrived_on', 'private_old', { start });
  else if (!multiple || !formed) {
    fault('arrived_on', 'lpr_stale', { through: min(private_cap.verified_through, lpr.verified_through) });
  }
  if (as_of < arrived_on) fault('as_of', 'as_of_early', { due: formatDate(arrived_on) });
  if (due !== null && due < arrived_on) fault('due', 'due_early', { first: formatDate(arrived_on) });
  const term = agreed_rate || { unit: 'year', value: 0n };
  const overdue = values.overdue_rate || agreed_rate || (isLate(values) ? rateOf(rowOn(lpr, due + 1)) : term);
  if (!overdue) fault('due', 'lpr_stale', { through: lpr.verified_through });
  if (!multiple || !formed || !overdue) return null;
  return {
    principal: values.amount_arrived,
    term,
    overdue,
    cap: { unit: 'year', value: BigInt(multiple.value) * formed.value },
    paid,
    basis: +values.basis,
    fee: values.overdue_fee || 0n,
  };
}

/** @param {Json} loan @param {Json} tables @returns {Json} */
function answerPrivate(loan, tables) {
  const [agreed, cap] = [runPrivate(loan), runPrivate(atCap(loan))];
  const [whole, limit] = [halfUp(agreed.total), halfUp(cap.total)];
  const lower = min(whole, limit);
  const periods = halfUp(runPrivate(eachPeriodCapped(loan)).total);
  const { amount_written, principal, overdue } = loan;
  const answer = answerOf(loan, agreed, [
    [true, 'private_scope'],
    [amount_written > principal, 'private_deducted', { amount: formatAmount(/** @type {any} */ ((amount_written || 0n) - principal)) }],
    [isLate(loan) && !loan.agreed_rate && !loan.overdue_rate, 'private_nothing_agreed', { rate: formatRate(overdue) }],
    [periods < lower, 'private_periods', { amount: formatAmount(periods) }],
  ], tables);
  return copy(answer, {
    days: isLate(loan) ? loan.as_of - loan.due : 0,
    agreed: formatAmount(whole),
    at_cap: formatAmount(limit),
    lower: formatAmount(lower),
    difference: formatAmount(whole - lower),
    each_period: formatAmount(min(periods, lower)),
    per_day_at_cap: yuan(cap.per_day),
    rates: {
      cap: formatRate(loan.cap),
      term_annual: annualPercent(perDay(loan.term, loan.basis)),
      overdue_annual: annualPercent(perDay(overdue, loan.basis)),
    },
    ledger_at_cap: shownRows(cap.rows),
  });
}

MODES.private = {
  read: readPrivate,
  answer: answerPrivate,
  applies: () => true,
  mistakes: ({ amount_written, principal }) => (amount_written > principal ? { on_written: { principal: amount_written } } : {}),
  totals: (loan) => ({ total: runPrivate(loan).total, at_cap: runPrivate(atCap(loan)).total }),
};

// only judgment

/** generator/calculator/judgment.py. @param {Json} terms */
function runJudgment(terms) {
  const { as_of, running } = terms;
  const shift = terms.end_points === 'both_ends' ? 1 : 0;
  /** @type {Json} */ const owed = { ordinary: terms.ordinary * SCALE, interest: 0n, doubled: 0n };
  const sums = terms.sums.map((/** @type {Json} */ item) => copy(item));
  /** @type {Row[]} */ const rows = [];
  let lateBefore = as_of;
  let credit = 0n;

  /** @param {number} days @returns {Row[]} */
  function nextRows(days) {
    const first = today + 1;
    let late = sumOf(sums.filter((/** @type {Json} */ item) => item.due - shift <= today && item.due < lateBefore), 'amount');
    if (late && terms.on_everything) late += owed.ordinary / SCALE;
    if (terms.spans.some((/** @type {number[]} */ span) => span[0] <= first && first <= span[1])) late = 0n;
    const found = [row('doubled', first, days, late, terms.daily)];
    if (running && running.start <= today) {
      found.unshift(row('interest', first, days, min(running.base, sumOf(sums, 'amount')), perDay(running.rate, terms.basis)));
    }
    return found.filter((item) => item.days && item.base);
  }

  const days = [as_of, ...terms.paid.keys()];
  for (const item of sums) days.push(item.due - shift);
  for (const span of terms.spans) days.push(span[0] - 1, span[1]);
  if (running) days.push(running.start);
  const events = between(days, -Infinity, as_of);
  let today = events[0];
  for (const until of events) {
    post(owed, rows, nextRows(until - today));
    today = until;
    let pool = credit + (terms.paid.get(until) || 0n);
    if (terms.allocation === 'principal_first') pool = settleLines(sums, 'amount', pool);
    pool = settleLines(sums, 'amount', settle(owed, ['ordinary', 'interest'], pool));
    credit = settle(owed, ['doubled'], pool);
  }
  const parts = { judged: SCALE * sumOf(sums, 'amount'), ordinary: owed.ordinary + owed.interest, doubled: owed.doubled };
  lateBefore += 1;
  const tomorrow = nextRows(1);
  const unpaid = sums.find((/** @type {Json} */ item) => item.amount);
  return {
    parts,
    rows,
    per_day: charged(tomorrow),
    doubled_per_day: charged(tomorrow.filter((item) => item.kind === 'doubled')),
    days: unpaid ? Math.max(0, as_of - unpaid.due) : 0,
    surplus: absorbed(parts, credit),
    total: totalOf(parts),
  };
}

/** @param {Json} values @param {Json} tables @returns {Json | null} */
function readJudgment(values, tables) {
  const { as_of, fault, running_from, running_base } = values;
  const table = tables.delayed_interest;
  const parts = (values.instalments.length ? values.instalments : [{ last_day: values.last_day, amount: values.judged_sum }])
    .filter((/** @type {Json} */ item) => item.last_day !== null && item.amount !== null)
    .map((/** @type {Json} */ item) => ({ due: item.last_day, amount: item.amount }))
    .sort(byDue);
  const rate = values.running_rate;
  if (!rate && (running_from !== null || running_base !== null)) fault('running_rate', 'running_needs_rate');
  if (rate && running_from === null) fault('running_from', 'missing');
  const running = rate && running_from !== null && { rate, start: running_from, base: running_base || sumOf(parts, 'amount') };
  /** @type {number[][]} */ const spans = [];
  for (const item of values.excluded) {
    if (item.from === null || item.to === null) continue;
    if (item.to < item.from) item.fault('to', 'excluded_order', { first: formatDate(item.from) });
    spans.push([item.from, item.to]);
  }
  const paid = readPayments(values, null, as_of);
  if (running && rate.unit === 'year' && !values.basis) fault('basis', 'basis_missing');
  if (as_of === null || !parts.length) return null;
  if (running && running.start > as_of) fault('running_from', 'after_as_of', { as_of: formatDate(as_of) });
  const first = parts[0].due;
  const start = table.rows[0].from;
  const found = rowOn(table, as_of);
  if (as_of < first) fault('as_of', 'as_of_early', { due: formatDate(first) });
  else if (formatDate(first) < start) fault(values.instalments.length ? 'instalments' : 'last_day', 'judgment_old', { start });
  else if (formatDate(as_of) > table.verified_through) fault('as_of', 'judgment_stale', { through: table.verified_through });
  else if (rowOn(table, first) !== found) fault('as_of', 'judgment_rate_changed');
  const daily = rateOf(found);
  if (!daily) return null;
  return { sums: parts, running, spans, paid, daily: perDay(daily, 365), basis: +values.basis || 365, ordinary: values.ordinary_interest || 0n };
}

/** @param {Json} terms @param {Json} tables @returns {Json} */
function answerJudgment(terms, tables) {
  const judged = runJudgment(terms);
  const answer = answerOf(terms, judged, [[true, 'judgment_base'], [terms.spans.length, 'judgment_excluded']], tables);
  return copy(answer, {
    days: judged.days,
    doubled_per_day: yuan(judged.doubled_per_day),
    rates: { doubled_daily: dailyPercent(terms.daily), doubled_annual: annualPercent(terms.daily) },
  });
}

MODES.judgment = {
  read: readJudgment,
  answer: answerJudgment,
  applies: ({ running }, field) => field !== 'basis' || (running && running.rate.unit === 'year'),
  mistakes: ({ daily, ordinary }) => copy({ doubled_twice: { daily: 2n * daily } }, ordinary && { on_everything: { on_everything: true } }),
  totals: (terms) => ({ total: runJudgment(terms).total }),
};

// all kinds

// request

/** The terms of a request, null with faults. @param {any} request @param {Json} tables @returns {{terms: Json | null, faults: Json[]}} */
function readRequest(request, tables) {
  const { faults, add, read, labelOf } = reader(tables);
  let terms = null;
  if (!isObject(request)) add('', 'object', labelOf('request'));
  else {
    const { mode } = read({ mode: request.mode }, [{ name: 'mode', kind: 'choice', required: true, options: Object.keys(MODES), default: '' }]);
    if (mode) {
      const fields = tables.fields[mode];
      const values = read(request, fields);
      terms = copy(values, { mode, fields }, MODES[mode].read(values, tables));
    }
  }
  return { terms: faults.length ? null : terms, faults };
}

/**
 * Answer one request; never throws, whatever the request is (generator/calculator/request.py).
 * @param {any} request @param {Json} tables @returns {Json}
 */
function calculate(request, tables) {
  const { terms, faults } = readRequest(request, tables);
  if (!terms) return { ok: false, errors: faults };
  return copy({ ok: true, mode: terms.mode }, MODES[terms.mode].answer(terms, tables));
}

/**
 * The gap finder in pieces: `step(n)` does n more tries and says whether all are done, `answer()`
 * reports on those done. Null where the request has faults or claims nothing.
 * @param {any} request @param {Json} tables
 */
function gapSearch(request, tables) {
  const { terms } = readRequest(request, tables);
  if (!terms || terms.claimed === null) return null;
  const tries = combinations(terms);
  /** @type {Found[]} */ const found = [];
  let done = 0;
  return {
    claimed: formatAmount(terms.claimed),
    size: tries.length,
    /** @param {number} count */
    step(count) {
      for (const variant of tries.slice(done, (done += count))) found.push(...evaluate(terms, variant));
      return done >= tries.length;
    },
    answer: () => gapReport(found, terms, tables),
  };
}

export { LIMITS, RATE_ONE, addMonths, calculate, copy, formatAmount, formatDate, formatRate, gapSearch, grouped, has, isAmount, isGiven, parseAmount, parseDate, parseRate, readRequest, trimmed, words };
