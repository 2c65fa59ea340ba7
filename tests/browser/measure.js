// What a reader meets on the page as it stands: one object, every entry a sentence about a fault.
({ contrasts, text }) => {
  document.documentElement.style.fontSize = text;
  const width = document.documentElement.clientWidth;

  function name(element) {
    const text = (element.textContent || "").trim().replace(/\s+/g, " ").slice(0, 24);
    const kind = element.className && typeof element.className === "string" ? "." + element.className : "";
    return `<${element.localName}${kind}> “${text}”`;
  }

  function shown(element) {
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && box.right > 0;
  }

  // -- colours: [red, green, blue, alpha], 0 to 255 and 0 to 1 ------------------------------

  function parsed(colour) {
    const match = colour.match(/^rgba?\(([^)]+)\)$/);
    if (!match) throw new Error("colour " + colour);
    const [red, green, blue, alpha = 1] = match[1].split(/[\s,/]+/).map(Number);
    return [red, green, blue, alpha];
  }

  function over(top, bottom) {
    const mixed = [0, 1, 2].map((at) => top[at] * top[3] + bottom[at] * (1 - top[3]));
    return [...mixed, 1];
  }

  const backgrounds = new Map([[null, [255, 255, 255, 1]]]);

  function background(element) {
    if (!backgrounds.has(element)) {
      const style = getComputedStyle(element);
      if (style.backgroundImage !== "none") throw new Error("background image of " + name(element));
      const own = parsed(style.backgroundColor);
      backgrounds.set(element, own[3] === 1 ? own : over(own, background(element.parentElement)));
    }
    return backgrounds.get(element);
  }

  function luminance(colour) {
    const [red, green, blue] = colour.slice(0, 3).map((part) => {
      const value = part / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }

  function contrast(one, other) {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  }

  // -- faults -------------------------------------------------------------------------------

  function scrolls(element) {
    for (let at = element; at; at = at.parentElement) {
      if (["auto", "scroll", "hidden"].includes(getComputedStyle(at).overflowX)) return true;
    }
    return false;
  }

  function overflow() {
    const reach = document.documentElement.scrollWidth;
    if (reach <= width) return [];
    const wide = [...document.body.querySelectorAll("*")].filter(
      (element) => element.getBoundingClientRect().right > width + 0.5 && !scrolls(element),
    );
    return [`${reach} px wide: ${wide.slice(0, 5).map(name).join(", ")}`];
  }

  function texts() {
    const found = new Set();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      if (walker.currentNode.data.trim()) found.add(walker.currentNode.parentElement);
    }
    return [...found].filter((element) => !["SCRIPT", "STYLE", "NOSCRIPT"].includes(element.tagName));
  }

  function faint() {
    const bad = [];
    for (const element of texts().filter(shown)) {
      const behind = background(element);
      const ratio = contrast(over(parsed(getComputedStyle(element).color), behind), behind);
      if (ratio < 4.5) bad.push(`${ratio.toFixed(2)}: ${name(element)}`);
    }
    return bad;
  }

  function hidden() {
    return texts()
      .filter((element) => element.closest("main") && !element.closest("details:not([open])"))
      // The calculator's form needs scripts: what it holds waits for them or for the reader's choice.
      .filter((element) => !element.closest("#yq-calculator, thead, .visually-hidden, .share, .printed, .needs-script, .search-link, [hidden]"))
      .filter((element) => !shown(element))
      .map(name);
  }

  function edged(element) {
    const style = getComputedStyle(element);
    return parseFloat(style.borderRightWidth) > 0 || parsed(style.backgroundColor)[3] > 0;
  }

  // Text that ends behind the edge of a box around it, or that has no room for two characters.
  function squeezed() {
    return texts()
      // Blanks at the end of a line of code hang over its edge, unseen.
      .filter((element) => shown(element) && !element.closest("thead, pre, .visually-hidden, .skip-link, svg, option"))
      .flatMap((element) => {
        const range = document.createRange();
        range.selectNodeContents(element);
        const lines = [...range.getClientRects()].filter((box) => box.width > 0);
        const end = Math.max(...lines.map((box) => box.right));
        let around = element;
        while (getComputedStyle(around).display.startsWith("inline")) around = around.parentElement;
        const size = parseFloat(getComputedStyle(around).fontSize);
        const column = around.getBoundingClientRect().width < 2.5 * size && element.textContent.trim().length > 4;
        const faults = column ? ["a column of characters"] : [];
        for (let at = around; at !== document.body; at = at.parentElement) {
          const over = end - at.getBoundingClientRect().right;
          if (over > 1 && edged(at)) faults.push(`${over.toFixed()} px out of <${at.localName}.${at.className}>`);
        }
        return faults.slice(0, 1).map((fault) => `${fault}: ${name(element)}`);
      });
  }

  // A browser may break behind the hyphen of a day or the line of a range.
  function torn() {
    return texts()
      .filter((element) => shown(element) && !element.closest("thead, .visually-hidden"))
      .flatMap((element) => [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE))
      .flatMap((node) => [...node.data.matchAll(/(?<![\w/.-])\d[\d.]*%?(?:[-–—]\d[\d.]*%?)+(?![\w/—-])/g)].map((match) => [node, match]))
      .filter(([node, match]) => {
        const range = document.createRange();
        range.setStart(node, match.index);
        range.setEnd(node, match.index + match[0].length);
        return new Set([...range.getClientRects()].map((box) => box.top)).size > 1;
      })
      .map(([node, match]) => `${match[0]} in ${name(node.parentElement)}`);
  }

  // A sign between two parts of a line goes with the second.
  function dangling() {
    const range = document.createRange();
    const top = (node, at) => {
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      return range.getBoundingClientRect().top;
    };
    const faults = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    let open = null;
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const first = node.data.search(/\S/);
      if (first < 0 || !shown(node.parentElement)) continue;
      if (open !== null && top(node, first) - open > 9) faults.push(`before ${name(node.parentElement)}`);
      open = null;
      for (const match of node.data.matchAll(/·\s*/g)) {
        const sign = top(node, match.index);
        const next = match.index + match[0].length;
        if (next === node.data.length) open = sign;
        else if (top(node, next) - sign > 9) faults.push(`in ${name(node.parentElement)}`);
      }
    }
    return faults;
  }

  function small() {
    const targets = document.querySelectorAll(
      "header.header a, footer a, .pagination a, .card a, button, input, select, summary",
    );
    return [...targets].filter(shown).flatMap((element) => {
      const { width, height } = element.getBoundingClientRect();
      return height < 24 || width < 24 ? [`${width.toFixed(1)}×${height.toFixed(1)}: ${name(element)}`] : [];
    });
  }

  const meta = (wanted) => document.querySelector(`meta[name="${wanted}"]`)?.content || "";
  return {
    headings: document.querySelectorAll("h1").length,
    language: document.documentElement.lang,
    title: document.title,
    description: meta("description"),
    robots: meta("robots"),
    overflow: overflow(),
    faint: contrasts ? faint() : [],
    hidden: hidden(),
    small: small(),
    squeezed: squeezed(),
    torn: torn(),
    dangling: dangling(),
    read: texts().filter((element) => element.closest("main")).length,
  };
}
