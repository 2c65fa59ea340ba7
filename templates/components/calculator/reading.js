// Tolerant reading of what somebody types, the twin of generator/calculator/reading.py: amounts,
// days and rates to the written form the engine takes, an echo 「读作 …」, a message, or a
// question with the readings to choose from. No DOM; all words come with the tables. Lengths are
// in characters, not in UTF-16 units, to agree with Python.

import { LIMITS, RATE_ONE, formatAmount, formatRate, parseDate, trimmed, words } from './engine.js';

/** @typedef {{[name: string]: any}} Json */
/** @typedef {{label: string, value: string}} Choice */
/** @typedef {{value: string, echo: string, message: string, question: string, choices: Choice[]}} Reading */
/** @typedef {import('./engine.js').Rate} Rate */
/** @typedef {ReturnType<typeof voiceOf>} Voice */

/** @param {Partial<Reading>} found @returns {Reading} */
const reading = (found) => Object.assign({ value: '', echo: '', message: '', question: '', choices: [] }, found);
const percent = (/** @type {bigint} */ value) => trimmed(value, 6) + '%';

/** Says what was found, in the words of the tables. @param {string} text @param {string} label @param {Json} tables */
function voiceOf(text, label, tables) {
  const opening = Array.from(text).slice(0, 30).join('');
  /** @param {string} code @param {Json} [parts] */
  const say = (code, parts) => words(tables, 'messages', code, Object.assign({}, parts, { label, text: opening }));
  const wrong = (/** @type {string} */ code) => reading({ message: say(code) });
  const name = (/** @type {string} */ unit) => words(tables, 'choices', 'unit.' + unit);
  const shown = (/** @type {Rate} */ rate) => name(rate.unit) + ' ' + percent(rate.value);
  return {
    text,
    say,
    wrong,
    name,
    shown,
    /** @type {(value: string, echo: string, plain: boolean) => Reading} */
    taken: (value, echo, plain) => reading({ value, echo: plain ? '' : say('read_as', { value: echo }) }),
    /** A question with those of the rates that the engine would take. @param {string} code @param {[string, bigint][]} rates @param {Json} [parts] */
    asked(code, rates, parts) {
      const choices = rates
        .filter(([unit, value]) => value <= LIMITS[unit])
        .map(([unit, value]) => ({ label: shown({ unit, value }), value: formatRate({ unit, value }) }));
      return choices.length ? reading({ question: say(code, parts), choices }) : wrong('rate_high');
    },
  };
}

// numerals

/** @type {{[sign: string]: string}} */
const SIGNS = { '￥': '¥', '。': '.', '—': '-', '–': '-', '−': '-', '～': '~', '·': '.', '、': ',' };
const DIGITS = '零一二三四五六七八九';
/** @type {{[sign: string]: number}} */
const TENS = { 十: 10, 百: 100 };

/** @param {string} text */
function normalised(text) {
  const signs = Array.from(text);
  if (signs.length > 100) return '?';
  return signs
    .map((sign) => SIGNS[sign] || sign)
    .map((sign) => (sign >= '\uff01' && sign <= '\uff5e' ? String.fromCharCode(sign.charCodeAt(0) - 0xfee0) : sign))
    .join('')
    .replace(/[A-Z]/g, (sign) => sign.toLowerCase())
    .replace(/[ \t\r\n\f\v\u00a0\u3000\ufeff\u200b-\u200d]+/g, ' ')
    .replace(/^ | $/g, '');
}

const digitOf = (/** @type {string} */ sign) => (sign === '〇' ? 0 : sign === '两' ? 2 : DIGITS.indexOf(sign));
const digitsOf = (/** @type {string} */ text) => Array.from(text, digitOf).join('');

/** @param {string} text */
function withDigits(text) {
  return text.replace(/((?:[零〇一二两三四五六七八九十]|百(?!分))+)(?:点([零〇一二三四五六七八九]+))?/g, (_, whole, part) => {
    let digits = digitsOf(whole);
    if (/[十百]/.test(whole)) {
      let value = 0;
      let digit = -1;
      for (const sign of whole) {
        if (TENS[sign]) {
          value += (digit < 0 ? 1 : digit) * TENS[sign];
          digit = -1;
        } else digit = digitOf(sign);
      }
      digits = String(value + Math.max(digit, 0));
    }
    return digits + (part ? '.' + digitsOf(part) : '');
  });
}

