// Text size and palette: shown on the root element, kept in this browser, nowhere else.

const root = document.documentElement;

/** What may be chosen; the empty one is what every reader begins with and is not kept. */
const CHOICES = { text: ["", "large", "larger"], palette: ["", "light", "dark"] };

/** The only two keys of the whole site, each written out. */
const STORES = {
  text: {
    keep: (/** @type {string} */ value) => localStorage.setItem("yq-text", value),
    forget: () => localStorage.removeItem("yq-text"),
  },
  palette: {
    keep: (/** @type {string} */ value) => localStorage.setItem("yq-palette", value),
    forget: () => localStorage.removeItem("yq-palette"),
  },
};

/**
 * What a kept value means: an unknown one counts as nothing chosen.
 * @param {"text" | "palette"} name
 * @param {string | undefined} value
 * @returns {string}
 */
function known(name, value) {
  return value && CHOICES[name].includes(value) ? value : "";
}

/**
 * @param {"text" | "palette"} name
 * @param {string} value
 */
function choose(name, value) {
  root.dataset[name] = value;
  try {
    if (value) STORES[name].keep(value);
    else STORES[name].forget();
  } catch (error) {
    // The browser keeps nothing here: the choice holds for this page.
  }
}

/** @param {HTMLDetailsElement} element */
function start(element) {
  for (const name of /** @type {const} */ (["text", "palette"])) {
    const chosen = known(name, root.dataset[name]);
    for (const input of element.querySelectorAll(`input[name="yq-${name}"]`)) {
      input.checked = input.value === chosen;
      input.addEventListener("change", () => choose(name, input.value));
    }
  }
  document.addEventListener("click", (event) => {
    if (!element.contains(event.target)) element.open = false;
  });
  element.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && element.open) {
      element.open = false;
      element.querySelector("summary").focus();
    }
  });
}

export { known, start };
