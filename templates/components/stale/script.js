// Shows what a page says of itself once its day is over, by the calendar of the reader's device;
// also of a page that was kept and is read offline.

/** A day as the site writes it. @param {Date} day @returns {string} */
function written(day) {
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** @param {HTMLElement} element */
function start(element) {
  if (written(new Date()) > element.dataset.due) element.hidden = false;
}

export { start };
