// Merge requests: what is refused is shown in its place; comments on lines; files that were viewed.
(() => {
  'use strict';

  document.addEventListener('htmx:beforeSwap', event => {
    const { xhr } = event.detail;
    if (/^\s*<!doctype/i.test(xhr.responseText)) {
      // A whole page instead of a part of one: the session is over, or the request is gone.
      event.detail.shouldSwap = false;
      location.reload();
    } else if (xhr.status >= 400) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });

  // A click on a line's number asks for a comment; with shift, or by pulling, on all lines from the one before.
  let begin = null;
  function rows(first, last) {
    const all = [...first.closest('tbody').querySelectorAll('tr[data-new]')];
    const [from, to] = [all.indexOf(first), all.indexOf(last)].sort((a, b) => a - b);
    return all.slice(from, to + 1);
  }
  function closeForm() {
    document.querySelectorAll('tr.asking').forEach(row => row.remove());
    document.querySelectorAll('tr.picked').forEach(row => row.classList.remove('picked'));
  }
  function ask(first, last, side) {
    closeForm();
    const lines = rows(first, last);
    const end = lines[lines.length - 1];
    const old = side === 'old' && end.dataset.old !== '0' || end.dataset.new === '0';
    const of = row => Number(old ? row.dataset.old : row.dataset.new);
    const start = lines.find(row => of(row) > 0) ?? end;
    lines.forEach(row => row.classList.add('picked'));
    const table = end.closest('table');
    const form = document.getElementById('comment-form').content.cloneNode(true).querySelector('form');
    const values = {
      oldPath: table.dataset.oldPath, newPath: table.dataset.newPath, oldLine: end.dataset.old, newLine: end.dataset.new,
      firstOldLine: old && start !== end ? start.dataset.old : '', firstNewLine: !old && start !== end ? start.dataset.new : '',
    };
    for (const [name, value] of Object.entries(values)) form.elements[name].value = value === '0' ? '' : value;
    form.querySelector('.place').textContent = `${table.dataset.newPath}:${start === end ? '' : `${of(start)}-`}${of(end)}`;
    const cell = document.createElement('td');
    cell.colSpan = table.querySelectorAll('col').length;
    cell.append(form);
    const row = document.createElement('tr');
    row.className = 'talk asking';
    row.append(cell);
    let after = end;
    while (after.nextElementSibling?.matches('.talk')) after = after.nextElementSibling;
    after.after(row);
    htmx.process(form);
    form.dataset.suggestion = lines.filter(line => of(line) > 0).map(line => {
      const texts = line.querySelectorAll('.text');
      return texts[old ? 0 : texts.length - 1].textContent;
    }).join('\n');
    form.elements.body.focus();
  }
  document.addEventListener('mousedown', event => {
    const number = event.target.closest('.reviewed .number button');
    if (number && !event.shiftKey) begin = number.closest('tr');
  });
  document.addEventListener('click', event => {
    const number = event.target.closest('.reviewed .number button');
    if (number) {
      const row = number.closest('tr');
      const first = event.shiftKey && begin?.closest('tbody') === row.closest('tbody') ? begin : row;
      if (!event.shiftKey) begin = row;
      ask(first, row, number.dataset.side);
    }
    if (event.target.closest('[data-cancel]')) closeForm();
    const suggest = event.target.closest('[data-suggest]');
    if (suggest) {
      const { body } = suggest.form.elements;
      body.value += `${body.value && '\n'}\`\`\`suggestion\n${suggest.form.dataset.suggestion}\n\`\`\`\n`;
      body.focus();
    }
  });
  document.addEventListener('mouseup', event => {
    const number = event.target.closest('.reviewed .number button');
    const row = number?.closest('tr');
    if (row && begin && row !== begin && !event.shiftKey && begin.closest('tbody') === row.closest('tbody')) {
      ask(begin, row, number.dataset.side);
    }
  });
  // What was said is no form any more, and the lines are not chosen any more.
  document.addEventListener('htmx:afterSwap', () => {
    document.querySelectorAll('tr.asking').forEach(row => {
      if (row.querySelector('article')) {
        row.classList.remove('asking');
        closeForm();
      }
    });
  });

  // Which files were viewed is known to this browser, for as long as their contents stay.
  const boxes = [...document.querySelectorAll('[data-viewed]')];
  function count() {
    const place = document.getElementById('viewed-count');
    const number = boxes.filter(box => box.classList.contains('seen')).length;
    if (place) place.textContent = number ? place.dataset.text.replace('#', number) : '';
  }
  for (const box of boxes) {
    const key = `viewed/${box.dataset.viewed}`;
    const tick = box.querySelector('.viewed');
    const seen = localStorage.getItem(key) !== null;
    tick.checked = seen;
    box.classList.toggle('seen', seen);
    tick.addEventListener('change', () => {
      box.classList.toggle('seen', tick.checked);
      if (tick.checked) localStorage.setItem(key, ''); else localStorage.removeItem(key);
      count();
    });
  }
  count();

  document.querySelector('[data-filter-tree]')?.addEventListener('input', event => {
    const text = event.target.value.toLowerCase();
    for (const folder of document.querySelectorAll('.tree details')) {
      let any = false;
      for (const file of folder.querySelectorAll('li')) {
        file.hidden = !file.firstElementChild.title.toLowerCase().includes(text);
        any ||= !file.hidden;
      }
      folder.hidden = !any;
    }
  });
})();

// What happens to the request that is shown is shown at once; what somebody is writing stays.
(() => {
  'use strict';
  const live = document.querySelector('[data-live]');
  if (!live) return;
  let source = null, timer = null;
  const busy = element => element.contains(document.activeElement) && document.activeElement.matches('input, textarea')
    || [...element.querySelectorAll('textarea')].some(text => text.value !== text.defaultValue);
  async function renew() {
    timer = null;
    const answer = await fetch(location.href);
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
    for (const id of ['head', 'status', 'timeline', 'facts']) {
      const old = document.getElementById(id), now = fresh.getElementById(id);
      if (!old || !now || busy(old)) continue;
      old.replaceWith(now);
      htmx.process(now);
      now.dispatchEvent(new CustomEvent('htmx:load', { bubbles: true }));
    }
  }
  function told(event) {
    const facts = JSON.parse(event.data).facts ?? {};
    const iid = facts.iid ?? facts.request?.iid ?? facts.merge_request?.iid;
    if (iid === undefined || iid === Number(live.dataset.iid)) timer ??= setTimeout(renew, 300);
  }
  function follow() {
    if (document.hidden) {
      source?.close();
      source = null;
    } else if (!source) {
      source = new EventSource(live.dataset.live);
      for (const kind of ['merge_request', 'note', 'pipeline']) source.addEventListener(kind, told);
    }
  }
  document.addEventListener('visibilitychange', () => { follow(); if (!document.hidden) timer ??= setTimeout(renew, 300); });
  window.addEventListener('pagehide', () => source?.close());
  follow();
})();
