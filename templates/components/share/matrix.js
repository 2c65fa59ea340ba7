// A QR code of a short text (ISO/IEC 18004): bytes, correction level L, versions 1 to 9, mask 0.

/** Of each version: data bytes, correction bytes of a block, blocks, centres of alignment patterns. */
const VERSIONS = [
  [19, 7, 1, []],
  [34, 10, 1, [6, 18]],
  [55, 15, 1, [6, 22]],
  [80, 20, 1, [6, 26]],
  [108, 26, 1, [6, 30]],
  [136, 18, 2, [6, 34]],
  [156, 20, 2, [6, 22, 38]],
  [194, 24, 2, [6, 24, 42]],
  [232, 30, 2, [6, 26, 46]],
];
/** Level L and mask 0, with their own correction bits. */
const FORMAT = 0x77c4;

/** Product in the field of 256 elements. @param {number} a @param {number} b @returns {number} */
function times(a, b) {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ ((product >> 7) * 0x11d);
    if ((b >> bit) & 1) product ^= a;
  }
  return product;
}

/**
 * The correction bytes of a block.
 * @param {number[]} data
 * @param {number} count
 * @returns {number[]}
 */
function correction(data, count) {
  const divisor = new Array(count).fill(0);
  divisor[count - 1] = 1;
  for (let at = 0, root = 1; at < count; at++, root = times(root, 2)) {
    for (let place = 0; place < count; place++) {
      divisor[place] = times(divisor[place], root) ^ (divisor[place + 1] || 0);
    }
  }
  const rest = new Array(count).fill(0);
  for (const byte of data) {
    const factor = byte ^ rest.shift();
    rest.push(0);
    for (let place = 0; place < count; place++) rest[place] ^= times(divisor[place], factor);
  }
  return rest;
}

/**
 * All bytes of the code in the order they are drawn.
 * @param {Uint8Array} bytes
 * @param {number} version
 * @returns {number[]}
 */
function codewords(bytes, version) {
  const [size, count, blocks] = VERSIONS[version - 1];
  const bits = [0, 1, 0, 0];
  const push = (/** @type {number} */ value) => {
    for (let bit = 7; bit >= 0; bit--) bits.push((value >> bit) & 1);
  };
  push(bytes.length);
  bytes.forEach(push);
  bits.push(0, 0, 0, 0);
  const data = [];
  for (let at = 0; at < bits.length; at += 8) {
    data.push(bits.slice(at, at + 8).reduce((byte, bit) => byte * 2 + bit, 0));
  }
  for (let pad = 0xec; data.length < size; pad ^= 0xfd) data.push(pad);
  const length = size / blocks;
  const parts = [];
  for (let at = 0; at < blocks; at++) parts.push(data.slice(at * length, (at + 1) * length));
  const mixed = [];
  for (let at = 0; at < length; at++) mixed.push(...parts.map((part) => part[at]));
  const ends = parts.map((part) => correction(part, count));
  for (let at = 0; at < count; at++) mixed.push(...ends.map((end) => end[at]));
  return mixed;
}

/**
 * The dark places of everything but the data; `undefined` where data goes.
 * @param {number} version
 * @returns {(boolean | undefined)[][]}
 */
function frame(version) {
  const side = 17 + 4 * version;
  const cells = Array.from({ length: side }, () => new Array(side));
  const rings = (/** @type {number} */ row, /** @type {number} */ column, /** @type {number} */ reach) => {
    for (let y = Math.max(row - reach, 0); y <= Math.min(row + reach, side - 1); y++) {
      for (let x = Math.max(column - reach, 0); x <= Math.min(column + reach, side - 1); x++) {
        const ring = Math.max(Math.abs(y - row), Math.abs(x - column));
        cells[y][x] = reach === 4 ? ring !== 2 && ring !== 4 : ring !== 1;
      }
    }
  };
  for (let at = 0; at < side; at++) cells[6][at] = cells[at][6] = at % 2 === 0;
  const centres = VERSIONS[version - 1][3];
  for (const row of centres) {
    for (const column of centres) {
      const corner = (row === 6) + (column === 6) + (row === side - 7) + (column === side - 7) === 2;
      if (!corner || (row === side - 7 && column === side - 7)) rings(row, column, 2);
    }
  }
  for (const [row, column] of [[3, 3], [3, side - 4], [side - 4, 3]]) rings(row, column, 4);
  for (let bit = 0; bit < 15; bit++) {
    const dark = ((FORMAT >> bit) & 1) === 1;
    const near = bit < 6 ? bit : bit < 8 ? bit + 1 : 0;
    const left = bit < 8 ? 8 : bit === 8 ? 7 : 14 - bit;
    cells[bit < 8 ? near : 8][left] = dark;
    if (bit < 8) cells[8][side - 1 - bit] = dark;
    else cells[side - 15 + bit][8] = dark;
  }
  cells[side - 8][8] = true;
  if (version >= 7) number(cells, version);
  return cells;
}

/** The version's own number, beside two of the corners. @param {boolean[][]} cells @param {number} version */
function number(cells, version) {
  let rest = version;
  for (let bit = 0; bit < 12; bit++) rest = (rest << 1) ^ ((rest >> 11) * 0x1f25);
  const bits = (version << 12) | rest;
  for (let bit = 0; bit < 18; bit++) {
    const dark = ((bits >> bit) & 1) === 1;
    const along = Math.floor(bit / 3);
    const across = cells.length - 11 + (bit % 3);
    cells[along][across] = cells[across][along] = dark;
  }
}

/**
 * The code as rows of dark (true) and light places; `null` for a text too long for it.
 * @param {string} text
 * @returns {boolean[][] | null}
 */
function matrix(text) {
  const bytes = new TextEncoder().encode(text);
  const version = 1 + VERSIONS.findIndex(([size]) => size >= bytes.length + 2);
  if (!version) return null;
  const cells = frame(version);
  const side = cells.length;
  const words = codewords(bytes, version);
  let bit = 0;
  let upward = true;
  for (let right = side - 1; right > 0; right -= 2) {
    if (right === 6) right = 5; // the column of the timing pattern holds no data
    for (let step = 0; step < side; step++) {
      const row = upward ? side - 1 - step : step;
      for (const column of [right, right - 1]) {
        if (cells[row][column] === undefined) {
          const word = words[bit >> 3] || 0;
          const dark = ((word >> (7 - (bit & 7))) & 1) === 1;
          cells[row][column] = dark !== ((row + column) % 2 === 0);
          bit++;
        }
      }
    }
    upward = !upward;
  }
  return cells;
}

export { matrix };
