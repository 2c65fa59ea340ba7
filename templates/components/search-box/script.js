// A field to ask in, on pages that are not the search page: suggestions come as soon as a reader turns
// to it, and what is asked goes to the search page behind the # of its address, which no request has.

/** @param {HTMLFormElement} form */
function start(form) {
  const box = /** @type {HTMLInputElement} */ (form.querySelector('input'));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const query = box.value.trim();
    location.assign(form.dataset.page + (query ? '#q=' + encodeURIComponent(query) : ''));
  });
  const wake = () => {
    form.removeEventListener('focusin', wake);
    import(/** @type {string} */ (form.dataset.searchModule)).then(
      (module) => module.suggest(form),
      () => form.addEventListener('focusin', wake),
    );
  };
  form.addEventListener('focusin', wake);
}

export { start };
