// Search without a DOM and without a network: text to terms (the twin of
// generator/search/tokens.py, to the letter), a query to slots, slots to ranked pages, a page to a
// snippet. No import; tables come as arguments. No lookbehind: Safari 14 has none.

/** @typedef {{[traditional: string]: string}} Table */
/** @typedef {{terms: string[], factor: number}} Choice terms that stand for what was typed */
/** @typedef {{weight: number, choices: Choice[], marks: string[], pair: string}} Slot one part of a query */
/** @typedef {{synonyms: [string[], string[]][], tails: string[], crisis: string[], particles: string, simplified: Table}} Words */
/** @typedef {[path: string, title: string, summary: string, aliases: string[], text: string]} Card */
/** @typedef {[anchor: string, heading: string, text: string][]} Sections */

const HAN = '\u3007\u3400-\u4dbf\u4e00-\u9fff';
const NUMERALS = '〇零一二两三四五六七八九十百千';
const ASTRAL = /[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]/g;
const COMMA = /([0-9]),(?=[0-9]{3}(?![0-9]))/g;
const BEFORE_HAN = new RegExp('([a-z0-9%]) (?=[' + HAN + '])', 'g');
const AFTER_HAN = new RegExp('([' + HAN + ']) (?=[a-z0-9])', 'g');
const PERCENT = new RegExp('百分之 ?([' + NUMERALS + ']+|[0-9.]+)', 'g');
const NUMERAL = new RegExp('[' + NUMERALS + ']+', 'g');
const WAN = /([0-9])w(?![a-z])/g;
const TEN_THOUSANDS = /(^|[^0-9.])([1-9][0-9]*?)0000(?![0-9.])/g;
const SEPARATOR = new RegExp('[^' + HAN + 'a-z0-9.]+', 'g');
const UNIT = new RegExp('[a-z]+|[0-9]+(?:\\.[0-9]+)?|[' + HAN + ' ]', 'g');
const IS_HAN = new RegExp('^[' + HAN + ']$');
/** @type {{[power: string]: number}} */
const POWER = { 十: 10, 百: 100, 千: 1000 };

const LEVELS = 8;
const MANY = 64;
const STEPS = 1.6;
const HALF = 4;
const SYNONYM = 0.8;
const SOUND = 0.6;
const EDGE = 0.5;
const PARTICLE = 0.3;
const MOST_SLOTS = 11;
const SNIPPET = 70;
const LEAD = 14;

// text

/** @param {string} text @param {Table} simplified @returns {string} */
const fold = (text, simplified) => text.replace(ASTRAL, ' ').normalize('NFKC').replace(ASTRAL, ' ').toLowerCase().replace(/[\u3400-\u9fff]/g, (character) => simplified[character] || character);

/** @param {string} numeral @returns {string} */
function digits(numeral) {
  const digit = (/** @type {string} */ character) => (character === '两' ? 2 : Math.max(0, '零一二三四五六七八九'.indexOf(character)));
  if (!/[十百千]/.test(numeral)) return NUMERALS.includes(numeral[0]) ? Array.from(numeral, digit).join('') : numeral;
  let total = 0;
  let last = 0;
  for (const character of numeral) {
    if (POWER[character]) {
      total += (last || 1) * POWER[character];
      last = 0;
    } else last = digit(character);
  }
  return '' + (total + last);
}
/** Of a folded text: every way to write a number becomes one. @param {string} text @returns {string} */
const canonical = (text) => text.replace(COMMA, '$1').replace(BEFORE_HAN, '$1').replace(AFTER_HAN, '$1').replace(PERCENT, (_, numeral) => digits(numeral) + '%').replace(NUMERAL, digits).replace(WAN, '$1万').replace(TEN_THOUSANDS, '$1$2万');
/** @param {string} text @returns {string} */
const separated = (text) => text.replace(SEPARATOR, ' ').replace(/\.(?![0-9])/g, ' ').replace(/(^|[^0-9])\./g, '$1 ');
/** A single space stands wherever something separates. @param {string} text @returns {string[]} */
const units = (text) => (' ' + separated(text) + ' ').match(UNIT) || [];
/** @param {string} text @returns {string[]} */
function terms(text) {
  const parts = units(text);
  const pairs = [];
  const lone = [];
  for (let at = 1; at < parts.length; at++) {
    if (parts[at] === ' ') continue;
    if (parts[at - 1] !== ' ') pairs.push(parts[at - 1] + parts[at]);
    else if (parts[at + 1] === ' ' && IS_HAN.test(parts[at])) lone.push(parts[at]);
  }
  return pairs.concat(parts.filter((part) => part.length > 1), lone);
}
/** The pairs of a folded text that `canonical` would change. @param {string} text @returns {string[]} */
function writtenTerms(text) {
  const found = [];
  for (let at = 0; at + 1 < text.length; at++) {
    const [one, two] = [text[at], text[at + 1]];
    if ((NUMERALS.includes(one) && IS_HAN.test(two)) || (NUMERALS.includes(two) && IS_HAN.test(one)) || one + two === '分之') found.push(one + two);
  }
  return found;
}

