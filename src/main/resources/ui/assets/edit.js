// The form that changes a file: indenting by the tab key, a question before typed text is lost, and uploads.
(() => {
  'use strict';
  const form = document.querySelector('form.edit');
  const editor = form.querySelector('textarea.editor');
  let sent = false;

  // The tab key indents where the text has the focus; after the escape key it leaves the field as everywhere.
  let leave = false;
  editor?.addEventListener('keydown', event => {
    if (event.key === 'Escape') leave = true;
    if (event.key !== 'Tab' || event.shiftKey || leave) return;
    event.preventDefault();
    editor.setRangeText('\t', editor.selectionStart, editor.selectionEnd, 'end');
  });
  editor?.addEventListener('blur', () => { leave = false; });

  // Whoever names a branch wants one.
  form.elements.branch?.addEventListener('input', () => { form.querySelector('input[value="new"]').checked = true; });

  form.addEventListener('submit', () => { sent = true; });
  window.addEventListener('beforeunload', event => {
    const changed = editor && editor.value !== editor.defaultValue;
    if (form.dataset.leave && changed && !sent) event.preventDefault();
  });

  if (!form.dataset.upload) return;
  const chosen = form.elements.file;
  const folder = form.elements.path.value;
  chosen.addEventListener('change', () => {
    if (chosen.files.length) form.elements.path.value = folder + chosen.files[0].name;
  });
  form.addEventListener('submit', async event => {
    event.preventDefault();
    const button = form.querySelector('button.primary');
    button.disabled = true;
    const fields = new URLSearchParams();
    for (const name of ['path', 'message', 'to', 'branch']) fields.set(name, form.elements[name]?.value ?? '');
    let answer = { failure: null };
    try {
      const response = await fetch(`${form.action}?${fields}`, {
        method: 'PUT', body: chosen.files[0], headers: { 'Content-Type': 'application/octet-stream' },
      });
      answer = await response.json();
    } catch {
      answer.failure = form.dataset.failed;
    }
    if (answer.address) {
      location.assign(answer.address);
      return;
    }
    button.disabled = false;
    document.querySelector('main .failure')?.remove();
    const failure = document.createElement('p');
    failure.className = 'failure';
    failure.setAttribute('role', 'alert');
    failure.textContent = answer.failure;
    form.before(failure);
  });
})();
