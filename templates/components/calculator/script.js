// The calculator's program comes once the page is painted: what a reader looks at first waits for
// nothing that is needed only later. Until then the form can be filled in, and what was typed stays.

/** @param {HTMLElement} element */
function start(element) {
  const notice = document.getElementById("yq-notice");
  const load = () => import(element.dataset.program).catch((error) => {
    notice.textContent = notice.dataset.missing;
    throw error;
  });
  // A page nobody sees yet is not painted; it may be kept for later, without a network then.
  if (document.hidden) load();
  else requestAnimationFrame(() => setTimeout(load));
}

export { start };