// index

/** @param {string} text @returns {number} */
function hashed(text) {
  let state = 2166136261;
  for (let at = 0; at < text.length; at++) state = Math.imul(state ^ text.charCodeAt(at), 16777619);
  return state >>> 0;
}
/** @param {string} term @param {number} count @returns {number} */
function shardOf(term, count) {
  const state = hashed(term);
  return ((state ^ (state >>> 16)) & (count - 1)) >>> 0;
}
/** Under which the index keeps the pages whose title is this text. @param {string} text @param {Table} simplified @returns {string} */
const titleKey = (text, simplified) => '=' + hashed(units(canonical(fold(text, simplified))).join('').replace(/ /g, '')).toString(16);
/** The pages of a term, from its codes: not all of them, if a sign says of how many. @param {string} codes @returns {Held} */
function decode(codes) {
  const numbers = [];
  let page = -1;
  let level = 0;
  let count = 0;
  for (const character of codes) {
    const sign = character.codePointAt(0) || 0;
    if (sign < 48) count = Math.round(MANY * Math.pow(2, (sign - 33) / 2));
    else if (sign < 58) [page, level] = [-1, sign - 48];
    else numbers.push((page += sign - (sign < 0xe000 ? 57 : 0x839)) * LEVELS + level);
  }
  return { numbers, count: count || numbers.length, whole: !count };
}

// query

