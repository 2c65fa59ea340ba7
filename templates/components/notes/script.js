// Notes at the sentence: a number or a term opens its note under the paragraph it stands in.

/** What holds a sentence; the note opens behind it, or at its end where nothing may stand behind. */
const BLOCKS = "p, li, dd, td, th, blockquote, h2, h3, h4, h5, h6";
const INSIDE = "LI, DD, BLOCKQUOTE".split(", ");

/**
 * Where the note of a link opens: behind `after`, or at the end of `within`.
 * @param {HTMLElement} link
 * @returns {{ after: Element | null, within: Element | null }}
 */
function place(link) {
  const table = link.closest("table");
  if (table) return { after: table, within: null };
  const block = link.closest(BLOCKS) || link.parentElement;
  const inside = block && INSIDE.includes(block.tagName);
  return inside ? { after: null, within: block } : { after: block, within: null };
}

/**
 * A copy of the note without its ids and its way back, which a reader who stayed does not need.
 * @param {HTMLElement} note
 * @param {HTMLElement} link
 * @returns {HTMLElement}
 */
function opened(note, link) {
  const panel = document.createElement("div");
  panel.className = "opened";
  panel.id = "yq-opened-" + link.id.slice("yq-".length);
  panel.tabIndex = -1;
  panel.setAttribute("role", "group");
  panel.setAttribute("aria-label", link.getAttribute("aria-label") || "用语：" + link.textContent);
  for (const part of note.children) {
    if (!part.classList.contains("note__back")) panel.append(part.cloneNode(true));
  }
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.textContent = "收起";
  panel.append(button);
  return panel;
}

/** @param {HTMLElement} link */
function close(link) {
  const panel = document.getElementById(link.getAttribute("aria-controls"));
  if (panel) panel.remove();
  link.setAttribute("aria-expanded", "false");
  link.removeAttribute("aria-controls");
}

/**
 * @param {HTMLElement} link
 * @param {HTMLElement} note
 * @param {boolean} byKeyboard
 */
function open(link, note, byKeyboard) {
  const panel = opened(note, link);
  const { after, within } = place(link);
  if (after) after.after(panel);
  else within.append(panel);
  link.setAttribute("aria-expanded", "true");
  link.setAttribute("aria-controls", panel.id);
  const leave = () => {
    close(link);
    link.focus({ preventScroll: true });
  };
  panel.querySelector("button").addEventListener("click", leave);
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leave();
  });
  if (byKeyboard) panel.focus({ preventScroll: true });
}

/** @param {HTMLElement} element */
function start(element) {
  for (const note of element.querySelectorAll(".note")) {
    for (const link of document.querySelectorAll(`a[href="#${note.id}"]`)) {
      link.setAttribute("aria-expanded", "false");
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        if (link.getAttribute("aria-expanded") === "true") close(link);
        else open(link, note, event.detail === 0);
      });
    }
  }
}

export { start };
