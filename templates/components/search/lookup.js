// Search over the network: which files of the index a query needs, and what comes of them.
// `search(query, options)` is the way in, for the page and for any test. The query itself goes
// nowhere: only names of index files are asked for.

import { completed, decode, heardSlots, isCrisis, likeness, marked, mayHold, meant, phrased, phrases, pinyinKeys, ranked, read, says, shapeKey, shardOf, snippet, soundKey, soundsOf, titleKey } from './engine.js';

/** @typedef {import('./engine.js').Words & {pages: number, terms: string, rests: string, cards: string, readings: string, doubtful: string}} Manifest */

const BASE = new URL('../../../search/', import.meta.url);
const NAME = 6;
const CARDS = 8;
const EVERYDAY = 3755;
const AT_ONCE = 5;
const READ_AT_ONCE = 3;
const LIKENESS = 2;
const PHRASE = 0.2;
const WHOLE = 0.999;
const ALIKE = 6;
const FEW = 8;

/** @type {Map<string, Promise<any>>} */
const kept = new Map();

/** A file of the index; one that fails is asked for again the next time. @param {string} name @param {RequestCache} [cache] @returns {Promise<any>} */
function file(name, cache) {
  let answer = kept.get(name);
  if (!answer) {
    answer = fetch(new URL(name, BASE).href, { credentials: 'omit', cache }).then((response) => {
      if (!response.ok) throw new Error(name + ': ' + response.status);
      return name.endsWith('.json') ? response.json() : response.text();
    });
    answer.catch(() => kept.delete(name));
    kept.set(name, answer);
  }
  return answer;
}
/** A file of many. @param {string} folder @param {string} names @param {number} at */
const numbered = (folder, names, at) => file(folder + '/' + at + '.' + names.substr(at * NAME, NAME) + (folder === 'p' ? '.json' : '.txt'));

/** The characters of GB 2312, in its order, which every browser knows. */
const common = () => {
  const bytes = [];
  for (let row = 0xb0; row < 0xf8; row++) for (let cell = 0xa1; cell < 0xff; cell++) if (row !== 0xd7 || cell < 0xfa) bytes.push(row, cell);
  return new TextDecoder('gb2312').decode(new Uint8Array(bytes));
};
/** The manifest; with traditional characters as soon as something holds one. @param {string} query @param {boolean} all @returns {Promise<Manifest>} */
async function manifest(query, all) {
  const index = await file('index.json', 'no-cache');
  if (typeof index.simplified !== 'string') return index;
  const plain = common();
  const strange = (/** @type {string} */ character) => !plain.includes(character) || index.doubtful.includes(character);
  if (!all && !(query.normalize('NFKC').match(/[\u3400-\u9fff]/g) || []).some(strange)) return { ...index, simplified: {} };
  const pairs = await file(index.simplified);
  const table = /** @type {{[name: string]: string}} */ ({});
  for (let at = 0; at < pairs.length; at += 2) table[pairs[at]] = pairs[at + 1];
  return Object.assign(index, { simplified: table });
}
/** @param {Manifest} index @param {number} page @returns {Promise<import('./engine.js').Card>} */
const cardOf = async (index, page) => (await numbered('p', index.cards, Math.floor(page / CARDS)))[page % CARDS];
/** @param {import('./engine.js').Card} card @returns {Promise<import('./engine.js').Sections>} */
const textOf = async (card) => (await file('d/' + card[4] + '.json'))[1];

/** The lines of these keys, as far as the index has them. @param {string} folder @param {string} names @param {Iterable<string>} keys @returns {Promise<Map<string, string>>} */
async function lines(folder, names, keys) {
  const wanted = [...new Set(keys)];
  const count = names.length / NAME;
  const found = new Map();
  await Promise.all(
    wanted.map(async (key) => {
      const text = '\n' + (await numbered(folder, names, shardOf(key, count)));
      const start = text.indexOf('\n' + key + ' ');
      if (start >= 0) found.set(key, text.slice(start + key.length + 2, text.indexOf('\n', start + 1)));
    }),
  );
  return found;
}

/** @param {Manifest} index @returns {Promise<import('./engine.js').Sounds>} */
const sounds = (index) =>
  file(index.readings).then((table) => (table.of ? table : Object.assign(table, soundsOf(table, common().slice(0, EVERYDAY) + table.others))));