// amounts

/** @type {{[unit: string]: number}} */
const POWERS = { 亿: 8, 万: 4, w: 4, 千: 3, k: 3, 百: 2 };
const AMOUNT = /^((?:[0-9]{1,3}(?:[, ][0-9]{3})+|[0-9]{1,15})(?:\.[0-9]{0,15})?)(?: ?(亿|万|千|百|w|k)(?:零?([0-9]{1,8}) ?(千|百)?)?)?$/;
const ten = (/** @type {number} */ power) => BigInt('1' + '0'.repeat(power));

/** 元 as `12000.00`. @param {string} text @param {string} label @param {Json} tables @returns {Reading} */
function readAmount(text, label, tables) {
  const { wrong, taken, say } = voiceOf(text, label, tables);
  const typed = normalised(text);
  const plain = typed.replace(/^(?:人民币|rmb|cny|¥) ?/, '').replace(/ ?(?:元整?|块钱?|圆整?|人民币|rmb|cny)$/, '');
  if (!typed) return wrong('missing');
  if (/^[-负]/.test(plain)) return wrong('amount_zero');
  if (/^[0-9.]{1,15}e\+?[0-9]{1,15}$/.test(plain)) return wrong('amount_plain');
  const found = AMOUNT.exec(plain);
  if (!found) return wrong('amount_format');
  const sums = sumsOf(found);
  if (!sums) return wrong('amount_decimals');
  for (const fen of sums) {
    if (!fen || fen >= 10000000000n) return wrong(fen ? 'amount_big' : 'amount_zero');
  }
  const choices = sums.map(formatAmount).map((value) => ({ label: words(tables, 'shown', 'yuan', { amount: value }), value }));
  if (choices.length > 1) return reading({ question: say('amount_asked'), choices });
  return taken(choices[0].value, choices[0].label, /^[0-9]+(\.[0-9]{1,2})?$/.test(text));
}

/** @param {RegExpExecArray} found @returns {bigint[] | null} */
function sumsOf(found) {
  const [whole, decimals = ''] = found[1].replace(/[, ]/g, '').split('.');
  const part = decimals.replace(/0+$/, '');
  const power = POWERS[found[2]] || 0;
  const tail = found[3] || '';
  if (part.length > power + 2) return null;
  const fen = BigInt(whole + part) * ten(power + 2 - part.length);
  if (found[4]) return [fen + BigInt(tail) * ten(POWERS[found[4]] + 2)];
  if (!tail) return [fen];
  const literal = fen + BigInt(tail) * 100n;
  return tail.length >= power ? [literal] : [fen + BigInt(tail) * ten(power + 2 - tail.length), literal];
}

// days

/** An ISO day. @param {string} text @param {string} label @param {Json} tables @returns {Reading} */
function readDate(text, label, tables) {
  const { wrong, taken } = voiceOf(text, label, tables);
  const plain = normalised(text);
  if (!plain) return wrong('missing');
  const found =
    /^([0-9]{4}) ?[-/.年 ] ?([0-9]{1,2}) ?[-/.月 ] ?([0-9]{1,2}) ?[日号]?$/.exec(plain) || /^([0-9]{4})([0-9]{2})([0-9]{2})$/.exec(plain);
  if (!found) return wrong(whatIsMissing(plain));
  const value = [found[1], found[2].padStart(2, '0'), found[3].padStart(2, '0')].join('-');
  const day = parseDate(value);
  return typeof day === 'string' ? wrong(day) : taken(value, value, text === value);
}

/** @param {string} plain */
function whatIsMissing(plain) {
  if (/^[0-9]{4} ?年?$/.test(plain)) return 'date_no_month';
  if (/^[0-9]{4} ?[-/.年] ?[0-9]{1,2} ?月?$/.test(plain)) return 'date_no_day';
  if (/^[0-9]{1,2} ?[-/.月] ?[0-9]{1,2} ?[日号]?$/.test(plain)) return 'date_no_year';
  return /^'?[0-9]{2} ?[-/.年] ?[0-9]{1,2} ?[-/.月] ?[0-9]{1,2} ?[日号]?$/.test(plain) ? 'date_short_year' : 'date_unread';
}

