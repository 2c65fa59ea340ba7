// Tolerant reading of what somebody types, the twin of generator/calculator/reading.py: amounts,
// days and rates to the written form the engine takes, an echo 「读作 …」, a message, or a
// question with the readings to choose from. No DOM, no import. Lengths are in characters, not
// in UTF-16 units, to agree with Python.

/** @typedef {{label: string, value: string}} Choice */
/** @typedef {{value: string, echo: string, message: string, question: string, choices: Choice[]}} Reading */
/** @typedef {[unit: string, value: number]} Rate value in millionths of a percent */

const ONE = 100000000;
/** @type {{[unit: string]: number}} */
const MOST = { day: ONE / 100, month: ONE * 0.3, year: ONE };
/** @type {{[unit: string]: string}} */
const NAMES = { day: '日利率', month: '月利率', year: '年利率' };

/** @param {Partial<Reading>} found @returns {Reading} */
const reading = (found) => Object.assign({ value: '', echo: '', message: '', question: '', choices: [] }, found);
const wrong = (/** @type {string} */ message) => reading({ message });
/** @type {(value: string, shown: string, plain: boolean) => Reading} */
const taken = (value, shown, plain) => reading({ value, echo: plain ? '' : '读作 ' + shown });
const opening = (/** @type {string} */ text) => Array.from(text).slice(0, 30).join('');

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

/** @param {bigint} fen */
const formatFen = (fen) => String(fen / 100n) + '.' + String(fen % 100n).padStart(2, '0');

