// On paper nothing can be unfolded: everything is open while the page is printed. The sheet says
// on which day it was made.

/** A day as the site writes it. @param {Date} day @returns {string} */
function written(day) {
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** @param {HTMLElement} element */
function start(element) {
  /** @type {HTMLDetailsElement[]} */
  let opened = [];
  addEventListener("beforeprint", () => {
    element.querySelector("[data-part=day]").textContent = ` · 打印于 ${written(new Date())}`;
    opened = [...document.querySelectorAll("main details:not([open])")];
    for (const details of opened) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
    opened = [];
  });
}

export { written, start };