/** The units of a clause and where each begins. @param {string} clause */
function placed(clause) {
  /** @type {string[]} */ const parts = clause.match(UNIT) || [];
  /** @type {number[]} */ const starts = [];
  let from = 0;
  for (const part of parts) {
    from = clause.indexOf(part, from);
    starts.push(from);
    from += part.length;
  }
  return { parts, starts: starts.concat(clause.length) };
}
/** Without the words around it that ask and say nothing. @param {string} clause @param {string[]} tails @returns {string} */
function stripped(clause, tails) {
  for (;;) {
    const tail = tails.find((word) => clause.length > word.length + 1 && (clause.endsWith(word) || clause.startsWith(word)));
    if (!tail) return clause;
    clause = clause.endsWith(tail) ? clause.slice(0, -tail.length) : clause.slice(tail.length);
  }
}
/** The parts of one clause: pairs, with a word that has synonyms as one part. @param {string} clause @param {Words} words @returns {Slot[]} */
function slotsOf(clause, words) {
  const { parts, starts } = placed(clause);
  const pairs = parts.slice(1).map((part, at) => parts[at] + part);
  /** @type {number[]} */ const owner = pairs.map(() => -1);
  /** @type {Slot[]} */ const slots = [];
  const edges = new Set();
  for (let at = 0; at < parts.length; at++) {
    let best = 0;
    let means = /** @type {string[]} */ ([]);
    for (const [said, meant] of words.synonyms) {
      for (const word of said) {
        const end = starts.indexOf(starts[at] + word.length);
        if (end > at + best && clause.startsWith(word, starts[at])) [best, means] = [end - at, meant];
      }
    }
    if (!best) continue;
    const inside = pairs.slice(at, at + best - 1);
    const own = inside.length ? inside : [parts[at]];
    const meant = means.map((word) => ({ terms: terms(word), factor: SYNONYM }));
    slots.push({ weight: Math.sqrt(own.length), choices: [{ terms: own, factor: 1 }, ...meant], marks: [clause.slice(starts[at], starts[at + best]), ...means], pair: '' });
    for (let inner = at; inner < at + best - 1; inner++) owner[inner] = slots.length;
    edges.add(at - 1).add(at + best - 1);
    at += best - 1;
  }
  pairs.forEach((pair, at) => {
    if (owner[at] >= 0) return;
    const dull = Array.from(pair).some((character) => words.particles.includes(character));
    slots.push({ weight: (edges.has(at) ? EDGE : 1) * (dull ? PARTICLE : 1), choices: [{ terms: [pair], factor: 1 }], marks: [pair], pair });
  });
  const alone = parts.length === 1;
  for (const part of parts) {
    if (part.length > 1 || alone) slots.push({ weight: alone ? 1 : EDGE, choices: [{ terms: [part], factor: 1 }], marks: [part], pair: alone ? part : '' });
  }
  return slots;
}
/** The ways to read a query; the second has its numerals as they are written. `exact` takes it word for word. @param {string} query @param {Words} words @param {boolean} [exact] @returns {Slot[][]} */
function read(query, words, exact) {
  const plain = fold(query, words.simplified);
  const readings = [...new Set([canonical(plain), plain])].map((text) => separated(text).split(' ').filter(Boolean));
  if (exact) return readings.map((clauses) => clauses.flatMap((clause) => slotsOf(clause, { ...words, synonyms: [] })).filter((slot) => slot.pair));
  return readings.map((clauses) => chosen(clauses.flatMap((clause) => slotsOf(stripped(clause, words.tails), words))));
}
/** The clauses of a query, as they would stand in a text: four characters or more, folded. @param {string} query @param {Words} words @returns {string[]} */
function phrases(query, words) {
  const clauses = separated(fold(query, words.simplified)).split(' ').filter(Boolean);
  return clauses.map((clause) => stripped(clause, words.tails)).filter((clause) => clause.length > 3);
}
/** How many of them are in one of the texts. @param {string[]} clauses @param {string[]} texts @param {Words} words @returns {number} */
function phrased(clauses, texts, words) {
  const plain = texts.map((text) => fold(text, words.simplified));
  return clauses.length ? clauses.filter((clause) => plain.some((text) => text.includes(clause))).length / clauses.length : 0;
}
/** The heaviest, as many as one query may ask for, in their order. @param {Slot[]} slots @returns {Slot[]} */
function chosen(slots) {
  const heaviest = slots.slice().sort((one, other) => other.weight - one.weight).slice(0, MOST_SLOTS);
  return slots.filter((slot) => heaviest.includes(slot));
}
/** Whether somebody says that they do not want to live. @param {string} query @param {Words} words */
const isCrisis = (query, words) => {
  const said = canonical(fold(query, words.simplified)).replace(SEPARATOR, '');
  return words.crisis.some((word) => said.includes(word));
};

// sounds

/** @typedef {{syllables: Set<string>, of: {[character: string]: string}, like: {[character: string]: string}}} Sounds */

