// Everything works without this; it makes things quicker and nicer.
(() => {
  'use strict';
  const locale = document.body.dataset.locale;

  // Times in the reader's zone and language, near ones in words.
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const absolute = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  const steps = [['minute', 60], ['hour', 3600], ['day', 86400]];
  function words(date) {
    const seconds = (date - Date.now()) / 1000;
    if (Math.abs(seconds) < 60) return relative.format(0, 'minute');
    const [unit, size] = steps.findLast(([, length]) => Math.abs(seconds) >= length);
    const amount = Math.trunc(seconds / size);
    return unit === 'day' && Math.abs(amount) > 30 ? day.format(date) : relative.format(amount, unit);
  }
  function localise(time) {
    const date = new Date(time.dateTime);
    time.title = absolute.format(date);
    time.textContent = words(date);
  }

  function text(element, value) {
    element.textContent = value;
    return element;
  }

  // The last commits of a folder's entries, a hundred at a time.
  async function lastCommits(table) {
    const rows = new Map([...table.querySelectorAll('tr[data-name]')].map(row => [row.dataset.name, row]));
    for (let offset = 0; offset < rows.size; offset += 100) {
      const answer = await fetch(`${table.dataset.lastCommits}?offset=${offset}`);
      if (!answer.ok) return;
      for (const commit of await answer.json()) {
        const row = rows.get(commit.name);
        if (!row) continue;
        const link = text(document.createElement('a'), commit.title);
        link.href = commit.address;
        row.querySelector('.title').replaceChildren(link);
        const time = document.createElement('time');
        time.dateTime = new Date(commit.time).toISOString();
        localise(time);
        row.querySelector('.when').replaceChildren(time);
      }
    }
  }

  // Colours for source code; the highlighter is loaded where there is some.
  let highlighter;
  function loadHighlighter(address) {
    highlighter ??= new Promise((done, failed) => {
      const script = document.createElement('script');
      script.src = address;
      script.onload = () => done(window.hljs);
      script.onerror = failed;
      document.head.append(script);
    });
    return highlighter;
  }
  async function colour(code) {
    const language = code.dataset.language;
    if (!language) return;
    const hljs = await loadHighlighter(code.dataset.highlighter);
    const known = hljs.getLanguage(language);
    if (known) {
      const element = code.querySelector('code');
      element.innerHTML = hljs.highlight(element.textContent, { language, ignoreIllegals: true }).value;
    }
  }

  // Lines chosen by the address: #L3 or #L3-L9; a click with shift chooses a range.
  function chosenLines() {
    const match = /^#L(\d+)(?:-L(\d+))?$/.exec(location.hash);
    if (!match) return null;
    const from = Number(match[1]), to = Number(match[2] ?? match[1]);
    return [Math.min(from, to), Math.max(from, to)];
  }
  function showDefinition(chosen) {
    for (const link of document.querySelectorAll('.definitions a')) {
      if (chosen && link.hash === `#L${chosen[0]}`) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
  }
  function showChosen(code, scroll) {
    code.querySelector('.chosen')?.remove();
    const chosen = chosenLines();
    showDefinition(chosen);
    code.querySelector('.numbers [aria-current]')?.removeAttribute('aria-current');
    const first = chosen && code.querySelector(`#L${chosen[0]}`);
    if (!first) return;
    first.setAttribute('aria-current', 'true');
    const last = code.querySelector(`#L${chosen[1]}`) ?? first;
    const band = document.createElement('div');
    band.className = 'chosen';
    const pre = code.querySelector('pre');
    band.style.top = `${first.offsetTop - pre.offsetTop}px`;
    band.style.height = `${last.offsetTop + last.offsetHeight - first.offsetTop}px`;
    pre.prepend(band);
    if (scroll) first.scrollIntoView({ block: 'center' });
  }
  function chooseLine(event) {
    const line = event.target.closest('.code .numbers a');
    if (!line) return;
    const chosen = chosenLines();
    const number = Number(line.id.slice(1));
    event.preventDefault();
    const hash = event.shiftKey && chosen
      ? `#L${Math.min(chosen[0], number)}-L${Math.max(chosen[1], number)}` : `#L${number}`;
    history.replaceState(null, '', hash);
    showChosen(line.closest('.code'), false);
  }

  async function copy(event) {
    const button = event.target.closest('[data-copy]');
    if (!button) return;
    await navigator.clipboard.writeText(button.dataset.copy);
    const before = button.textContent;
    text(button, document.body.dataset.copied);
    setTimeout(() => text(button, before), 1500);
  }

  // A menu closes when something else is touched, or by the escape key.
  function closeMenus(except) {
    for (const menu of document.querySelectorAll('details.menu[open]')) {
      if (!menu.contains(except)) menu.open = false;
    }
  }

  // Elements name the key that follows or focuses them in data-key; nothing is sent by a single key.
  function shortcut(event) {
    if (event.key === 'Escape') closeMenus(null);
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select, dialog')) return;
    const element = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!element) return;
    event.preventDefault();
    if (element.matches('input, textarea, form[method="post"] button')) element.focus(); else element.click();
  }

  // The keys of this page, each with the name of what it leads to.
  function showKeys(event) {
    const button = event.target.closest('[data-opens="keys"]');
    if (!button) return;
    const dialog = document.getElementById('keys');
    const named = [...document.querySelectorAll('[data-key]')].filter(element => element !== button);
    dialog.querySelector('dl').replaceChildren(...named.flatMap(element => {
      const key = text(document.createElement('kbd'), element.dataset.key);
      const term = document.createElement('dt');
      term.append(key);
      const name = element.ariaLabel ?? element.labels?.[0]?.firstChild.textContent ?? element.textContent;
      return [term, text(document.createElement('dd'), name.trim())];
    }));
    dialog.showModal();
  }

  // What opens with a field for searching waits for typing there.
  function focusSearch(event) {
    if (event.target.matches('details.menu') && event.target.open) event.target.querySelector('input[type="search"]')?.focus();
  }

  // What folds beside the content is open where there is room, unless the reader has closed it before.
  function unfold(fold) {
    const key = `fold-${fold.dataset.fold}`;
    fold.open = window.matchMedia('(min-width: 1000px)').matches && localStorage.getItem(key) !== 'closed';
    fold.querySelector('summary').addEventListener('click', () => localStorage.setItem(key, fold.open ? 'closed' : 'open'));
  }

  // A permalink keeps the lines that were chosen.
  function keepLines(event) {
    const link = event.target.closest('a[data-keep-lines]');
    if (link) link.hash = location.hash;
  }

  // A form that asks before it does something that cannot be undone.
  function confirmFirst(event) {
    const question = event.submitter?.dataset.confirm ?? event.target.dataset.confirm;
    if (question && !window.confirm(question)) event.preventDefault();
  }

  function enliven(root) {
    const all = selector => [...(root.matches?.(selector) ? [root] : []), ...root.querySelectorAll(selector)];
    all('time[datetime]').forEach(localise);
    all('table[data-last-commits]').forEach(lastCommits);
    all('details[data-fold]').forEach(unfold);
    all('.code').forEach(code => { colour(code); showChosen(code, true); });
    if (all('.definitions').length) showDefinition(chosenLines());
  }

  document.addEventListener('click', event => { showKeys(event); keepLines(event); chooseLine(event); copy(event); closeMenus(event.target); });
  document.addEventListener('keydown', shortcut);
  document.addEventListener('submit', confirmFirst);
  document.addEventListener('toggle', focusSearch, true);
  window.addEventListener('hashchange', () => document.querySelectorAll('.code').forEach(code => showChosen(code, true)));
  document.addEventListener('htmx:load', event => { if (event.target !== document.body) enliven(event.target); });
  enliven(document);
})();