/** Looks beyond the letters: what sounds or looks like the parts the index does not know, and pinyin. @param {Manifest} index @param {string} query @param {import('./engine.js').Slot[][]} readings @param {import('./engine.js').Lists} lists */
async function listen(index, query, readings, lists) {
  const strange = [...new Set(readings.flat().map((slot) => slot.pair).filter((pair) => pair && !lists.has(pair)))];
  if (!strange.length) return;
  const table = await sounds(index);
  const typed = pinyinKeys(query, index, table);
  const keys = new Map(strange.map((pair) => [pair, [soundKey(pair, table), shapeKey(pair, table)].filter(Boolean)]));
  const known = await lines('t', index.terms, [...keys.values()].flat().concat(typed));
  const alike = (/** @type {string} */ key) => (known.get(key) || '').split(' ').filter(Boolean).slice(0, ALIKE);
  for (const slots of readings) completed(slots, lists, (pair) => (keys.get(pair) || []).flatMap(alike));
  const heard = heardSlots(typed.map(alike).filter((pairs) => pairs.length));
  if (heard.length) for (const slots of readings) slots.splice(0, slots.length, ...slots.filter((slot) => !/^[a-z0-9.]+$/.test(slot.pair) || lists.has(slot.pair)), ...heard);
  await fill(index, readings, lists);
}
/** Fetches the numbers of all terms that are not there yet. @param {Manifest} index @param {import('./engine.js').Slot[][]} readings @param {import('./engine.js').Lists} lists */
async function fill(index, readings, lists) {
  const asked = readings.flat().flatMap((slot) => slot.choices.flatMap((choice) => choice.terms));
  const missing = asked.filter((term) => !lists.has(term));
  for (const [term, codes] of await lines('t', index.terms, missing)) lists.set(term, decode(codes));
}

/** @typedef {{url: string, place: string, title: string, summary: string, heading: string, titlePieces: import('./engine.js').Piece[], pieces: import('./engine.js').Piece[], missing: string[], score: number}} Result */
/** @typedef {{exact?: boolean, limit?: number, texts?: number}} Options */
/** @typedef {Result[] & {total: number, partial: boolean, crisis: boolean, heard: string[]}} Results */

/** Pages whose title is the query, whatever stands between its words. @param {Manifest} index @param {string} query @returns {Promise<Set<number>>} */
async function titled(index, query) {
  const key = titleKey(query, index.simplified);
  return new Set(((await lines('t', index.terms, [key])).get(key) || '').split(' ').filter(Boolean).map(Number));
}
/** Pages by what the index alone knows; those that are named come first. @param {Manifest} index @param {import('./engine.js').Slot[][]} readings @param {import('./engine.js').Lists} lists @param {Set<number>} named */
function candidates(index, readings, lists, named) {
  /** @type {Map<number, import('./engine.js').Hit>} */ const best = new Map();
  for (const slots of readings) {
    for (const hit of ranked(slots, lists, index.pages)) {
      const other = best.get(hit.page);
      if (!other || other.score < hit.score) best.set(hit.page, hit);
    }
  }
  for (const page of named) if (!best.has(page)) best.set(page, { page, score: 0, coverage: 1 });
  return [...best.values()].sort((one, other) => Number(named.has(other.page)) - Number(named.has(one.page)) || byScore(one, other));
}
/** @param {{score: number, page: number}} one @param {{score: number, page: number}} other */
const byScore = (one, other) => other.score - one.score || one.page - other.page;
/** Pages that have every term of one of the readings, or a few more: the rest of a long list is fetched only while many are left. @param {Manifest} index @param {import('./engine.js').Slot[][]} readings @param {import('./engine.js').Lists} lists @returns {Promise<Set<number>>} */
async function complete(index, readings, lists) {
  const all = new Set();
  for (const slots of readings) {
    const count = (/** @type {string} */ pair) => (lists.get(pair) || { count: 0 }).count;
    const pairs = slots.map((slot) => slot.pair).sort((one, other) => count(one) - count(other));
    /** @type {number[] | undefined} */ let left;
    for (const pair of pairs) {
      let held = lists.get(pair);
      if (held && !held.whole && !(left && left.length <= FEW)) {
        const rest = (await lines('x', index.rests, [pair])).get(pair);
        const numbers = held.numbers.concat(rest ? decode(rest).numbers : []);
        held = { numbers, count: numbers.length, whole: true };
        lists.set(pair, held);
      }
      if (held && !held.whole) continue;
      const pages = new Set(held ? held.numbers.map((number) => number >> 3) : []);
      left = left ? left.filter((page) => pages.has(page)) : [...pages];
    }
    for (const page of left || []) all.add(page);
  }
  return all;
}

/**
 * The pages that answer a query, the best first, at most `limit` (5). The first `texts` of them (3,
 * all beyond five) come with a stretch of their text, the others with their summary. `exact` returns
 * only pages that contain the text, all of them unless limited. `total` is how many there are;
 * `partial` says that no page has every part; `heard` what was found by its sound; `crisis` that help
 * comes first. Rejects when the network fails.
 * @param {string} query @param {Options} [options] @returns {Promise<Results>}
 */