// rates

/** @type {{[unit: string]: string}} */
const UNIT_WORDS = { day: '[日天]', month: '个?月', year: '年' };
/** @type {{[sign: string]: number}} */
const PLACES = { 百: 0, 千: 1, 万: 2, '%': 0, '‰': 1, '‱': 2, 分: 0, 厘: 1 };

/** A quoted rate as `日 0.05%`. @param {string} text @param {string} label @param {Json} tables @param {string} [unit] chosen beside the field @returns {Reading} */
function readRate(text, label, tables, unit = '') {
  const voice = voiceOf(text, label, tables);
  let plain = withDigits(normalised(text));
  if (!plain) return voice.wrong('missing');
  if (plain[0] === '-') return voice.wrong('rate_negative');
  const units = Object.keys(UNIT_WORDS).filter((name) => {
    const before = plain;
    const word = UNIT_WORDS[name];
    plain = plain.replace(new RegExp('每? ?' + word + ' ?(?:利率|利息|息|化)?|/ ?' + word.replace('个?', ''), 'g'), '');
    return plain !== before;
  });
  plain = plain.replace(/(?:折合|约|单利|利率|利息|息|按|为|是|[:/ ])+/g, '');
  const share = /^([百千万])分之([0-9]{1,4})(?:\.([0-9]{1,6}))?$/.exec(plain);
  const signed = /^([0-9]{1,4})(?:\.([0-9]{1,8}))?(%|‰|‱|分|厘)?$/.exec(plain);
  if (units.length > 1 || !(share || signed)) return voice.wrong('rate_unread');
  const [whole, part, sign] = share ? [share[2], share[3], share[1]] : /** @type {RegExpExecArray} */ (signed).slice(1);
  const value = valueOf(whole, part, PLACES[sign || '%']);
  if (value === null) return voice.wrong('rate_decimals');
  if (sign === '分' || sign === '厘') {
    /** @type {[string, bigint][]} */ const rates = [['month', value], ['year', value * 10n]];
    const fitting = rates.filter((rate) => rate[0] === units[0]);
    return voice.asked('rate_folk', fitting.length ? fitting : rates);
  }
  return withUnit(voice, value, units[0] || (sign === '万' || sign === '‱' ? 'day' : ''), unit, !sign);
}

/** @param {string} whole @param {string | undefined} part @param {number} places @returns {bigint | null} */
function valueOf(whole, part, places) {
  const digits = (part || '').replace(/0+$/, '');
  const zeros = 6 - places - digits.length;
  return zeros < 0 ? null : BigInt(whole + digits + '0'.repeat(zeros));
}

/** @param {Voice} voice @param {bigint} value @param {string} own the unit in the text @param {string} chosen @param {boolean} bare a number without a sign for its share @returns {Reading} */
function withUnit(voice, value, own, chosen, bare) {
  const { asked } = voice;
  const unit = own || chosen;
  if (!unit) return asked('rate_asked', [['day', value], ['month', value], ['year', value]], { rate: percent(value) });
  if (own && chosen && own !== chosen) return asked('rate_which', [[own, value], [chosen, value]], { own: voice.name(own), chosen: voice.name(chosen) });
  const rate = voice.shown({ unit, value });
  /** @type {{[unit: string]: bigint}} */
  const least = { day: 1000n, month: 50000n, year: RATE_ONE / 100n };
  if (bare && value && value < least[unit]) return asked('rate_low', [[unit, value * 100n], [unit, value]], { rate });
  if (unit === 'day' && value > RATE_ONE / 200n) return asked('rate_day_slip', [['day', value / 100n], ['month', value], ['year', value]], { rate });
  if (unit === 'month' && value > RATE_ONE / 10n) return asked('rate_slip', [['year', value], ['month', value]], { rate });
  if (unit === 'year' && value > RATE_ONE) return voice.wrong('rate_year_range');
  if (unit === 'year' && value && value < RATE_ONE / 100n) return asked('rate_low', [['day', value], ['year', value]], { rate });
  const written = formatRate({ unit, value });
  return voice.taken(written, rate, voice.text === written);
}

export { normalised, readAmount, readDate, readRate, withDigits };
