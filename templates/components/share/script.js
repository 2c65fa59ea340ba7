// Hands the page on: the phone's own sheet where there is one, the address into the clipboard, a
// code another phone can read. The address is the canonical one, so nothing of the reader's goes along.

/**
 * Whether WeChat shows the page; its own menu is the only way to share from there.
 * @param {string} agent
 */
function inWechat(agent) {
  return /MicroMessenger/i.test(agent);
}

/**
 * Puts a text into the clipboard, also where there is no clipboard to ask for (http, old WebViews).
 * @param {string} text
 * @returns {Promise<boolean>}
 */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch (error) {
    const field = document.createElement("textarea");
    field.value = text;
    field.readOnly = true;
    field.className = "visually-hidden";
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}

/** @param {HTMLElement} element */
function start(element) {
  const { title, address, code } = element.dataset;
  const status = element.querySelector("[role=status]");
  const drawing = element.querySelector("[data-part=code]");
  const button = (/** @type {string} */ act) => element.querySelector(`[data-act=${act}]`);

  button("send").hidden = !navigator.share;
  element.querySelector("[data-part=wechat]").hidden = !inWechat(navigator.userAgent);
  button("send").addEventListener("click", () => {
    // A reader who closes the sheet has not failed at anything.
    navigator.share({ title, url: address }).catch(() => undefined);
  });
  button("copy").addEventListener("click", async () => {
    const done = await copied(`${title} ${address}`);
    status.textContent = done ? "已复制，可以粘贴给别人了。" : "没有复制成：长按上面的网址，手动复制。";
  });
  button("code").addEventListener("click", async () => {
    if (!drawing.firstChild) {
      try {
        await import(code);
      } catch (error) {
        status.textContent = "二维码没有加载出来，看看网络，再点一次。";
        return;
      }
      status.textContent = "用另一部手机的相机或微信扫一扫。";
    }
    drawing.hidden = !drawing.hidden;
    button("code").setAttribute("aria-expanded", String(!drawing.hidden));
  });
}

export { inWechat, start };