async function search(query, options) {
  const { exact = false, limit = exact ? Infinity : AT_ONCE, texts = exact || limit > AT_ONCE ? limit : READ_AT_ONCE } = options || {};
  const index = await manifest(query, exact);
  const readings = read(query, index, exact);
  /** @type {import('./engine.js').Lists} */ const lists = new Map();
  await fill(index, readings, lists);
  if (!exact) await listen(index, query, readings, lists);
  const named = await titled(index, query);
  const whole = exact && (await complete(index, readings, lists));
  let hits = candidates(index, readings, lists, named);
  if (whole) hits = hits.filter((hit) => whole.has(hit.page));
  else if (!meant(readings, lists, hits)) hits = [];
  let judged = await closest(index, readings, hits, exact ? hits.length : limit);
  if (exact) judged = await saying(query, judged, index);
  else await weigh(index, phrases(query, index), judged.slice(0, texts));
  judged.sort(byWorth);
  const marks = [...new Set(readings.flat().flatMap((slot) => slot.marks))];
  if (exact) marks.unshift(fold(query, index.simplified).trim());
  const results = await Promise.all(
    judged.slice(0, limit).map(async ({ card, score, hit }, at) => shown(card, at < texts ? await textOf(card) : [], score, marks, lacking(readings[0], lists, hit.page), index)),
  );
  return Object.assign(results, {
    total: exact ? judged.length : hits.length,
    partial: !exact && !hits.some((hit) => hit.coverage > WHOLE),
    crisis: isCrisis(query, index),
    heard: [...new Set(readings[0].flatMap((slot) => (slot.pair && !lists.has(slot.pair) ? slot.marks.slice(1) : [])))],
  });
}
/** @typedef {{card: import('./engine.js').Card, score: number, hit: import('./engine.js').Hit, block: number}} Judged */

/** Those whose page has the very words. @param {string} query @param {Judged[]} judged @param {Manifest} index */
async function saying(query, judged, index) {
  const told = await Promise.all(judged.map(async ({ card }) => says(query, card, await textOf(card), index)));
  return judged.filter((_, at) => told[at]);
}
/** @param {import('./engine.js').Card} card @param {import('./engine.js').Sections} sections @param {number} score @param {string[]} marks @param {string[]} missing @param {Manifest} index @returns {Result} */
function shown(card, sections, score, marks, missing, index) {
  const [url, title, summary] = card;
  const { anchor, heading, pieces } = snippet(summary, sections, marks, index);
  const place = anchor ? url + '#' + encodeURIComponent(anchor) : url;
  return { url, place, title, summary, heading, titlePieces: marked(title, marks, index), pieces, missing, score };
}
/** The first hits with their cards. In each five of them, how near title and aliases come to the query counts as well: more hits never move those before. @param {Manifest} index @param {import('./engine.js').Slot[][]} readings @param {import('./engine.js').Hit[]} hits @param {number} count @returns {Promise<Judged[]>} */
async function closest(index, readings, hits, count) {
  const top = Math.max(...hits.slice(0, count).map((hit) => hit.score)) || 1;
  const whole = Math.ceil(Math.min(count, hits.length) / AT_ONCE) * AT_ONCE;
  const judged = await Promise.all(
    hits.slice(0, whole).map(async (hit, at) => {
      const card = await cardOf(index, hit.page);
      const like = Math.max(0, ...[card[1], ...card[3]].flatMap((text) => readings.map((slots) => likeness(slots, text, index))));
      return { hit, card, block: Math.floor(at / AT_ONCE), score: hit.score / top + LIKENESS * like };
    }),
  );
  return judged.sort(byWorth);
}
/** @param {Judged} one @param {Judged} other */
const byWorth = (one, other) => one.block - other.block || other.score - one.score || one.hit.page - other.hit.page;
/** Those whose text is shown earn more where it says a clause of the query word for word. @param {Manifest} index @param {string[]} clauses @param {Judged[]} judged */
const weigh = (index, clauses, judged) =>
  Promise.all(
    judged.map(async (one) => {
      const texts = (await textOf(one.card)).map(([, , text]) => text);
      one.score += PHRASE * phrased(clauses, [one.card[1], one.card[2], ...texts], index);
    }),
  );
/** The parts of a query that a page lacks, as they were typed. @param {import('./engine.js').Slot[]} slots @param {import('./engine.js').Lists} lists @param {number} page @returns {string[]} */
const lacking = (slots, lists, page) =>
  slots.filter((slot) => slot.weight >= 1 && !slot.choices.some((choice) => choice.terms.every((term) => mayHold(lists.get(term), page)))).map((slot) => slot.marks[0]);

export { AT_ONCE, search };
