// Merge requests: what is refused is shown in its place.
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
})();
