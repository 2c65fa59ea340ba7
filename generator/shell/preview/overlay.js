// In the preview only: reloads the page after a build, shows what a failed build found.
(function () {
  const base = "/__yuqi__/";
  // The generation in which this very page became what it is; it may be another one by now.
  const shown = Number(new URL(document.currentScript.src).searchParams.get("shown"));
  // Two reloads in a row can make the browser forget where the page was scrolled to.
  const place = "yuqi-scroll " + location.pathname;
  const kept = sessionStorage.getItem(place);
  if (kept !== null && !location.hash) window.scrollTo(0, Number(kept));
  sessionStorage.removeItem(place);

  function reload() {
    sessionStorage.setItem(place, String(window.scrollY));
    location.reload();
  }

  let seen = -1;
  let panel = null;

  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = base + "overlay.css";
  document.head.append(sheet);

  function line(tag, text, name) {
    const element = document.createElement(tag);
    element.textContent = text;
    element.className = name;
    return element;
  }

  function show(findings) {
    hide();
    panel = document.createElement("section");
    panel.className = "yuqi-overlay";
    panel.setAttribute("role", "alert");
    panel.append(line("h2", "没有生成：先改好这些地方，页面会自动刷新", "yuqi-overlay__title"));
    const list = document.createElement("ol");
    for (const finding of findings) {
      const item = document.createElement("li");
      item.append(line("p", finding.place, "yuqi-overlay__place"));
      item.append(line("p", finding.message, "yuqi-overlay__message"));
      if (finding.excerpt.trim()) item.append(line("pre", finding.excerpt, "yuqi-overlay__excerpt"));
      item.append(line("p", "改法：" + finding.hint, "yuqi-overlay__hint"));
      list.append(item);
    }
    panel.append(list);
    document.body.append(panel);
  }

  function hide() {
    if (panel) panel.remove();
    panel = null;
  }

  async function watch() {
    for (;;) {
      try {
        const page = encodeURIComponent(location.pathname);
        const answer = await fetch(base + "state?seen=" + seen + "&page=" + page, { cache: "no-store" });
        const state = await answer.json();
        const changed = state.generation !== seen;
        seen = state.generation;
        if (state.shown !== shown) reload();
        else if (changed && state.failed) show(state.findings.filter((f) => f.severity === "error"));
        else if (changed) hide();
      } catch (error) {
        // The server is being restarted; ask again in a moment.
        await new Promise((resolve) => setTimeout(resolve, 1000));
      }
    }
  }

  watch();
})();