/** 元 as `12000.00`. @param {string} text @param {string} label @returns {Reading} */
function readAmount(text, label) {
  const plain = normalised(text).replace(/^(?:人民币|rmb|cny|¥) ?/, '').replace(/ ?(?:元整?|块钱?|圆整?|人民币|rmb|cny)$/, '');
  if (!normalised(text)) return wrong('填写' + label);
  if (/^[-负]/.test(plain)) return wrong(label + '要大于 0');
  if (/^[0-9.]{1,15}e\+?[0-9]{1,15}$/.test(plain)) return wrong(label + '要写成普通数字，小于 1 亿元');
  const found = AMOUNT.exec(plain);
  if (!found) return wrong(label + '要写成数字，例如 12000 或 12000.50');
  const sums = sumsOf(found);
  if (!sums) return wrong(label + '最多两位小数');
  for (const fen of sums) {
    if (!fen || fen >= 10000000000n) return wrong(label + (fen ? '要小于 1 亿元' : '要大于 0'));
  }
  const values = sums.map(formatFen);
  if (values.length > 1) {
    const choices = values.map((value) => ({ label: value + ' 元', value }));
    return reading({ question: '“' + opening(text) + '”是多少元？', choices });
  }
  return taken(values[0], values[0] + ' 元', /^[0-9]+(\.[0-9]{1,2})?$/.test(text));
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

/** An ISO day. @param {string} text @param {string} label @returns {Reading} */
function readDate(text, label) {
  const plain = normalised(text);
  if (!plain) return wrong('填写' + label);
  const found =
    /^([0-9]{4}) ?[-/.年 ] ?([0-9]{1,2}) ?[-/.月 ] ?([0-9]{1,2}) ?[日号]?$/.exec(plain) || /^([0-9]{4})([0-9]{2})([0-9]{2})$/.exec(plain);
  if (!found) return wrong(label + whatIsMissing(plain));
  const value = [found[1], found[2].padStart(2, '0'), found[3].padStart(2, '0')].join('-');
  const date = new Date(Date.UTC(+found[1], +found[2] - 1, +found[3]));
  if (date.toISOString().slice(0, 10) !== value) return wrong(label + '要是真实存在的日子');
  if (value < '1980' || value > '2100') return wrong(label + '要在 1980 年到 2099 年之间');
  return taken(value, value, text === value);
}

/** @param {string} plain */
function whatIsMissing(plain) {
  if (/^[0-9]{4} ?年?$/.test(plain)) return '要有月份和日子';
  if (/^[0-9]{4} ?[-/.年] ?[0-9]{1,2} ?月?$/.test(plain)) return '要有日子';
  if (/^[0-9]{1,2} ?[-/.月] ?[0-9]{1,2} ?[日号]?$/.test(plain)) return '要写明年份';
  if (/^'?[0-9]{2} ?[-/.年] ?[0-9]{1,2} ?[-/.月] ?[0-9]{1,2} ?[日号]?$/.test(plain)) return '的年份要写全四位';
  return '要写成“2026 年 9 月 27 日”这样';
}

// rates

const UNIT_WORDS = { day: '[日天]', month: '月', year: '年' };
/** @type {{[sign: string]: number}} */
const PLACES = { 百: 0, 千: 1, 万: 2, '%': 0, '‰': 1, '‱': 2 };

/** A quoted rate as `日 0.05%`. @param {string} text @param {string} label @param {string} [unit] chosen beside the field @returns {Reading} */
function readRate(text, label, unit = '') {
  let plain = withDigits(normalised(text));
  if (!plain) return wrong('填写' + label);
  if (plain[0] === '-') return wrong(label + '要在 0% 或以上');
  let units = Object.entries(UNIT_WORDS)
    .filter(([name, word]) => {
      const before = plain;
      plain = plain.replace(new RegExp('每? ?' + (name === 'month' ? '个?' : '') + word + ' ?(?:利率|利息|息|化)?|/ ?' + word, 'g'), '');
      return plain !== before;
    })
    .map(([name]) => name);
  plain = plain.replace(/(?:折合|约|单利|利率|利息|息|按|为|是|[:/ ])+/g, '');
  const share = /^([百千万])分之([0-9]{1,4})(?:\.([0-9]{1,6}))?$/.exec(plain);
  const signed = /^([0-9]{1,4})(?:\.([0-9]{1,8}))?(%|‰|‱|分|厘)?$/.exec(plain);
  if (units.length > 1 || !(share || signed)) return wrong(label + '要写成“日利率 0.05%”“万分之五”“年利率 18%”这样');
  const [whole, part, sign] = share ? [share[2], share[3], share[1]] : /** @type {RegExpExecArray} */ (signed).slice(1);
  if (!units.length && (sign === '万' || sign === '‱')) units = ['day'];
  const value = valueOf(whole, part, sign === '厘' ? 1 : PLACES[sign] || 0);
  if (value === null) return wrong(label + '的小数位太多');
  return sign === '分' || sign === '厘' ? askFolk(text, value, units) : withUnit(text, label, value, units[0], unit, !sign);
}

/** @param {string} whole @param {string | undefined} part @param {number} places @returns {number | null} */
function valueOf(whole, part, places) {
  const digits = (part || '').replace(/0+$/, '');
  const zeros = 6 - places - digits.length;
  return zeros < 0 ? null : Number(whole + digits + '0'.repeat(zeros));
}

/** @param {string} text @param {string} label @param {number} value @param {string | undefined} own @param {string} chosen @param {boolean} bare @returns {Reading} */
function withUnit(text, label, value, own, chosen, bare) {
  const named = own || chosen;
  if (!named) return asked(label + ' ' + percent(value) + ' 是按天、按月还是按年？', ['day', value], ['month', value], ['year', value]);
  if (own && chosen && own !== chosen) {
    return asked(label + '写的是' + NAMES[own] + '，选的是' + NAMES[chosen] + '。你想填的是哪个？', [own, value], [chosen, value]);
  }
  const name = shown([named, value]);
  const low = name + ' 太低。你想填的是哪个？';
  const high = name + ' 太高。你想填的是哪个？';
  /** @type {{[unit: string]: number}} */
  const least = { day: 1000, month: 50000, year: ONE / 100 };
  if (bare && value && value < least[named]) return asked(low, [named, value * 100], [named, value]);
  if (named === 'day' && value > ONE / 200) {
    const usual = high.replace('。', '，账单上常见的是 0.05%（万分之五）。');
    return asked(usual, ['day', Math.floor(value / 100)], ['month', value], ['year', value]);
  }
  if (named === 'month' && value > ONE / 10) return asked(high, ['year', value], ['month', value]);
  if (named === 'year' && value > ONE) return wrong('年利率要在 0% 到 100% 之间');
  if (named === 'year' && value && value < ONE / 100) return asked(low, ['day', value], ['year', value]);
  const written = format([named, value]);
  return taken(written, name, text === written);
}

/** @param {string} text @param {number} value @param {string[]} units */
function askFolk(text, value, units) {
  /** @type {Rate[]} */ const rates = [['month', value], ['year', value * 10]];
  const fitting = rates.filter((rate) => rate[0] === units[0]);
  return asked('“' + opening(text) + '”是民间说法，各地用法不同。你想填的是哪个？', ...(fitting.length ? fitting : rates));
}

/** @param {string} question @param {Rate[]} rates @returns {Reading} */
function asked(question, ...rates) {
  const choices = rates
    .filter((rate) => rate[1] <= MOST[rate[0]])
    .map((rate) => ({ label: shown(rate), value: format(rate) }));
  return choices.length ? reading({ question, choices }) : wrong('利率太高：按天不超过 1%，按月不超过 30%，按年不超过 100%');
}

/** @param {number} value */
function percent(value) {
  const digits = String(value).padStart(7, '0');
  return (digits.slice(0, -6) + '.' + digits.slice(-6)).replace(/\.?0+$/, '') + '%';
}

const shown = (/** @type {Rate} */ rate) => NAMES[rate[0]] + ' ' + percent(rate[1]);
const format = (/** @type {Rate} */ rate) => NAMES[rate[0]][0] + ' ' + percent(rate[1]);

export { normalised, readAmount, readDate, readRate, withDigits };
