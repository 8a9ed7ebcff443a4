// Puts the parliamentary helpdesk into a page of another site: a button that opens a panel, or a frame in place.
// <script src="…/embed.js" data-mode="button|inline" data-position="right|left" data-colour="#rrggbb" data-lang="…"
//   data-jurisdiction="…" data-greeting="…" data-logo="https://…" data-height="…" async></script>
// All of it lives in one custom element with a shadow tree; nothing is added to the page's own names or styles.
(() => {
  "use strict";
  const script = document.currentScript;
  const NAME = "parliamentary-helpdesk";
  if (!script || !("attachShadow" in Element.prototype)) return;
  const home = new URL(script.src).origin;

  const WORDS = {
    en: ["Parliamentary helpdesk", "Ask the helpdesk", "Close", "The helpdesk cannot be shown on this page: the site is not on its list, or it cannot be reached.", "Open it in a new tab"],
    fr: ["Assistance parlementaire", "Poser une question", "Fermer", "L’assistance ne peut pas s’afficher sur cette page : le site n’est pas sur sa liste, ou elle est injoignable.", "L’ouvrir dans un nouvel onglet"],
    es: ["Ayuda parlamentaria", "Hacer una pregunta", "Cerrar", "La ayuda no puede mostrarse en esta página: el sitio no está en su lista o no se puede contactar.", "Abrirla en una pestaña nueva"],
    ar: ["مكتب المساعدة البرلمانية", "اطرح سؤالاً", "إغلاق", "لا يمكن عرض مكتب المساعدة في هذه الصفحة: الموقع ليس في قائمته أو يتعذر الوصول إليه.", "افتحه في علامة تبويب جديدة"],
    pt: ["Apoio parlamentar", "Fazer uma pergunta", "Fechar", "O apoio não pode ser mostrado nesta página: o site não está na sua lista ou não é possível contactá-lo.", "Abrir num novo separador"],
    de: ["Parlamentarische Auskunft", "Eine Frage stellen", "Schließen", "Die Auskunft kann auf dieser Seite nicht gezeigt werden: Die Website steht nicht auf ihrer Liste, oder sie ist nicht erreichbar.", "In neuem Tab öffnen"],
    ru: ["Парламентская справочная служба", "Задать вопрос", "Закрыть", "Справочную службу нельзя показать на этой странице: сайта нет в её списке, или она недоступна.", "Открыть в новой вкладке"],
    zh: ["议会咨询台", "提问", "关闭", "无法在此页面显示咨询台：该网站不在其名单上，或无法连接。", "在新标签页中打开"],
    ko: ["의회 안내 데스크", "질문하기", "닫기", "이 페이지에 안내 데스크를 표시할 수 없습니다. 사이트가 목록에 없거나 연결할 수 없습니다.", "새 탭에서 열기"],
  };

  const STYLE = `
    :host { all: initial; color-scheme: light dark; font: 16px/1.4 system-ui, sans-serif; }
    :host([mode="inline"]) { display: block; }
    * { box-sizing: border-box; }
    button { font: inherit; font-weight: 600; cursor: pointer; border: 0; color: var(--ink); background: var(--colour); }
    button:focus-visible, a:focus-visible { outline: 3px solid var(--ink); outline-offset: -5px; }
    .open { position: fixed; bottom: 1rem; z-index: 2147483000; min-height: 3rem; padding: 0.6rem 1.3rem; border-radius: 1.5rem; box-shadow: 0 2px 10px rgb(0 0 0 / 35%); }
    .panel { display: flex; flex-direction: column; overflow: hidden; background: Canvas; color: CanvasText; border: 1px solid GrayText; border-radius: 0.7rem; }
    .panel[hidden] { display: none; }
    .floating { position: fixed; bottom: 5rem; z-index: 2147483000; width: min(27rem, 100vw - 2rem); height: min(44rem, 100vh - 6.5rem); box-shadow: 0 6px 30px rgb(0 0 0 / 35%); }
    .right { right: 1rem; }
    .left { left: 1rem; }
    .head { display: flex; align-items: center; gap: 0.7rem; padding: 0.5rem 0.9rem; background: var(--colour); color: var(--ink); }
    .head img { max-height: 2.2rem; max-width: 8rem; }
    .title { flex: 1; font-weight: 650; }
    .close { min-height: 2.2rem; padding: 0 0.8rem; border: 2px solid var(--ink); border-radius: 0.4rem; }
    .greeting, .refused { margin: 0; padding: 0.7rem 0.9rem; }
    .refused a { color: LinkText; }
    iframe { flex: 1; width: 100%; min-height: 0; border: 0; background: Canvas; }
    @media (max-width: 30rem) {
      .floating { inset: 0; width: auto; height: auto; border-radius: 0; }
      .open[aria-expanded="true"] { visibility: hidden; }
    }
  `;

  function inkOn(colour) {
    const [red, green, blue] = [1, 3, 5].map((start) => {
      const share = parseInt(colour.slice(start, start + 2), 16) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? "#000000" : "#ffffff";
  }

  function made(tag, className, text) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  }

  function pictureAddress(text) {
    try {
      const address = new URL(text, location.href);
      return address.protocol === "https:" || address.origin === location.origin ? address.href : "";
    } catch {
      return "";
    }
  }

  class Helpdesk extends HTMLElement {
    start(chosen) {
      const lang = (chosen.lang || document.documentElement.lang || "en").toLowerCase().split("-")[0];
      this.words = WORDS[lang] || WORDS.en;
      this.chosen = chosen;
      this.isInline = chosen.mode === "inline";
      if (this.isInline) this.setAttribute("mode", "inline");
      const colour = /^#[0-9a-f]{6}$/i.test(chosen.colour || "") ? chosen.colour : "#1d4f6e";
      const root = this.attachShadow({ mode: "open" });
      const sheet = new CSSStyleSheet(); // allowed where a page's own policy forbids inline styles
      sheet.replaceSync(STYLE);
      root.adoptedStyleSheets = [sheet];
      this.side = chosen.position === "left" ? "left" : "right";
      this.panel = this.makePanel();
      const frame = made("div");
      frame.lang = this.words === WORDS.en ? "en" : lang;
      frame.dir = lang === "ar" ? "rtl" : "ltr";
      frame.style.setProperty("--colour", colour);
      frame.style.setProperty("--ink", inkOn(colour));
      frame.append(this.panel);
      root.append(frame);
      if (this.isInline) this.fill();
      else frame.append(this.makeButton());
      window.addEventListener("message", (event) => this.hear(event));
    }

    makeButton() {
      this.button = made("button", `open ${this.side}`, this.words[1]);
      this.button.type = "button";
      this.button.setAttribute("aria-expanded", "false");
      this.button.addEventListener("click", () => (this.panel.hidden ? this.open() : this.close()));
      this.panel.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
      return this.button;
    }

    makePanel() {
      const panel = made("section", this.isInline ? "panel" : `panel floating ${this.side}`);
      panel.setAttribute("role", this.isInline ? "region" : "dialog");
      panel.setAttribute("aria-label", this.words[0]);
      panel.hidden = !this.isInline;
      if (this.isInline) panel.style.height = `${Math.max(320, Number(this.chosen.height) || 640)}px`;
      panel.append(this.makeHead());
      if (this.chosen.greeting) panel.append(made("p", "greeting", this.chosen.greeting.slice(0, 200)));
      return panel;
    }

    makeHead() {
      const head = made("div", "head");
      const logo = this.chosen.logo && pictureAddress(this.chosen.logo);
      if (logo) {
        const picture = made("img");
        picture.src = logo;
        picture.alt = "";
        head.append(picture);
      }
      head.append(made("span", "title", this.words[0]));
      if (!this.isInline) {
        const close = made("button", "close", this.words[2]);
        close.type = "button";
        close.addEventListener("click", () => this.close());
        head.append(close);
      }
      return head;
    }

    open() {
      this.panel.hidden = false;
      this.button.setAttribute("aria-expanded", "true");
      this.fill();
      (this.frame || this.panel.querySelector("button")).focus();
    }

    close() {
      this.panel.hidden = true;
      this.button.setAttribute("aria-expanded", "false");
      this.button.focus();
    }

    // Asks whether this site is admitted before it frames anything, so that a reader is told instead of seeing nothing.
    async fill() {
      if (this.isFilled) return;
      this.isFilled = true;
      try {
        const reply = await fetch(`${home}/embed/admission`, { credentials: "omit" });
        if (!reply.ok) throw new Error(String(reply.status));
        this.frame = this.makeFrame();
        this.panel.append(this.frame);
        if (!this.isInline && !this.panel.hidden) this.frame.focus();
      } catch {
        this.isFilled = false;
        this.panel.querySelector(".refused")?.remove();
        this.panel.append(this.makeRefusal());
      }
    }

    makeFrame() {
      const frame = made("iframe");
      const address = new URL("/frame", home);
      for (const name of ["colour", "lang", "jurisdiction"]) {
        if (this.chosen[name]) address.searchParams.set(name, this.chosen[name]);
      }
      frame.src = address.href;
      frame.title = this.words[0];
      frame.setAttribute("allow", "clipboard-write");
      return frame;
    }

    makeRefusal() {
      const refusal = made("p", "refused", `${this.words[3]} `);
      const link = made("a", "", this.words[4]);
      link.href = `${home}/`;
      link.target = "_blank";
      link.rel = "noopener";
      refusal.append(link);
      refusal.setAttribute("role", "alert");
      return refusal;
    }

    hear(event) {
      const isOurs = event.origin === home && this.frame && event.source === this.frame.contentWindow;
      if (isOurs && event.data?.parliamentaryHelpdesk === "close" && !this.isInline) this.close();
    }
  }

  if (!customElements.get(NAME)) customElements.define(NAME, Helpdesk);
  const element = document.createElement(NAME);
  if (typeof element.start !== "function") return;
  const chosen = { ...script.dataset };
  const begin = () => {
    if (chosen.mode === "inline") script.after(element);
    else document.body.append(element);
    element.start(chosen);
  };
  if (document.body) begin();
  else document.addEventListener("DOMContentLoaded", begin);
})();