/** The table of readings, by the order of GB 2312. @param {{syllables: string, codes: string, shapes: string}} file @param {string} characters @returns {Sounds} */
function soundsOf(file, characters) {
  const list = file.syllables.split(' ');
  /** @type {{[character: string]: string}} */ const of = {};
  Array.from(characters).forEach((character, at) => {
    of[character] = list[(file.codes.charCodeAt(2 * at) - 48) * 24 + file.codes.charCodeAt(2 * at + 1) - 48];
  });
  /** @type {{[character: string]: string}} */ const like = {};
  for (const group of file.shapes.split(' ')) for (const character of group) like[character] = like[character] || group[0];
  return { syllables: new Set(list), of, like };
}
/** Without what many do not tell apart. @param {string} syllable @returns {string} */
const blurred = (syllable) => syllable.replace(/^([zcs])h/, '$1').replace(/^n/, 'l').replace(/ng$/, 'n');
/** A word in as few syllables as will do; none if it is not pinyin. @param {string} word @param {Set<string>} syllables @returns {string[]} */
function spelt(word, syllables) {
  /** @type {(string[] | null)[]} */ const ways = [[]];
  for (let end = 1; end <= word.length; end++) {
    ways[end] = null;
    for (let start = Math.max(0, end - 6); start < end; start++) {
      const before = ways[start];
      const best = ways[end];
      if (before && syllables.has(word.slice(start, end)) && (!best || best.length > before.length + 1)) ways[end] = before.concat(word.slice(start, end));
    }
  }
  return ways[word.length] || [];
}
/** Under which the index keeps the pairs that sound like this one; `''` for none. @param {string} pair @param {Sounds} sounds @returns {string} */
function soundKey(pair, sounds) {
  const heard = (pair.match(UNIT) || []).map((unit) => (/^[0-9]/.test(unit) ? unit : sounds.of[unit] || ''));
  return heard.length === 2 && heard[0] && heard[1] ? heard.map(blurred).join("'") : '';
}
/** The same for pairs that look like this one. @param {string} pair @param {Sounds} sounds @returns {string} */
const shapeKey = (pair, sounds) => (Array.from(pair).some((character) => sounds.like[character]) ? '~' + Array.from(pair, (character) => sounds.like[character] || character).join('') : '');
/** The same for what is typed in pinyin: runs of Latin words and numbers. @param {string} query @param {Words} words @param {Sounds} sounds @returns {string[]} */
function pinyinKeys(query, words, sounds) {
  /** @type {string[]} */ const keys = [];
  for (const run of canonical(fold(query, words.simplified)).match(/[a-z0-9][a-z0-9 ]*/g) || []) {
    const parts = (run.match(/[a-z]+|[0-9]+/g) || []).flatMap((part) => (/[0-9]/.test(part) ? [part] : spelt(part, sounds.syllables)));
    for (let at = 1; at < parts.length; at++) keys.push(blurred(parts[at - 1]) + "'" + blurred(parts[at]));
  }
  return keys;
}
/** Whether the index has a part as it was typed or in other words. @param {Slot} slot @param {Lists} lists */
const isKnown = (slot, lists) => slot.choices.some((choice) => choice.factor !== SOUND && choice.terms.some((term) => lists.has(term)));
/** Adds what sounds alike to the slots that the index does not know; not where next to nothing is known, for everything sounds like something. @param {Slot[]} slots @param {Lists} lists @param {(pair: string) => string[]} alike */
function completed(slots, lists, alike) {
  const known = slots.filter((slot) => isKnown(slot, lists)).length;
  const heard = slots.filter((slot) => slot.pair && !lists.has(slot.pair) && alike(slot.pair).length);
  if (known + heard.length < slots.length / 2) return;
  for (const slot of heard) {
    const found = alike(slot.pair);
    slot.choices.push(...found.map((pair) => ({ terms: [pair], factor: SOUND })));
    slot.marks.push(...found);
  }
}
/** A slot for each sound typed in pinyin. @param {string[][]} pairs those of each sound @returns {Slot[]} */
const heardSlots = (pairs) => pairs.map((found) => ({ weight: 1, choices: found.map((pair) => ({ terms: [pair], factor: 1 })), marks: found, pair: '' }));

// ranking

/** @typedef {{numbers: number[], count: number, whole: boolean}} Held numbers `page × 8 + level`, about how many pages have the term, whether all are here */
/** @typedef {Map<string, Held>} Lists by term */
/** @typedef {{page: number, score: number, coverage: number}} Hit `coverage`: how much of the query the page may have */

