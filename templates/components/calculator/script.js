// The calculator's program and its tables come once the page is painted: what a reader looks at first
// waits for nothing that is needed only later. Until then the form can be filled in, and what was
// typed stays.

/** @param {HTMLElement} element */
function start(element) {
  const notice = document.getElementById("yq-notice");
  const { program, tables } = element.dataset;
  const load = () => Promise.all([import(program), import(tables)]).catch((error) => {
    notice.textContent = notice.dataset.missing;
    throw error;
  });
  // A page nobody sees yet is not painted; it may be kept for later, without a network then.
  if (document.hidden) load();
  else requestAnimationFrame(() => setTimeout(load));
}

export { start };
