// Draws the code of the page's address where the small script has made room for it.

import { matrix } from './matrix.js';

const SVG = "http://www.w3.org/2000/svg";
const QUIET = 4;

/** One square for each dark place. @param {boolean[][]} cells @returns {string} */
function outline(cells) {
  let path = "";
  cells.forEach((row, y) => {
    row.forEach((dark, x) => {
      if (dark) path += `M${x + QUIET} ${y + QUIET}h1v1h-1z`;
    });
  });
  return path;
}

for (const element of document.querySelectorAll("[data-module=share]")) {
  const room = element.querySelector("[data-part=code]");
  const cells = matrix(element.dataset.address);
  if (cells) {
    const side = cells.length + 2 * QUIET;
    const drawing = document.createElementNS(SVG, "svg");
    drawing.setAttribute("viewBox", `0 0 ${side} ${side}`);
    drawing.setAttribute("role", "img");
    drawing.setAttribute("aria-label", "这一页网址的二维码");
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", outline(cells));
    drawing.append(path);
    room.append(drawing);
  } else {
    room.textContent = "网址太长，画不成二维码：请复制网址。";
  }
}