/** @type {Held} */
const NONE = { numbers: [], count: 0, whole: true };
/** Whether a page may have a term: it is told, or not all are. @param {Held | undefined} held @param {number} page */
const mayHold = (held, page) => !!held && (!held.whole || held.numbers.some((number) => number >> 3 === page));
/** @param {number} pages @param {number} holders */
const rarity = (pages, holders) => Math.log(1 + (Math.max(pages - holders, 0) + 0.5) / (holders + 0.5));
/** @param {number} number */
const gain = (number) => {
  const weight = Math.pow(2, (number % LEVELS) / STEPS);
  return weight / (weight + HALF);
};
/** What each page earns in one slot. @param {Slot} slot @param {Lists} lists @param {number} pages @returns {Map<number, number>} */
function earned(slot, lists, pages) {
  const best = new Map();
  for (const { terms: list, factor } of slot.choices) {
    const sums = new Map();
    const counts = new Map();
    for (const term of list) {
      const { numbers, count } = lists.get(term) || NONE;
      const rare = rarity(pages, count);
      for (const number of numbers) {
        const page = Math.floor(number / LEVELS);
        sums.set(page, (sums.get(page) || 0) + rare * gain(number));
        counts.set(page, (counts.get(page) || 0) + 1);
      }
    }
    for (const [page, sum] of sums) {
      const share = counts.get(page) / list.length;
      best.set(page, Math.max(best.get(page) || 0, (sum / Math.sqrt(list.length)) * share * share * factor));
    }
  }
  return best;
}
/** How much a slot matters: its rarest choice. @param {Slot} slot @param {Lists} lists @param {number} pages */
function massOf(slot, lists, pages) {
  const rare = (/** @type {string} */ term) => rarity(pages, (lists.get(term) || NONE).count);
  return slot.weight * Math.max(...slot.choices.map((choice) => Math.min(...choice.terms.map(rare))));
}
/** Pages of one reading, the best first. @param {Slot[]} slots @param {Lists} lists @param {number} pages @returns {Hit[]} */
function ranked(slots, lists, pages) {
  const scores = new Map();
  const covered = new Map();
  const open = new Map();
  let all = 0;
  let untold = 0;
  for (const slot of slots) {
    const mass = massOf(slot, lists, pages);
    const part = slot.choices.some((choice) => choice.terms.some((term) => !(lists.get(term) || NONE).whole)) ? mass : 0;
    all += mass;
    untold += part;
    for (const [page, sum] of earned(slot, lists, pages)) {
      scores.set(page, (scores.get(page) || 0) + slot.weight * sum);
      covered.set(page, (covered.get(page) || 0) + mass);
      open.set(page, (open.get(page) || 0) + part);
    }
  }
  const hits = [...scores].map(([page, sum]) => ({ page, coverage: (covered.get(page) + untold - open.get(page)) / all, score: sum * (0.6 + (0.4 * covered.get(page)) / all) }));
  return hits.sort((one, other) => other.score - one.score || one.page - other.page);
}
/** Whether anything can be meant: half of the parts are known, or a page has half of what was asked, sounds included. @param {Slot[][]} readings @param {Lists} lists @param {Hit[]} hits */
function meant(readings, lists, hits) {
  return readings.some((slots) => 2 * slots.filter((slot) => isKnown(slot, lists)).length >= slots.length) || hits.some((hit) => 2 * hit.coverage >= 1);
}
/** How much of a query a short text says, and how little else. @param {Slot[]} slots @param {string} text @param {Words} words */
function likeness(slots, text, words) {
  const plain = fold(text, words.simplified);
  const held = new Set(terms(canonical(plain)).concat(writtenTerms(plain)));
  let [said, all, rest] = [0, 0, 0];
  for (const slot of slots) {
    all += slot.weight;
    const shares = slot.choices.map((choice) => (choice.terms.filter((term) => held.has(term)).length / choice.terms.length) * choice.factor);
    said += slot.weight * Math.max(0, ...shares);
  }
  for (const term of held) rest += Array.from(term).some((character) => words.particles.includes(character)) ? PARTICLE : 1;
  return all ? (2 * said) / (all + Math.max(rest, said)) : 0;
}


// pages

/** Whether a page says these very words, in whatever letters and numerals. @param {string} query @param {Card} card @param {Sections} sections @param {Words} words @returns {boolean} */
function says(query, card, sections, words) {
  const [, title, summary] = card;
  const wanted = fold(query, words.simplified).trim().replace(/\s+/g, ' ');
  const number = canonical(wanted);
  return [title, summary, ...sections.flatMap(([, heading, text]) => [heading, text])].some((text) => {
    const plain = fold(text, words.simplified);
    return plain.includes(wanted) || includesNumber(canonical(plain), number);
  });
}
/** As `includes`, but 4天 is not in 24天. @param {string} text @param {string} part @returns {boolean} */
function includesNumber(text, part) {
  const digit = /[0-9]/;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
    const [before, after] = [text[at - 1] || '', text[at + part.length] || ''];
    if (!(digit.test(before) && digit.test(part[0])) && !(digit.test(after) && digit.test(part[part.length - 1]))) return true;
  }
  return false;
}
/** Where the marks stand in a text: [start, end] in order, those that touch joined. @param {string} text @param {string[]} marks @param {Words} words @returns {[number, number][]} */
function found(text, marks, words) {
  /** @type {number[]} */ const origin = [];
  let plain = '';
  let from = 0;
  for (const character of text) {
    const same = fold(character, words.simplified);
    for (let at = 0; at < same.length; at++) origin.push(from);
    plain += same;
    from += character.length;
  }
  origin.push(from);
  /** @type {[number, number][]} */ const places = [];
  for (const mark of marks) {
    for (let at = plain.indexOf(mark); at >= 0; at = plain.indexOf(mark, at + 1)) places.push([origin[at], origin[at + mark.length]]);
  }
  places.sort((one, other) => one[0] - other[0]);
  /** @type {[number, number][]} */ const joined = [];
  for (const [start, end] of places) {
    const last = joined[joined.length - 1];
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
  }
  return joined;
}
/** @typedef {[text: string, marked: boolean]} Piece */

/** A text in pieces, marked or not. @param {string} text @param {[number, number][]} places @param {number} from @param {number} to @returns {Piece[]} */
function pieces(text, places, from, to) {
  /** @type {Piece[]} */ const parts = [];
  let at = from;
  for (const [start, end] of places) {
    if (end <= from || start >= to) continue;
    parts.push([text.slice(at, Math.max(start, from)), false], [text.slice(Math.max(start, from), Math.min(end, to)), true]);
    at = Math.min(end, to);
  }
  return parts.concat([[text.slice(at, to), false]]).filter(([part]) => part);
}
/** The stretch of a page that says most of the query, and the section it is in. @param {string} summary @param {Sections} sections @param {string[]} marks @param {Words} words @returns {{anchor: string, heading: string, pieces: Piece[]}} */
function snippet(summary, sections, marks, words) {
  let best = { worth: 0, anchor: '', heading: '', text: summary, start: 0, places: found(summary, marks, words) };
  for (const [anchor, heading, text] of sections) {
    const places = found(text, marks, words);
    for (const [start] of places) {
      const told = places.filter((place) => place[0] >= start && place[1] <= start + SNIPPET).map((place) => text.slice(place[0], place[1]));
      const worth = new Set(told).size + told.join('').length / SNIPPET;
      if (worth > best.worth) best = { worth, anchor, heading, text, start, places };
    }
  }
  const { text, start, places, anchor, heading } = best;
  const from = Math.max(0, Math.min(start - LEAD, text.length - SNIPPET));
  const to = Math.min(text.length, from + SNIPPET + LEAD);
  const cut = pieces(text, places, from, to);
  if (from > 0) cut.unshift(['…', false]);
  if (to < text.length) cut.push(['…', false]);
  return { anchor, heading, pieces: cut };
}
/** A title with what was looked for marked. @param {string} title @param {string[]} marks @param {Words} words @returns {Piece[]} */
const marked = (title, marks, words) => pieces(title, found(title, marks, words), 0, title.length);

export { blurred, canonical, completed, decode, fold, heardSlots, isCrisis, likeness, marked, mayHold, meant, phrased, phrases, pinyinKeys, ranked, read, says, shapeKey, shardOf, snippet, soundKey, soundsOf, spelt, terms, titleKey, units, writtenTerms };
